// How long a body is: the same words the server counts (crates/base/src/document/text.rs).

/** Words a minute of an unhurried adult reader (Brysbaert 2019: 238 for English non-fiction). */
export const WORDS_A_MINUTE = 238;

/** The body as plain text, one line to a paragraph; notes and kept things stay out. */
export function textOf(tree) {
  const lines = [];
  pushBlocks(lines, tree?.content ?? []);
  return lines.join('\n').trimEnd();
}

/** How many words there are to read, by white space. */
export function wordsOf(tree) {
  const text = textOf(tree).trim();
  return text ? text.split(/\s+/u).length : 0;
}

/** Whole minutes of reading, at least one where there is a word. */
export function minutesOf(words) {
  return words === 0 ? 0 : Math.max(1, Math.round(words / WORDS_A_MINUTE));
}

function pushBlocks(lines, blocks) {
  for (const block of blocks) {
    const { type, attrs = {}, content = [] } = block;
    if (type === 'quote' || type === 'gallery') pushBlocks(lines, content);
    else if (type === 'list') for (const item of content) pushBlocks(lines, item.content ?? []);
    else if (type === 'table') for (const row of content) lines.push((row.content ?? []).map((cell) => line(cell.content)).join('\t'));
    else if (type === 'picture') { if (attrs.caption) lines.push(attrs.caption); }
    else if (type === 'embed') { if (attrs.title) lines.push(attrs.title); }
    else if (type === 'preformatted') lines.push(attrs.text ?? '');
    else if (['paragraph', 'heading', 'pull_quote'].includes(type)) lines.push(line(content));
  }
}

function line(inlines = []) {
  return inlines.map((part) => (part.type === 'text' ? part.text : part.type === 'hard_break' ? '\n' : '')).join('');
}
