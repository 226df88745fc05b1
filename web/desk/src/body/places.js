// Where in the editor's text a block is that the server speaks of.

/** The block at a path such as `body.content[3].content[0]`: { node, position }, or null. */
export function blockAt(doc, path) {
  const steps = [...String(path ?? '').matchAll(/content\[(\d+)\]/g)].map(([, nth]) => Number(nth));
  if (steps.length === 0) return null;
  let [node, start, position] = [doc, 0, 0];
  for (const nth of steps) {
    if (nth >= node.childCount) return null;
    position = start;
    for (let before = 0; before < nth; before += 1) position += node.child(before).nodeSize;
    node = node.child(nth);
    start = position + 1;
  }
  return { node, position };
}
