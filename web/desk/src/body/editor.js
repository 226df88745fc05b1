// The editor of a body: ProseMirror with our schema, our keys, and nothing else.
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { EditorState, NodeSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { WITH_DETAILS } from './acts.js';
import { keysOf, signs } from './typing.js';

/**
 * Opens an editor in `place`.
 * `editable()` says whether it takes words; `attributes()` are those of the text's element; `onchange(state, hasChanged)` hears of every step;
 * `onopen(what)` is asked for sheets: `details`, `link`, `footnote`. `plugins` come before all of these, so that a menu that is open has the keys.
 */
export function openEditor(place, doc, { attributes, editable = () => true, onchange, onopen, plugins = [] }) {
  const details = (state) => {
    const { selection } = state;
    if (!(selection instanceof NodeSelection)) return false;
    return openFor(selection.node, onopen);
  };
  const link = () => { onopen('link'); return true; };
  const view = new EditorView(place, {
    state: EditorState.create({ doc, plugins: [...plugins, signs, keymap(keysOf({ details, link })), history(), gapCursor(), dropCursor({ class: 'drop' })] }),
    attributes,
    editable,
    nodeViews: { footnote: (node) => new Note(node) },
    handleDoubleClickOn: (_, __, node) => openFor(node, onopen),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      onchange(view.state, transaction.docChanged);
    },
  });
  return view;
}

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
