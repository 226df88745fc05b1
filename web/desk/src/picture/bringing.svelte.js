// The one queue of the whole desk: it goes on while its owner walks from screen to screen.
import { api, desk, noticeLapse } from '../desk.svelte.js';
import { Queue } from './queue.svelte.js';
import { sendBytes } from './sending.js';
import { openUnfinished } from './unfinished.js';

let listeners = [];

/** Hears of every picture that has come in; returns the end of hearing. */
export function onPicture(hear) {
  listeners = [...listeners, hear];
  return () => { listeners = listeners.filter((one) => one !== hear); };
}

/** Tells them of one that came by another way than the queue. */
export const announce = (picture) => listeners.forEach((hear) => hear(picture));

export const unfinished = () => openUnfinished(localStorage, desk.staff?.id ?? '');

/** Remembers under whoever sits here when it is asked, not under who sat here when the desk was opened. */
const remembered = { of: (file) => unfinished().of(file), keep: (...said) => unfinished().keep(...said), forget: (id) => unfinished().forget(id) };

export const queue = new Queue({
  api, send: sendBytes, unfinished: remembered, onTrouble: noticeLapse,
  onpicture: announce,
});

// Leaving with files on the line breaks them off; what came of large ones is kept, small ones begin anew.
globalThis.addEventListener?.('beforeunload', (event) => { if (queue.isBusy) event.preventDefault(); });
