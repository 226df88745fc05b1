// Which way a block is written, and in which language: told by most of its letters, never by the first alone (NEWSROOM 8).

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
// An address inside a line says nothing about the line.
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/gu;
const LETTER = /\p{L}/gu;
/** How many of ten letters must run the other way before a block is turned. */
const MOST_OF_TEN = 6;

/** How many letters run each way: { ltr, rtl }. */
export function lettersOf(text) {
  const counts = { ltr: 0, rtl: 0 };
  for (const [letter] of text.replace(ADDRESS, ' ').matchAll(LETTER)) counts[RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'] += 1;
  return counts;
}

/**
 * The direction of a block that holds `text`, in a story that runs `own`: null where it runs as the story does.
 * Where the letters do not decide, `said` (what the block's source told) does, else the story.
 */
export function turnOf(text, own, said = null) {
  const counts = lettersOf(text);
  const all = counts.ltr + counts.rtl;
  const other = own === 'rtl' ? 'ltr' : 'rtl';
  if (all > 0 && counts[own] === all) return null;
  if (all > 0 && counts[other] * 10 >= all * MOST_OF_TEN) return other;
  return said === other && counts[other] * 2 >= all ? other : null;
}

const BY_LETTERS = [
  ['he', /\p{Script=Hebrew}/u], ['ur', /[ٹڈڑںے]/u], ['fa', /[پچژگ]/u], ['ar', /\p{Script=Arabic}/u],
];

/** The language a block of another direction is most likely in, for the browser's speller and for voices; null where its letters do not say. */
export function languageOf(text, own) {
  const found = BY_LETTERS.find(([, letters]) => letters.test(text))?.[0] ?? null;
  return found === primary(own) ? null : found;
}

const TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** A language told by a source, where it is well formed and not the story's own. */
export const otherLanguage = (tag, own) => (tag && TAG.test(tag) && primary(tag) !== primary(own) ? tag : null);

const primary = (tag) => String(tag ?? '').split('-')[0].toLowerCase();
