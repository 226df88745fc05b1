// Made-up material for the gallery; every block kind of a body is in it.

const text = (words, ...types) => ({ type: 'text', text: words, ...(types.length > 0 && { marks: types.map((type) => ({ type })) }) });
const paragraph = (...content) => ({ type: 'paragraph', content });
const cell = (words, header = false) => ({ type: 'table_cell', attrs: { header, colspan: 1, rowspan: 1 }, content: [text(words)] });

export const SAMPLE = { type: 'doc', content: [
  paragraph(text('The harbour bridge '), text('reopened', 'strong'), text(' on Sunday, the council said'),
    { type: 'footnote', content: [text('Statement of the council, 22 November.')] }, text('.')),
  { type: 'heading', attrs: { level: 2 }, content: [text('What was mended')] },
  { type: 'quote', attrs: { speaker: 'A. Roe, engineer' }, content: [paragraph(text('It holds.'))] },
  { type: 'list', attrs: { ordered: false, start: 1 }, content: ['Two piers', 'The lifting gear'].map((words) => ({ type: 'list_item', content: [paragraph(text(words))] })) },
  { type: 'fold' },
  { type: 'pull_quote', attrs: {}, content: [text('“We counted every bolt.”')] },
  { type: 'picture', attrs: { src: 'https://pictures.example/bridge.jpg', alt: 'The bridge at dawn', caption: 'The bridge on Sunday', credit: 'A. Roe' } },
  { type: 'embed', attrs: { url: 'https://films.example/bridge', title: 'The bridge opens', provider: 'Films' } },
  { type: 'table', attrs: { caption: 'Cost, millions' }, content: [[['Year', true], ['Cost', true]], [['2025'], ['4']], [['2026'], ['7']]]
    .map((row) => ({ type: 'table_row', content: row.map(([words, header]) => cell(words, header)) })) },
  { type: 'preformatted', attrs: { text: 'pier 1   ok\npier 2   ok' } },
  { type: 'divider' },
  { type: 'kept', attrs: { source: 'wordpress', name: 'poll', text: '[poll id="4"]' } },
  { type: 'paragraph', attrs: { dir: 'rtl', lang: 'he' }, content: [text('הגשר נפתח ביום ראשון.')] },
] };

const story = (id, state, rest) => ({ id, state, kicker: '', language: 'en', section: { id: 's', name: 'City' }, bylines: ['A. Roe'], words: 420, updated_at: '2026-11-22T11:56:00Z', ...rest });

export const STORIES = [
  story('1', 'published', { headline: 'Harbour bridge reopens after two years', kicker: 'Harbour' }),
  story('2', 'draft', { headline: '', section: null, bylines: [], words: 0 }),
  story('3', 'held', { headline: 'הגשר נפתח מחדש אחרי שנתיים', language: 'he' }),
  story('4', 'withdrawn', { headline: 'A very long headline that goes on, and on, and does not stop where the desk would like it to stop, because somebody was in a hurry and pasted the whole first paragraph' }),
];
