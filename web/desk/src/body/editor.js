// The editor of a body: ProseMirror with our schema, our keys, and nothing else.
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { EditorState, NodeSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { yCursorPlugin, ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import { WITH_DETAILS } from './acts.js';
import { schema } from './schema.js';
import { keysOf, signs } from './typing.js';

/**
 * Opens an editor in `place`.
 * `editable()` says whether it takes words; `attributes()` are those of the text's element; `onchange(state, hasChanged)` hears of every step;
 * `onopen(what)` is asked for sheets: `details`, `link`, `footnote`. `plugins` come before all of these, so that a menu that is open has the keys.
 * With `shared` (a fragment and an awareness of Yjs) the text is that one, written with others; `doc` is not asked then.
 */
export function openEditor(place, doc, { attributes, editable = () => true, onchange, onopen, plugins = [], shared = null }) {
  const details = (state) => {
    const { selection } = state;
    if (!(selection instanceof NodeSelection)) return false;
    return openFor(selection.node, onopen);
  };
  const link = () => { onopen('link'); return true; };
  return new EditorView(place, {
    state: EditorState.create({
      ...(shared ? { schema } : { doc }),
      plugins: [...plugins, signs, keymap(keysOf({ details, link })), ...(shared ? together(shared) : [history()]), gapCursor(), dropCursor({ class: 'drop' })],
    }),
    attributes,
    editable,
    nodeViews: { footnote: (node) => new Note(node) },
    handleDoubleClickOn: (_, __, node) => openFor(node, onopen),
    // A shared text is laid into the view while that is made.
    dispatchTransaction(transaction) {
      // Word of another's caret may come when the text is closed already.
      if (this.isDestroyed) return;
      this.updateState(this.state.apply(transaction));
      onchange(this.state, transaction.docChanged);
    },
  });
}

const together = ({ fragment, awareness }) => [ySyncPlugin(fragment), yCursorPlugin(awareness, { cursorBuilder: flag, selectionBuilder: wash }), yUndoPlugin()];

// Another hand's caret, with the name on it. What it looks like is in the style sheet.
function flag({ name, color }) {
  const caret = document.createElement('span');
  caret.className = 'hand';
  caret.style.setProperty('--hand', color);
  const label = document.createElement('span');
  label.textContent = name;
  // The word joiners keep the caret in its line.
  caret.append('\u2060', label, '\u2060');
  return caret;
}

// The policy allows no style in the page; the colours are in the style sheet (crates/desk/src/hand.rs).
const wash = ({ color }) => ({ class: 'hand-chosen', 'data-hand': color });

function openFor(node, onopen) {
  const name = node.type.name;
  if (name === 'footnote') onopen('footnote');
  else if (node.isLeaf && WITH_DETAILS.includes(name)) onopen('details');
  else return false;
  return true;
}

// In the text a note is a small raised number (counted by the style sheet); its words are in its title and its sheet.
class Note {
  constructor(node) {
    this.dom = document.createElement('sup');
    this.dom.className = 'footnote';
    this.update(node);
  }

  update(node) {
    if (node.type.name !== 'footnote') return false;
    this.dom.title = node.textContent;
    return true;
  }

  ignoreMutation() { return true; }
}
