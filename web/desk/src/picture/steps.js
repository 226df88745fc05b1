// Where an arrow leads in a grid whose rows are wherever they fall.

/**
 * The cell that `key` leads to from `from`, or null where it leads nowhere. `tops` are the upper edges of the cells in order; a
 * grid that runs right to left is walked as it is seen.
 */
export function stepIn(tops, from, key, isTurned = false) {
  const columns = Math.max(1, tops.filter((top) => top === tops[0]).length);
  const ahead = isTurned ? -1 : 1;
  const by = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: columns, ArrowUp: -columns }[key];
  const last = tops.length - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (by === undefined) return null;
  const to = from + by;
  // Under the last full row there may be a shorter one: down leads to its end rather than nowhere.
  if (key === 'ArrowDown' && to > last) return tops[last] > tops[from] ? last : null;
  return to < 0 || to > last ? null : to;
}
