// Whether a password is long enough, and a hint how hard it is to guess.

/** The shortest password of a member of staff, in characters (NIST SP 800-63B asks for 15 alone, 8 with a second factor). */
export const MIN_PASSWORD = 12;

/**
 * { isEnough, level: 0 to 4, word } of a password; `known` are names a guesser tries first.
 * Length counts more than signs: four plain words beat one bent word.
 */
export function strengthOf(password, known = []) {
  const letters = [...password].length;
  if (letters === 0) return { isEnough: false, level: 0, word: 'none' };
  if (letters < MIN_PASSWORD) return { isEnough: false, level: 1, word: 'short' };
  const different = new Set(password.toLowerCase()).size;
  const names = known.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length > 3);
  const isNamed = names.some((part) => password.toLowerCase().includes(part));
  if (different < 6 || /^(.+?)\1+$/u.test(password)) return { isEnough: true, level: 1, word: 'weak' };
  if (isNamed) return { isEnough: true, level: 2, word: 'named' };
  return letters >= 20 || (letters >= 15 && different >= 10) ? { isEnough: true, level: 4, word: 'strong' } : { isEnough: true, level: 3, word: 'good' };
}
