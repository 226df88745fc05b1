// A field's value as text a person can read and compare.
import { textOf } from '../body/count.js';

/** One field as text; structures are told part by part. */
export function textOfField(name, value) {
  if (value === null || value === undefined || value === '') return '';
  if (name === 'body') return textOf(value);
  if (name === 'bylines') return value.map(({ name: who, role }) => (role ? `${who}, ${role}` : who)).join('\n');
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return Object.values(value).filter((part) => part !== null && part !== '').join('\n');
  return String(value);
}
