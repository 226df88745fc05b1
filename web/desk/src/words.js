// The words people read, by key; `src/words/en.js` is the only place that holds sentences.
import { words } from './words/en.js';

const plural = new Intl.PluralRules(words.language);

/**
 * The sentence of `key`, with `{name}` replaced from `values`.
 * A message with forms (`{ one, other }`) is chosen by `values.n`.
 */
export function say(key, values = {}) {
  const message = words.messages[key];
  if (message === undefined) return key;
  const form = typeof message === 'string' ? message : (message[plural.select(values.n)] ?? message.other);
  return form.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** Whether there is a sentence for `key`. */
export const hasWords = (key) => words.messages[key] !== undefined;

/** The tag and direction of the words themselves, and the tag by which days are written. */
export const { language, direction, dates } = words;
