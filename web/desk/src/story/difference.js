// What differs between two texts, word by word, for showing them side by side.

/** Longest texts compared word by word, in words each; longer ones are compared line by line. */
export const MAX_WORDS = 3_000;

/**
 * Two lists of pieces, { text, kind: 'same' | 'gone' } and { text, kind: 'same' | 'new' }:
 * the older text with what went marked, and the newer with what came.
 */
export function difference(older, newer) {
  const split = wordCount(older) > MAX_WORDS || wordCount(newer) > MAX_WORDS ? lines : words;
  const one = split(older);
  const other = split(newer);
  const start = commonStart(one, other);
  const end = commonEnd(one, other, start);
  const middle = align(one.slice(start, one.length - end), other.slice(start, other.length - end));
  const head = one.slice(0, start);
  const tail = one.slice(one.length - end);
  return {
    older: pieces(head, middle.filter((step) => step.kind !== 'new'), tail),
    newer: pieces(head, middle.filter((step) => step.kind !== 'gone'), tail),
  };
}

const words = (text) => text.match(/\S+\s*|\s+/gu) ?? [];
const lines = (text) => text.match(/.*\n|.+$/gu) ?? [];
const wordCount = (text) => words(text).length;

function commonStart(one, other) {
  let nth = 0;
  while (nth < one.length && nth < other.length && one[nth] === other[nth]) nth += 1;
  return nth;
}

function commonEnd(one, other, start) {
  let nth = 0;
  while (nth < one.length - start && nth < other.length - start && one.at(-1 - nth) === other.at(-1 - nth)) nth += 1;
  return nth;
}

// The longest common subsequence by its table: plain, and small enough under MAX_WORDS.
function align(one, other) {
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  for (let a = one.length - 1; a >= 0; a -= 1) {
    for (let b = other.length - 1; b >= 0; b -= 1) {
      longest[a * width + b] = one[a] === other[b]
        ? longest[(a + 1) * width + b + 1] + 1
        : Math.max(longest[(a + 1) * width + b], longest[a * width + b + 1]);
    }
  }
  return walk(one, other, longest, width);
}

function walk(one, other, longest, width) {
  const steps = [];
  let a = 0;
  let b = 0;
  while (a < one.length || b < other.length) {
    if (a < one.length && b < other.length && one[a] === other[b]) {
      steps.push({ text: one[a], kind: 'same' });
      a += 1;
      b += 1;
    } else if (b >= other.length || (a < one.length && longest[(a + 1) * width + b] >= longest[a * width + b + 1])) {
      steps.push({ text: one[a], kind: 'gone' });
      a += 1;
    } else {
      steps.push({ text: other[b], kind: 'new' });
      b += 1;
    }
  }
  return steps;
}

function pieces(head, middle, tail) {
  const steps = [...head.map(unchanged), ...middle, ...tail.map(unchanged)];
  const joined = [];
  for (const { text, kind } of steps) {
    const last = joined.at(-1);
    if (last?.kind === kind) last.text += text;
    else joined.push({ text, kind });
  }
  return joined;
}

const unchanged = (text) => ({ text, kind: 'same' });
