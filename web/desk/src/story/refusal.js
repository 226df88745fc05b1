// What the server refused, in the words of this screen.
import { hasWords, say } from '../words.js';

/** The refusal with its field called as the label beside it is: the server knows fields by the names of the API. */
export function told(refusal) {
  const label = `field-${refusal.field?.split(/[.[]/)[0]}`;
  if (!hasWords(label)) return refusal;
  return { ...refusal, message: refusal.message.replace(`“${refusal.field}”`, `“${say(label)}”`) };
}
