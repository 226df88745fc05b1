// Where positions go when somebody else's words come in. A shared text may be put back whole (y-prosemirror does it for every
// change from elsewhere): its step says that everything went. What really changed lies between the first and the last difference.
import { Mapping, StepMap } from 'prosemirror-transform';

/** What to map positions and decorations through after `tr`: its own mapping, or the narrow change where it replaced everything. */
export function movedBy(tr) {
  if (!tr.docChanged || !replacesAll(tr)) return tr.mapping;
  const { before, doc } = tr;
  const start = before.content.findDiffStart(doc.content);
  if (start === null) return new Mapping();
  let { a, b } = before.content.findDiffEnd(doc.content);
  // Where the ends overlap (one of two equal letters came or went) the change begins at `start` all the same.
  const overlap = start - Math.min(a, b);
  if (overlap > 0) [a, b] = [a + overlap, b + overlap];
  return new Mapping([new StepMap([start, a - start, b - start])]);
}

function replacesAll(tr) {
  return tr.mapping.maps.some((map, nth) => {
    let isAll = false;
    const { size } = tr.docs[nth].content;
    map.forEach((from, to) => { isAll ||= from === 0 && to === size && size > 0; });
    return isAll;
  });
}
