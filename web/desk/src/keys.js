// Every act's key in one list: what a key does now, what the help sheet and the palette show.
import { getContext, setContext } from 'svelte';

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');
const LAYER = Symbol('layer');

// Acts known now: { words, key, run, layer, isOff }. A sheet is a layer above what it covers.
const known = new Set();
let open = [0];

/** Makes everything inside the calling component a layer of its own; returns open and close. */
export function newLayer() {
  const layer = (getContext(LAYER) ?? 0) + 1;
  setContext(LAYER, layer);
  return {
    open: () => { open = [...open, layer]; },
    close: () => { open = open.filter((one) => one !== layer); },
  };
}

/** The layer the calling component stands on. */
export const hereLayer = () => getContext(LAYER) ?? 0;

/** Adds an act; returns its removal. `key`: `mod+s`, `j`, `mod+enter`. `hidden` keeps it out of the palette. */
export function addAct(act) {
  known.add(act);
  return () => known.delete(act);
}

/** Acts that can be done from `layer`, for the palette and the help sheet. */
export const actsOn = (layer) => [...known].filter((act) => act.layer === layer && !act.isOff?.());
export const topLayer = () => Math.max(...open);

/** Does what a pressed key means here, if anything. */
export function press(event) {
  if (event.isComposing || (event.defaultPrevented && !isSwallowed(event))) return;
  // A key held down must not press the button that its first stroke brought up.
  if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) {
    event.preventDefault();
    return;
  }
  const layer = topLayer();
  const act = [...known].reverse().find((one) => one.layer === layer && one.key && !one.isOff?.() && fits(event, one.key));
  if (!act || (isPlain(act.key) && isTyping(event.target))) return;
  event.preventDefault();
  act.run();
}

/** How a key is written for people: `Ctrl+S`, `⌘S`, `j`. */
export function keyName(key) {
  const parts = key.split('+').map((part) => NAMES[part] ?? part);
  return parts.map((part, nth) => (nth > 0 && parts.length > 1 && part.length === 1 ? part.toUpperCase() : part)).join(isApple ? '' : '+');
}

/** The key in the form of `aria-keyshortcuts`. */
export const ariaKey = (key) => key.split('+').map((part) => ({ mod: isApple ? 'Meta' : 'Control', enter: 'Enter', esc: 'Escape', shift: 'Shift' })[part] ?? part).join('+');

const NAMES = { mod: isApple ? '⌘' : 'Ctrl', enter: isApple ? '↩' : 'Enter', esc: 'Esc', shift: isApple ? '⇧' : 'Shift', alt: isApple ? '⌥' : 'Alt', down: '↓', up: '↑' };
const isPlain = (key) => !key.includes('mod') && key !== 'esc';

function fits(event, key) {
  const parts = key.split('+');
  const last = { enter: 'Enter', esc: 'Escape', down: 'ArrowDown', up: 'ArrowUp' }[parts.at(-1)] ?? parts.at(-1);
  const mod = isApple ? event.metaKey : event.ctrlKey;
  if (parts.includes('mod') !== mod || event.altKey) return false;
  if (parts.includes('shift') && !event.shiftKey) return false;
  return event.key === last || (parts.includes('mod') && event.key.toLowerCase() === last);
}

// ProseMirror stops every Enter and Escape in its text, also those it does nothing with.
function isSwallowed({ target, key, ctrlKey, metaKey }) {
  return Boolean(target.isContentEditable) && (key === 'Escape' || (key === 'Enter' && (ctrlKey || metaKey)));
}

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)) return true;
  return target.tagName === 'INPUT' && !['checkbox', 'radio', 'button'].includes(target.type);
}
