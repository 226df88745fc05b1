// The last part of a story's address, from its headline until a person has touched it.

/** The longest slug proposed, in bytes (crates/base/src/slug.rs takes 120); whole words only. */
export const MAX_SLUG = 120;
const bytes = (text) => new TextEncoder().encode(text).length;

/** `The Bridge: reopened!` becomes `the-bridge-reopened`; letters of every script stay. */
export function slugOf(headline) {
  const plain = headline.normalize('NFKD').replace(/(\p{Script=Latin})\p{M}+/gu, '$1').normalize('NFC').toLowerCase();
  const words = plain.replace(/[’'`´]/g, '').split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  let slug = '';
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word;
    if (bytes(longer) > MAX_SLUG) break;
    slug = longer;
  }
  return slug || (words[0] ?? '').slice(0, MAX_SLUG / 4);
}
