// Files whose sending broke off, remembered on this device by name and size: the bytes that came are with the newsroom,
// the file itself is not kept here, so whoever chooses the same file again goes on from where it stood.
import { KEPT_HOURS, MAX_UNFINISHED } from './limits.js';

const KEY = 'desk:unfinished:';

/** What is remembered in `storage` for one member of staff; safe where storage is full or forbidden. */
export function openUnfinished(storage, staff, clock = () => Date.now()) {
  const read = () => {
    try {
      const all = JSON.parse(storage.getItem(KEY + staff)) ?? [];
      return all.filter(({ at }) => clock() - at < KEPT_HOURS * 3_600_000);
    } catch {
      return [];
    }
  };
  const write = (all) => {
    try {
      storage.setItem(KEY + staff, JSON.stringify(all.slice(0, MAX_UNFINISHED)));
    } catch {
      // Without storage a reload begins the file anew; nothing else is lost.
    }
  };
  const isSame = (one, file) => one.name === file.name && one.size === file.size && one.modified === file.lastModified;
  return {
    all: read,
    /** The upload that was begun for this very file, or null. */
    of: (file) => read().find((one) => isSame(one, file)) ?? null,
    keep: (file, id, received) => {
      const others = read().filter((one) => one.id !== id && !isSame(one, file));
      write([{ id, name: file.name, size: file.size, modified: file.lastModified, received, at: clock() }, ...others]);
    },
    forget: (id) => write(read().filter((one) => one.id !== id)),
  };
}
