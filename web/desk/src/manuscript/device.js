// What is written is kept on this device too, so that a crash, a reload or a day without a line loses nothing.
import { IndexeddbPersistence } from 'y-indexeddb';

/** Names of databases and of what is noted beside them begin so. */
const NAME = 'dateline-manuscript-';

/** Keeps a text on this device under its story and epoch. `ready` is when what was kept is in it; null where devices keep nothing; `origin` is whom its changes come from. */
export function keepOnDevice(story, epoch, doc) {
  if (!globalThis.indexedDB) return null;
  const kept = new IndexeddbPersistence(`${NAME}${story}-${epoch}`, doc);
  return { origin: kept, ready: kept.whenSynced, stop: () => kept.destroy(), forget: () => kept.clearData() };
}

/** What is noted of a story on this device: { epoch, unsaved }. */
export function noted(story, storage = globalThis.localStorage) {
  try {
    return JSON.parse(storage?.getItem(NAME + story)) ?? {};
  } catch {
    return {};
  }
}

/** Notes the epoch, and whether something written here was not said to be saved. */
export function note(story, what, storage = globalThis.localStorage) {
  try {
    storage?.setItem(NAME + story, JSON.stringify({ ...noted(story, storage), ...what }));
  } catch { /* A full or forbidden storage: the line alone keeps the words. */ }
}
