// Files out of what is dragged or pasted, and a place that takes them.

/** The pictures in a clipboard. A word processor puts a picture of the text beside the text itself: then the text is meant. */
export function picturesIn(transfer) {
  if ([...(transfer?.types ?? [])].includes('text/plain')) return [];
  return [...(transfer?.files ?? [])].filter(({ type, name }) => type.startsWith('image/') || /\.(jpe?g|png|gif|webp|heic|avif|tiff?|svg)$/i.test(name));
}

/** Everything that lies in a drop; what is no picture is refused by name and not passed over in silence. */
export const filesIn = (transfer) => [...(transfer?.files ?? [])];

const hasFiles = ({ dataTransfer }) => [...(dataTransfer?.types ?? [])].includes('Files');

/** An attachment: files dropped on the element, or pasted while no text is being written, are brought; `onover` hears whether some are held over it. */
export const takesFiles = (bring, onover = () => {}, pastes = true) => (element) => {
  let depth = 0;
  const over = (by) => { depth = Math.max(0, depth + by); onover(depth > 0); };
  const acts = {
    dragenter: (event) => { if (hasFiles(event)) { event.preventDefault(); over(1); } },
    dragleave: (event) => { if (hasFiles(event)) over(-1); },
    dragover: (event) => { if (hasFiles(event)) { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; } },
    drop: (event) => {
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      depth = 0;
      onover(false);
      bring(filesIn(event.dataTransfer));
    },
  };
  const paste = (event) => {
    const files = picturesIn(event.clipboardData);
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    bring(files);
  };
  for (const [name, act] of Object.entries(acts)) element.addEventListener(name, act);
  if (pastes) document.addEventListener('paste', paste);
  return () => {
    for (const [name, act] of Object.entries(acts)) element.removeEventListener(name, act);
    document.removeEventListener('paste', paste);
  };
};
