// How long a text is for people: in words, or in characters where a language does not part its words; and how long it takes to read.
import { WORDS_A_MINUTE } from './count.js';

/** Languages counted in characters, as their newsrooms do. */
const IN_CHARACTERS = ['zh', 'yue', 'ja'];
/** Languages whose words are not parted by spaces. */
const WITHOUT_SPACES = ['th', 'lo', 'km', 'my'];

/**
 * Words a minute, or characters where they are counted, of adults reading a plain text (IReST: Trauzettel-Klosinski and
 * Dietz 2012, table 1); English as in count.js. Other languages are taken to be read like English.
 */
const A_MINUTE = {
  ar: 138, de: 179, es: 218, fi: 161, fr: 195, he: 187, it: 188, ja: 357, nl: 202, pl: 166, pt: 181, ru: 184, sl: 180, sv: 199, tr: 166, yue: 255, zh: 255,
};

/** The length of `text` in the language `tag`: { unit: 'words' | 'characters', n, minutes }. */
export function lengthOf(text, tag) {
  const language = String(tag ?? '').split('-')[0].toLowerCase();
  const inCharacters = IN_CHARACTERS.includes(language);
  const n = inCharacters ? charactersOf(text, tag) : WITHOUT_SPACES.includes(language) ? segmentedWords(text, tag) : spacedWords(text);
  const minutes = n === 0 ? 0 : Math.max(1, Math.round(n / (A_MINUTE[language] ?? WORDS_A_MINUTE)));
  return { unit: inCharacters ? 'characters' : 'words', n, minutes };
}

/** What is to be read between two positions, a line to a block; notes stay out, as the server counts. */
export function textBetween(doc, from, to) {
  const lines = [];
  doc.nodesBetween(from, to, (node, position) => {
    if (node.type.name === 'footnote') return false;
    if (node.isTextblock) lines.push('');
    if (node.isText) lines[lines.length - 1] = (lines.at(-1) ?? '') + node.text.slice(Math.max(0, from - position), to - position);
    else if (node.type.name === 'hard_break' && lines.length > 0) lines[lines.length - 1] += '\n';
    return true;
  });
  return lines.join('\n');
}

const spacedWords = (text) => text.match(/\S+/gu)?.length ?? 0;

function segmentedWords(text, tag) {
  let n = 0;
  for (const { isWordLike } of new Intl.Segmenter(tag, { granularity: 'word' }).segment(text)) if (isWordLike) n += 1;
  return n;
}

function charactersOf(text, tag) {
  let n = 0;
  for (const { segment } of new Intl.Segmenter(tag, { granularity: 'grapheme' }).segment(text)) if (segment.trim()) n += 1;
  return n;
}
