// What the whole desk knows: who sits at it, for which newsroom, and the short lists every form needs.
import { openApi } from './api.js';
import { Line } from './manuscript/line.js';
import { openDrawer } from './story/kept.js';

export const api = openApi();

/** `status`: opening, out, in, lapsed (was in; sign in again over what is open), away (no connection at the start). */
export const desk = $state({ status: 'opening', staff: null, newsroom: null, sections: [], running: [], now: Date.now(), notice: null });

/** The line by which texts are written together. */
export const line = new Line({ onlapse: () => noticeLapse({ kind: 'signed-out' }) });

/** How often ages are told anew, milliseconds. */
const HEARTBEAT = 15_000;
setInterval(() => { desk.now = Date.now(); }, HEARTBEAT);

/** Asks who sits here. */
export async function openDesk() {
  try {
    welcome(await api.get('/session'));
  } catch (trouble) {
    desk.status = trouble.kind === 'signed-out' ? 'out' : 'away';
  }
}

/** Takes a session's answer: signed in. */
export function welcome({ staff, newsroom }) {
  const another = desk.staff && desk.staff.id !== staff.id;
  if (another) location.reload();
  Object.assign(desk, { staff, newsroom, status: 'in' });
  line.again();
  loadLists();
}

/** Signs out; what is kept on this device stays for the next sitting. */
export async function leaveDesk() {
  await api.delete('/session').catch(() => {});
  location.hash = '#/';
  Object.assign(desk, { status: 'out', staff: null });
}

/** Says that an answer was "not signed in": the work stays open under a sign-in sheet. */
export function noticeLapse(trouble) {
  if (trouble?.kind === 'signed-out' && desk.status === 'in') desk.status = 'lapsed';
}

/** The drawer of unsent work of whoever sits here. */
export const drawer = () => openDrawer(localStorage, desk.staff.id);

export const zone = () => desk.newsroom?.zone ?? 'UTC';

/** How long a sentence stands, in milliseconds: time to read it, and longer where it can be undone. */
const STANDS = 8_000;
const STANDS_WITH_UNDO = 20_000;

/** Shows a sentence at the foot of the desk for a while; `undo` may take the act back. */
export function tell(text, undo = null) {
  desk.notice = { text, undo };
  setTimeout(() => { if (desk.notice?.text === text) desk.notice = null; }, undo ? STANDS_WITH_UNDO : STANDS);
}

async function loadLists() {
  const [sections, running] = await Promise.allSettled([api.get('/sections'), api.get('/running-stories')]);
  desk.sections = sections.value?.sections ?? [];
  desk.running = running.value?.running_stories ?? [];
}
