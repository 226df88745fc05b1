// Made-up stories for the mock; the bridge and its people do not exist.

export const FIELDS = {
  slugline: '', headline: '', kicker: '', deck: '', slug: '', language: 'en', bylines: [], dateline: null, body: { type: 'doc', content: [] }, lead_picture: null,
  section_id: null, topics: [], people: [], places: [], running_story_id: null, urgency: 5, genre: 'news', access: null, sensitive: false, public_safety_open: false,
  comments: { mode: 'usual', reason: null }, embargo: null, scheduled_for: null, related: [], canonical_url: null, source_note: null,
};
export const SECTIONS = ['City', 'Politics', 'Business', 'Culture', 'Sport'].map((name) => ({ id: `sec-${name.toLowerCase()}`, slug: name.toLowerCase(), name, language: 'en', access: 'metered' }));
export const RUNNING = [{ id: 'run-bridge', name: 'The harbour bridge', slug: 'harbour-bridge' }];
export const TOPICS = ['Bridges', 'Budget', 'Harbour', 'Housing', 'Transport'].map((name, nth) => ({ name, slug: name.toLowerCase(), stories: 3 + nth }));
export const PEOPLE = ['Ada Roe', 'Ben Oak', 'Cleo Marsh', 'דנה ים'].map((name, nth) => ({ id: `person-${nth}`, name, slug: name.toLowerCase().replace(' ', '-') }));

const text = (words, ...marks) => ({ type: 'text', text: words, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) });
const paragraph = (...words) => ({ type: 'paragraph', content: words.map((part) => (typeof part === 'string' ? text(part) : part)) });
const HEADLINES = ['Council votes on the harbour budget', 'Ferry timetable changes from Monday', 'Library opens on Sundays again', 'School meals: what the new rules mean', 'Rain stops the regatta', 'Rents rise for the fourth year', 'Museum finds a lost ledger', 'Tram line seven is late again'];
const STATES = ['draft', 'published', 'filed', 'ready', 'published', 'held', 'scheduled', 'published'];

/** Sixty stories, the newest written out. */
export function storiesOf(now = Date.now()) {
  const at = (minutes) => new Date(now - minutes * 60_000).toISOString();
  const story = (id, state, minutes, fields) => ({ ...FIELDS, ...fields, id, state, url: state === 'published' ? `/2026/11/${fields.slug}` : null, shell_url: null,
    publication: state === 'published' ? { at: at(minutes), by: 'Ada Roe' } : null, withdrawal: null, notes: [], created_at: at(minutes + 60), updated_at: at(minutes) });
  return [
    story('bridge', 'published', 4, { headline: 'Harbour bridge reopens after two years', slug: 'harbour-bridge-reopens', kicker: 'Harbour', deck: 'Trams cross first; lorries must wait until the spring.', slugline: 'BRIDGE-REOPEN', section_id: 'sec-city',
      bylines: [{ person_id: 'person-0', name: 'Ada Roe', role: 'Reporter' }], topics: ['Harbour', 'Transport'], running_story_id: 'run-bridge', dateline: { place: 'Harbour', date: '2026-11-22' },
      lead_picture: { src: 'https://pictures.example/bridge.jpg', alt: 'The bridge at dawn', caption: 'The bridge on Sunday morning', credit: 'Ben Oak' }, body: { type: 'doc', content: [
        paragraph('The harbour bridge ', text('reopened', 'strong'), ' on Sunday after two years of repairs, the council said', { type: 'footnote', content: [text('Statement of the council, 22 November.')] }, '.'),
        paragraph('Trams crossed first, at 06:12, and about 400 people followed on foot.'), { type: 'fold' },
        { type: 'heading', attrs: { level: 2 }, content: [text('What was mended')] }, { type: 'quote', attrs: { speaker: 'Cleo Marsh, engineer' }, content: [paragraph('We counted every bolt.')] },
        { type: 'list', attrs: { ordered: false, start: 1 }, content: [{ type: 'list_item', content: [paragraph('Two piers')] }, { type: 'list_item', content: [paragraph('The lifting gear')] }] },
        { type: 'kept', attrs: { source: 'wordpress', name: 'poll', text: '[poll id="4"]' } } ] } }),
    story('hebrew', 'draft', 11, { headline: 'הגשר נפתח מחדש אחרי שנתיים', slug: 'הגשר-נפתח', language: 'he', section_id: 'sec-city', bylines: [{ person_id: 'person-3', name: 'דנה ים', role: '' }],
      body: { type: 'doc', content: [paragraph('הגשר נפתח ביום ראשון אחרי שנתיים של תיקונים, מסרה העירייה.'), { type: 'paragraph', attrs: { dir: 'ltr', lang: 'en' }, content: [text('“We counted every bolt.”')] }] } }),
    story('untitled', 'draft', 25, {}),
    ...Array.from({ length: 57 }, (_, nth) => story(`s${nth}`, STATES[nth % 8], 40 + nth * nth * 20, { headline: HEADLINES[nth % 8], slug: `story-${nth}`, section_id: SECTIONS[nth % 5].id, bylines: [{ person_id: null, name: PEOPLE[nth % 3].name, role: '' }], body: { type: 'doc', content: [paragraph(HEADLINES[nth % 8])] } })),
  ];
}
