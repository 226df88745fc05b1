// Taking back and doing again: in a text written with others what was written here, never what another hand wrote.
import { redo, undo } from 'prosemirror-history';
import { redoCommand, undoCommand, yUndoPluginKey } from 'y-prosemirror';

const either = (shared, alone) => (state, dispatch, view) => (yUndoPluginKey.getState(state) ? shared : alone)(state, dispatch, view);

export const takeBack = either(undoCommand, undo);
export const doAgain = either(redoCommand, redo);
