// What is told of a picture's making, in words; what nobody here has words for is told as it came.
import { hasWords, say } from '../words.js';

/** `vouched`, `fits` or `broken`; what else may come is not vouched for. */
export const standingKind = (standing) => (['vouched', 'broken'].includes(standing) ? standing : 'fits');

/** The sentence for an action (`c2pa.color_adjustments`) or a way of making; `kind` is `act` or `made`. */
export function actionWords(kind, name) {
  const key = `told-${kind}-${String(name).replace(/^c2pa\.|^.*\//, '')}`;
  return hasWords(key) ? say(key) : say(`told-${kind}-other`, { name });
}
