// Word writes its lists as paragraphs that look like items: they are made lists again, one within the other.
import { schema } from '../schema.js';

const { list, list_item: item } = schema.nodes;
const NUMBER = /^\(?([0-9]{1,4}|[ivxlcdm]{1,6}|[a-z])[.):]/i;

/** What a paragraph's style says of the list it is in, with the text of its sign: { level, ordered, start }, or null. */
export function fakeItem(style, sign) {
  const said = /\blevel(\d)/.exec(style['mso-list'] ?? '');
  if (!said || style['mso-list'].includes('ignore')) return null;
  const number = NUMBER.exec(sign.trim());
  return { level: Number(said[1]), ordered: Boolean(number), start: number && /^\d+$/.test(number[1]) ? Number(number[1]) : 1 };
}

/** Blocks in which each run of `{ fake, block }` has become a list. */
export function gathered(parts) {
  const blocks = [];
  for (let at = 0; at < parts.length;) {
    if (!parts[at].fake) {
      blocks.push(parts[at]);
      at += 1;
      continue;
    }
    let end = at;
    while (parts[end]?.fake) end += 1;
    blocks.push(...listsOf(parts.slice(at, end)));
    at = end;
  }
  return blocks;
}

// Deeper items go into the item before them; a change of kind at the same level begins another list.
function listsOf(run) {
  const lists = [];
  for (let at = 0; at < run.length;) {
    const { fake, block } = run[at];
    let end = at + 1;
    while (end < run.length && run[end].fake.level > fake.level) end += 1;
    const content = [block, ...listsOf(run.slice(at + 1, end))];
    const last = lists.at(-1);
    if (last && last.ordered === fake.ordered) last.items.push(content);
    else lists.push({ ordered: fake.ordered, start: fake.start, items: [content] });
    at = end;
  }
  return lists.map(({ ordered, start, items }) => list.create({ ordered, start: ordered ? start : 1 }, items.map((content) => item.create(null, content))));
}
