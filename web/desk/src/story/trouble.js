// A failure in words: what happened, what was kept.
import { say } from '../words.js';

/** The sentence for an act that did not happen; `key` names the act. */
export function troubleWords(trouble, key) {
  if (trouble.kind === 'refused' && trouble.refusals.length > 0) return say(`${key}-refused`, { n: trouble.refusals.length });
  const words = say(`trouble-${trouble.kind}`);
  return [say(key), words, trouble.kind === 'refused' ? trouble.message : '', trouble.number ? say('fault-number', { number: trouble.number }) : ''].filter(Boolean).join(' ');
}
