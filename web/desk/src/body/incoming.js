// Places in a text that wait for a picture: they move with the words around them while it is on its way.
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { picturesIn } from '../picture/files.js';
import { movedBy } from './moved.js';

const key = new PluginKey('incoming');

/** The plugin; `onfiles(files, position)` hears of pictures pasted into the text or dropped on it. */
export function incoming(onfiles) {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, places) {
        const moved = places.map(movedBy(tr), tr.doc);
        const { add, away } = tr.getMeta(key) ?? {};
        if (add) return moved.add(tr.doc, [Decoration.widget(add.position, () => waiting(add.words), { id: add.id })]);
        return away ? moved.remove(moved.find(undefined, undefined, ({ id }) => id === away)) : moved;
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handlePaste(view, event) {
        return view.editable && taken(onfiles, picturesIn(event.clipboardData), view.state.selection.to);
      },
      handleDrop(view, event, _, isMove) {
        const files = isMove ? [] : [...(event.dataTransfer?.files ?? [])];
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        return view.editable && taken(onfiles, files, at?.pos ?? view.state.selection.to);
      },
    },
  });
}

function taken(onfiles, files, position) {
  if (files.length === 0) return false;
  onfiles(files, position);
  return true;
}

/** Lays a place for a picture between the blocks at `position`. */
export function layPlace(view, id, position, words) {
  view.dispatch(view.state.tr.setMeta(key, { add: { id, position: between(view.state.doc, position), words } }));
}

/** Puts the node where its place is. Says whether there was one. */
export function fillPlace(view, id, node) {
  const [place] = key.getState(view.state).find(undefined, undefined, (spec) => spec.id === id);
  if (!place) return false;
  const tr = view.state.tr.insert(place.from, node).setMeta(key, { away: id });
  if (place.from + node.nodeSize >= tr.doc.content.size) tr.insert(place.from + node.nodeSize, node.type.schema.nodes.paragraph.create());
  view.dispatch(tr);
  return true;
}

/** Takes a place away that will not be filled. */
export const dropPlace = (view, id) => view.dispatch(view.state.tr.setMeta(key, { away: id }));

// A picture stands between the blocks of the text, never within one; in place of an empty line it stands before it.
function between(doc, position) {
  const at = doc.resolve(Math.min(position, doc.content.size));
  if (at.depth === 0) return at.pos;
  return at.depth === 1 && at.parent.content.size === 0 ? at.before(1) : at.after(1);
}

function waiting(words) {
  const place = document.createElement('div');
  place.className = 'incoming';
  place.textContent = words;
  return place;
}
