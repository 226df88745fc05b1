// What a picture is called and said to be, where there is room for a line.
import { say } from '../words.js';

/** The line by which people know it: what is said of it, else its file's name. */
export const nameOf = ({ fields, file_name: file }) => fields.headline || fields.caption || fields.title || fields.alt || file || say('picture-unnamed');

/** Where it was taken, from the narrow to the wide. */
export const placeWords = ({ sublocation, city, state, country }) => [sublocation, city, state, country].filter(Boolean).join(', ');

/** Bytes as people say them. */
export function bytesOf(bytes) {
  if (bytes < 1_000_000) return say('bytes-thousand', { n: Math.max(1, Math.round(bytes / 1_000)) });
  return say('bytes-million', { n: (bytes / 1_000_000).toFixed(1) });
}

/** A picture as a story holds it: its words are taken along and can be changed there. */
export function blockOf({ id, fields, preview, prints, width, height }) {
  const src = preview ?? prints[0]?.url ?? '';
  return { id, src, alt: fields.alt ?? '', caption: fields.caption, credit: fields.credit, width, height };
}

/** The id of the library's picture that a refusal's field speaks of (`lead_picture`, `body.content[3]`), or null. */
export function pictureAt(fields, path) {
  if (!path) return null;
  const parts = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  let at = fields;
  for (const part of parts) {
    if (!at || typeof at !== 'object') break;
    at = at[part] ?? null;
    const held = at?.attrs ?? at;
    if (held?.id && held.src !== undefined) return held.id;
  }
  return null;
}
