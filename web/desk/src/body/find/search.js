// Words in a body: found across marks and in notes, by letters that mean the same, each with where it stands.

/** Most places that are marked and counted at once. */
export const MAX_FOUND = 5000;
/** The longest thing looked for, in characters. */
export const MAX_SOUGHT = 500;

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const MARK = /\p{M}/u;
// Lengthening of Arabic words, joiners and directions: never what is looked for.
const SILENT = /[\u0640\u200c-\u200f\u2066-\u2069]/u;

/** What is looked for, made ready: { needle, options }, or null where nothing is. `options` are `hasCase`, `isWhole`, `hasAccents`. */
export function queryOf(text, options) {
  const needle = [...text].flatMap((letter) => folded(letter, options)).join('');
  return needle ? { needle, options, cache: new WeakMap() } : null;
}

/** Every place: { from, to }, and `note` { from, to } where it stands in a footnote. Positions are those of this very `doc`. */
export function placesOf(doc, query) {
  const places = [];
  doc.descendants((node, position) => {
    if (!node.inlineContent) return places.length < MAX_FOUND;
    const isNote = node.type.name === 'footnote';
    for (const { from, to } of inBlock(node, query)) {
      const place = { from: position + 1 + from, to: position + 1 + to };
      if (isNote) place.note = { from: position, to: position + node.nodeSize };
      places.push(place);
    }
    return true;
  });
  return places.sort((one, other) => one.from - other.from).slice(0, MAX_FOUND);
}

function inBlock(block, query) {
  if (!query.cache.has(block)) query.cache.set(block, search(lettersIn(block), query));
  return query.cache.get(block);
}

// Each letter with its offset in the block; a note or a picture in a line is one that nobody types.
function lettersIn(block) {
  const letters = [];
  block.forEach((child, offset) => {
    if (!child.isText) {
      letters.push({ letter: '\ufffc', at: offset, end: offset + child.nodeSize });
      return;
    }
    let at = offset;
    for (const letter of child.text) {
      letters.push({ letter, at, end: at + letter.length });
      at += letter.length;
    }
  });
  return letters;
}

function search(letters, { needle, options }) {
  let text = '';
  const from = [];
  letters.forEach(({ letter }, nth) => {
    for (const part of folded(letter, options)) {
      text += part;
      for (let unit = 0; unit < part.length; unit += 1) from.push(nth);
    }
  });
  const found = [];
  for (let at = text.indexOf(needle); at >= 0 && found.length < MAX_FOUND;) {
    const [first, last] = reach(letters, from, at, at + needle.length);
    const fits = stands(text, at, needle.length) && (!options.isWhole || isWhole(letters, first, last));
    if (fits) found.push({ from: letters[first].at, to: letters[last].end });
    at = text.indexOf(needle, fits ? at + needle.length : at + 1);
  }
  return found;
}

// A letter's marks belong to it: without them it is another letter, unless marks are not looked at.
const stands = (text, at, length) => !MARK.test(text[at + length] ?? '') && !MARK.test(text[at] ?? '');

function reach(letters, from, start, end) {
  let last = from[end - 1];
  while (letters[last + 1] && MARK.test(letters[last + 1].letter)) last += 1;
  return [from[start], last];
}

function isWhole(letters, first, last) {
  return !WORD.test(letters[first - 1]?.letter ?? '') && !WORD.test(letters[last + 1]?.letter ?? '');
}

function folded(letter, { hasCase = false, hasAccents = false }) {
  if (SILENT.test(letter)) return [];
  const parts = [...letter.normalize('NFD')];
  const kept = hasAccents ? parts : parts.filter((part) => !MARK.test(part));
  return hasCase ? kept : kept.map((part) => part.toLowerCase());
}
