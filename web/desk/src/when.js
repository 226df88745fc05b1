// Times as the desk shows and takes them: in the newsroom's own zone, whatever the computer thinks.
import { dates, say } from './words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in few words: `4 min`, `3 h`, `2 d`, then the date. */
export function ageOf(instant, now, zone) {
  const past = Math.max(0, now - Date.parse(instant));
  if (past < MINUTE) return say('age-now');
  if (past < HOUR) return say('age-minutes', { n: Math.floor(past / MINUTE) });
  if (past < DAY) return say('age-hours', { n: Math.floor(past / HOUR) });
  if (past < 7 * DAY) return say('age-days', { n: Math.floor(past / DAY) });
  return format(instant, zone, { dateStyle: 'medium' });
}

/** Date and time. */
export const momentOf = (instant, zone) => format(instant, zone, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

/** Time of day with seconds, for the line that says when something was saved. */
export const clockOf = (instant, zone) => format(instant, zone, { timeStyle: 'medium', hourCycle: 'h23' });

/** A day alone, told as the site tells it: the field shows it by the habits of the computer. */
export const dayOf = (day) => format(`${day}T12:00:00Z`, 'UTC', { dateStyle: 'long' });

/** `2026-11-22T14:30`, as a date-and-time field wants it, of an instant seen in `zone`. */
export function fieldOf(instant, zone) {
  if (!instant) return '';
  const { year, month, day, hour, minute } = partsOf(Date.parse(instant), zone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The instant of a field's `2026-11-22T14:30` read as the clock on the wall in `zone`; null when empty. */
export function instantOf(field, zone) {
  if (!field) return null;
  const wall = Date.parse(`${field}:00Z`);
  if (Number.isNaN(wall)) return null;
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  const guess = wall - offsetOf(wall, zone);
  return new Date(wall - offsetOf(guess, zone)).toISOString();
}

function offsetOf(time, zone) {
  const { year, month, day, hour, minute, second } = partsOf(time, zone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(time / 1000) * 1000;
}

function partsOf(time, zone) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(time);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

function format(instant, zone, options) {
  return new Intl.DateTimeFormat(dates, { timeZone: zone, ...options }).format(new Date(instant));
}
