// The one schema of a story's body in the browser.
import { Schema } from 'prosemirror-model';
import { blocks } from './blocks.js';
import { lists, marks } from './lists.js';

export const schema = new Schema({ nodes: { ...blocks, ...lists }, marks });
