// Footnotes in foreign HTML: a link to a note that links back. So they are in Word, LibreOffice, Google Docs, Wikipedia, Markdown and on our own pages.

/** How far up from its mark a note is looked for. */
const MAX_CLIMB = 8;
/** Links within a page among which notes are looked for; a page with more is read without them. */
const MAX_LINKS = 2000;

/**
 * Finds them: { noteOf, isNote, isBack }. `noteOf(link)` is the element of the note that a link calls, or null;
 * `isNote(element)` whether it is one; `isBack(link)` whether a link only leads back to the text.
 */
export function findNotes(root) {
  const links = [];
  const named = new Map();
  each(root, (element) => {
    for (const name of [element.getAttribute('id'), element.getAttribute('name')]) if (name && !named.has(name)) named.set(name, element);
    if (nameOf(element) === 'a' && fragmentOf(element)) links.push(element);
  });
  const calls = new Map();
  const backs = new Set();
  for (const link of links.length > MAX_LINKS ? [] : links) {
    const target = named.get(fragmentOf(link));
    const back = target && !backs.has(link) ? backOf(link, target, links) : null;
    if (!back) continue;
    calls.set(link, holderOf(target, link));
    backs.add(back);
  }
  for (const back of backs) calls.delete(back);
  const notes = new Set(calls.values());
  return { noteOf: (link) => calls.get(link) ?? null, isNote: (element) => notes.has(element), isBack: (link) => backs.has(link) };
}

/** The name of a node in small letters, whatever its document. */
export const nameOf = (node) => node.nodeName.toLowerCase();

function fragmentOf(link) {
  const href = link.getAttribute('href') ?? '';
  const at = href.indexOf('#');
  if (at < 0) return null;
  try {
    return decodeURIComponent(href.slice(at + 1)) || null;
  } catch {
    return href.slice(at + 1) || null;
  }
}

// The link back stands in the note, or is its mark, and leads to the first link or what holds it. The text comes before its notes.
function backOf(link, target, links) {
  const own = new Set();
  for (let node = link, steps = 0; node?.getAttribute && steps < 3; node = node.parentNode, steps += 1) {
    for (const name of [node.getAttribute('id'), node.getAttribute('name')]) if (name) own.add(name);
  }
  const holder = holderOf(target, link);
  return links.slice(links.indexOf(link) + 1).find((other) => own.has(fragmentOf(other)) && (other === target || isIn(other, holder))) ?? null;
}

// The whole of a note: its item, else the part that bears its name, else its paragraph.
function holderOf(target, link) {
  let found = target;
  for (let node = target, steps = 0; node?.getAttribute && steps < MAX_CLIMB; node = node.parentNode, steps += 1) {
    if (isIn(link, node)) break;
    const name = nameOf(node);
    if (name === 'li') return node;
    if (name === 'p' || (['div', 'aside'].includes(name) && node.getAttribute('id'))) found = node;
  }
  return found;
}

function isIn(node, holder) {
  for (let up = node; up; up = up.parentNode) if (up === holder) return true;
  return false;
}

function each(node, visit) {
  for (const child of node.childNodes) {
    if (child.nodeType !== 1) continue;
    visit(child);
    each(child, visit);
  }
}
