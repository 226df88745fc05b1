// Which addresses may be linked to: the same rule as the server's (crates/base/src/document/href.rs).

/** The longest address kept, in bytes. */
export const MAX_HREF = 2048;
const SCHEMES = ['http', 'https', 'mailto', 'tel', 'sms'];

/** The address as it would be stored, or null where it may not be linked to. */
export function cleanHref(text) {
  const cleaned = trimControls(String(text ?? '')).replace(/[\t\n\r]/g, '');
  if (!cleaned || new TextEncoder().encode(cleaned).length > MAX_HREF) return null;
  if (/\p{Cc}/u.test(cleaned)) return null;
  return isLocal(cleaned) || hasPermittedScheme(cleaned) ? cleaned : null;
}

/** What a person types where an address is meant: `example.org/page` is given its scheme. */
export function guessHref(text) {
  const cleaned = cleanHref(text);
  if (cleaned) return cleaned;
  const typed = String(text ?? '').trim();
  if (/^[^\s/@:]+@[^\s/@:]+\.[^\s/@:]+$/.test(typed)) return cleanHref(`mailto:${typed}`);
  return /^[^\s/:]+\.[^\s/:.]{2,}(\/\S*)?$/.test(typed) ? cleanHref(`https://${typed}`) : null;
}

function trimControls(text) {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= 32) from += 1;
  while (to > from && text.charCodeAt(to - 1) <= 32) to -= 1;
  return text.slice(from, to);
}

function isLocal(text) {
  if (text[0] === '#' || text[0] === '?') return true;
  return text[0] === '/' && text[1] !== '/' && text[1] !== '\\';
}

function hasPermittedScheme(text) {
  const colon = text.indexOf(':');
  if (colon < 0) return false;
  const scheme = text.slice(0, colon).toLowerCase();
  const rest = text.slice(colon + 1);
  if (!SCHEMES.includes(scheme)) return false;
  const web = scheme === 'http' || scheme === 'https';
  return web ? rest.startsWith('//') && rest.length > 2 : rest.length > 0;
}
