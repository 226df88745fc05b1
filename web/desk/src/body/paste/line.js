// One line of pasted text on its way to a paragraph: letters with marks, breaks and notes; its spaces are put in order at the end.
import { schema } from '../schema.js';

const { hard_break: hardBreak } = schema.nodes;
// Invisible signs that only confuse: soft hyphens, zero-width spaces, byte order marks, embeddings without an end. Joiners are kept, scripts need them.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u202a-\u202e\ufeff\ufffe\uffff]/g;

/** Letters without what nobody sees. */
export const seen = (text) => text.replace(UNSEEN, '');

export class Line {
  #parts = [];

  /** Letters, with the marks they carry. White space is one space; a no-break space between words is meant. */
  text(text, marks) {
    const calm = seen(text).replace(/[ \t\r\n]+/g, ' ').replace(/[ \u00a0]{2,}/g, ' ');
    if (calm) this.#parts.push({ text: calm, marks });
  }

  break() { this.#parts.push({ isBreak: true }); }
  note(node) { this.#parts.push({ node }); }

  /** What was gathered, as lists of inline nodes: two breaks in a row end a paragraph where `splits` says so. The line is empty then. */
  take(splits) {
    const parts = this.#parts;
    this.#parts = [];
    const lines = [[]];
    for (let at = 0; at < parts.length; at += 1) {
      const isGap = splits && parts[at].isBreak && isBreakNext(parts, at);
      if (isGap) lines.push([]);
      else lines.at(-1).push(parts[at]);
    }
    return lines.map(tidied).filter((line) => line.length > 0);
  }
}

function isBreakNext(parts, at) {
  for (let next = at + 1; next < parts.length; next += 1) {
    if (parts[next].isBreak) return true;
    if (parts[next].node || parts[next].text.trim()) return false;
  }
  return false;
}

// No space at either end or beside a break, none twice; no break at either end.
function tidied(parts) {
  const kept = [];
  let isOpen = false;
  for (const part of parts) {
    if (part.isBreak) {
      trimEnd(kept);
      if (kept.length > 0) kept.push(part);
      isOpen = false;
    } else if (part.node) {
      kept.push(part);
      isOpen = true;
    } else {
      const text = isOpen ? part.text : part.text.replace(/^[ \u00a0]+/, '');
      if (text) kept.push({ ...part, text });
      if (text) isOpen = !text.endsWith(' ');
    }
  }
  while (kept.length > 0 && (trimEnd(kept), kept.at(-1)?.isBreak)) kept.pop();
  return kept.map((part) => (part.isBreak ? hardBreak.create() : part.node ?? schema.text(part.text, part.marks)));
}

function trimEnd(kept) {
  while (kept.at(-1)?.text !== undefined) {
    const text = kept.at(-1).text.replace(/[ \u00a0]+$/, '');
    if (text) {
      kept[kept.length - 1] = { ...kept.at(-1), text };
      return;
    }
    kept.pop();
  }
}
