// The fields of a story: what they are when nothing is said, and how two versions of them are compared and joined.

/** A story of which nothing is known yet. */
export const EMPTY = {
  slugline: '', headline: '', kicker: '', deck: '', slug: '', language: 'en', bylines: [], dateline: null,
  body: { type: 'doc', content: [] }, lead_picture: null, section_id: null, topics: [], people: [], places: [],
  running_story_id: null, urgency: 5, genre: 'news', access: null, sensitive: false, public_safety_open: false,
  comments: { mode: 'usual', reason: null }, embargo: null, scheduled_for: null, related: [], canonical_url: null, source_note: null,
};

/** What readers have before them: once published, these change only with a note (NEWSROOM 1.3). */
export const BEFORE_READERS = [
  'headline', 'kicker', 'deck', 'slug', 'language', 'bylines', 'dateline', 'body', 'lead_picture', 'canonical_url',
];

const RIGHT_TO_LEFT = ['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi'];

/** Which way a language is written, by its script where the tag names one (as crates/base/src/language.rs). */
export function directionOf(tag) {
  const [primary, ...parts] = String(tag ?? '').split('-');
  const script = parts.find((part) => part.length === 4);
  const rtl = script ? ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo'].includes(script) : RIGHT_TO_LEFT.includes(primary);
  return rtl ? 'rtl' : 'ltr';
}

/** The fields out of a whole story, each present. */
export function fieldsOf(story) {
  return Object.fromEntries(Object.keys(EMPTY).map((name) => [name, structured(story?.[name] ?? EMPTY[name])]));
}

// Where a story says nothing the server keeps no text, not an empty one.
const SILENT = ['slugline', 'kicker', 'deck', 'slug'];

/** Changed fields in the form the server takes. */
export function outgoing(changes) {
  const sent = { ...changes };
  for (const name of SILENT) if (sent[name] === '') sent[name] = null;
  if (sent.bylines) sent.bylines = sent.bylines.map((byline) => ({ ...byline, role: byline.role || null }));
  if (sent.embargo) sent.embargo = { ...sent.embargo, reason: sent.embargo.reason || null };
  return sent;
}

/** Whether two values of a field say the same, whatever the order of their attributes; nothing said is the same as nothing there. */
export function same(one, other) {
  if (one === other) return true;
  if (isNothing(one) && isNothing(other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name] ?? null, other[name] ?? null));
}

/** The fields of `mine` that differ from `base`. */
export function changesOf(base, mine) {
  return Object.fromEntries(Object.keys(EMPTY).filter((name) => !same(base[name], mine[name])).map((name) => [name, mine[name]]));
}

/**
 * Joins two versions that grew out of `base`.
 * A field only one of them changed is taken from it; where both changed it differently, mine stays and the field is in `clashes`.
 */
export function join(base, mine, theirs) {
  const fields = { ...theirs };
  const clashes = [];
  for (const name of Object.keys(changesOf(base, mine))) {
    fields[name] = mine[name];
    if (!same(base[name], theirs[name]) && !same(mine[name], theirs[name])) clashes.push(name);
  }
  return { fields, clashes };
}

const isNothing = (value) => value === null || value === undefined || (typeof value === 'object' && Object.values(value).every(isNothing));
const structured = (value) => JSON.parse(JSON.stringify(value));
