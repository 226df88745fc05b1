// Plain text of wires and mails: lines that were broken to fit a width are joined, an empty line or an indent begins a paragraph.
import { languageOf, turnOf } from '../flow.js';
import { schema } from '../schema.js';
import { seen } from './line.js';

const { nodes } = schema;
/** Widths at which programs break lines, in characters: a line past the upper one was not broken. */
const NARROWEST = 40;
const WIDEST = 100;
/** The share of the widest line that a line of running text fills, however the program counted. */
const FILLED = 0.75;
const OPENS = /^\s*(?:[-–—*•·>]\s|\(?\d{1,3}[.)]\s)/;

/** The blocks of `text`; `settings` are the story's own `dir` and `lang`. Signs stay as they are: two hyphens are two hyphens. */
export function readPlain(text, { dir, lang }) {
  const lines = seen(text.replace(/\r\n?/g, '\n')).replace(/\u2028|\u2029/g, '\n').split('\n').map((line) => line.replace(/[ \t]+$/, ''));
  return paragraphsOf(lines).map(({ lines: part, isQuote }) => {
    const content = part.flatMap((line, nth) => (nth > 0 ? [nodes.hard_break.create(), schema.text(line)] : [schema.text(line)]));
    const whole = part.join(' ');
    const turned = turnOf(whole, dir);
    const paragraph = nodes.paragraph.create({ dir: turned, lang: turned ? languageOf(whole, lang) : null }, content);
    return isQuote ? nodes.quote.create(null, [paragraph]) : paragraph;
  }).reduce(joined, []);
}

function joined(blocks, block) {
  const last = blocks.at(-1);
  if (block.type === nodes.quote && last?.type === nodes.quote) blocks[blocks.length - 1] = last.copy(last.content.append(block.content));
  else blocks.push(block);
  return blocks;
}

// Groups of lines: a mail's quoted lines are a quotation.
function paragraphsOf(lines) {
  const groups = [[]];
  let wasQuoted = false;
  for (const line of lines) {
    const isQuoted = /^>/.test(line);
    const bare = isQuoted ? line.replace(/^(>\s?)+/, '') : line;
    if (!bare.trim() || isQuoted !== wasQuoted) groups.push([]);
    if (bare.trim()) groups.at(-1).push({ text: bare, isQuoted });
    wasQuoted = isQuoted;
  }
  return groups.filter((group) => group.length > 0).flatMap((group) => unwrapped(group.map(({ text }) => text)).map((part) => ({ lines: part, isQuote: group[0].isQuoted })));
}

// A line went on below if it is nearly full, or the next line's first word had no room in it.
function unwrapped(lines) {
  const width = Math.max(...lines.map((line) => line.length));
  const isBroken = width >= NARROWEST && width <= WIDEST;
  const indented = isBroken && lines.some((line) => !/^\s/.test(line));
  const paragraphs = [];
  lines.forEach((line, nth) => {
    const before = lines[nth - 1];
    const text = line.trim().replace(/[ \t]+/g, ' ');
    const begins = nth === 0 || (indented && /^\s{2,}|^\t/.test(line)) || width > WIDEST;
    if (begins) paragraphs.push([text]);
    else if (isBroken && !OPENS.test(line) && isFull(before, line, width)) {
      const part = paragraphs.at(-1);
      part[part.length - 1] += (/\p{L}[-‐]$/u.test(before) && /^\p{Ll}/u.test(text) ? '' : ' ') + text;
    } else paragraphs.at(-1).push(text);
  });
  return paragraphs;
}

const isFull = (before, line, width) => before.length >= width * FILLED || before.length + 1 + line.trim().split(/\s/)[0].length > width;
