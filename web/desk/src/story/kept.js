// Work that has not reached the server, kept on this device so that a crash or a dead line loses nothing.

const PREFIX = 'desk:kept:';
/** What stands before the name of a trust page, among the ids of stories. */
export const TRUST = 'trust:';
/** What stands before the id of a picture, among the ids of stories. */
export const PICTURE_WORK = 'picture:';

/** How many stories' unsent work is kept; the oldest goes first. */
export const MAX_KEPT = 50;

/** A drawer in `storage` (the browser's localStorage). Every act is safe where storage is full or forbidden. */
export function openDrawer(storage, staff) {
  const keyOf = (id) => `${PREFIX}${staff}:${id}`;
  const tidy = () => {
    const all = list(storage, keyOf(''));
    for (const { key } of all.slice(MAX_KEPT)) storage.removeItem(key);
  };
  return {
    /** Keeps `work` ({ at, revision, changes, headline }); says whether it could. */
    keep(id, work) {
      try {
        storage.setItem(keyOf(id), JSON.stringify(work));
        tidy();
        return true;
      } catch {
        return false;
      }
    },
    /** The work kept for a story, or null. */
    look: (id) => quietly(() => JSON.parse(storage.getItem(keyOf(id))), null),
    forget: (id) => quietly(() => storage.removeItem(keyOf(id)), undefined),
    /** Everything kept, newest first: [{ id, at, headline }]. */
    all: () => quietly(() => list(storage, keyOf('')).map(({ key, work }) => ({ ...work, id: key.slice(keyOf('').length) })), []),
  };
}

function list(storage, prefix) {
  const keys = Array.from({ length: storage.length }, (_, nth) => storage.key(nth)).filter((key) => key.startsWith(prefix));
  return keys.map((key) => ({ key, work: JSON.parse(storage.getItem(key)) })).sort((one, other) => other.work.at - one.work.at);
}

function quietly(act, otherwise) {
  try {
    return act() ?? otherwise;
  } catch {
    return otherwise;
  }
}
