// A bare page in place of the site's own preview.

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const line = (content = []) => content.map((part) => escape(part.text ?? '')).join('');

/** The story as a reader of this kind would get it. */
export function previewOf(story, as) {
  const blocks = story.body.content.filter((block) => ['paragraph', 'heading'].includes(block.type));
  const shown = as === 'closed' ? blocks.slice(0, 2) : blocks;
  const note = { asked: 'You have read 3 stories this month.', closed: 'You have read your stories of this month.' }[as] ?? '';
  return `<!doctype html><html lang="${escape(story.language)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(story.headline)}</title>
<main><p>${escape(story.kicker)}</p><h1>${escape(story.headline)}</h1><p>${escape(story.deck)}</p>${shown.map((block) => `<p>${line(block.content)}</p>`).join('')}${note ? `<p><strong>${note}</strong></p>` : ''}</main></html>`;
}
