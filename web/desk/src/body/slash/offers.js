// What the slash menu offers: a name, other words for it, and what it does.
import { say } from '../../words.js';
import * as acts from '../acts.js';

const OFFERS = [
  { key: 'heading-2', words: 'style-heading-2', act: acts.heading(2) },
  { key: 'heading-3', words: 'style-heading-3', act: acts.heading(3) },
  { key: 'heading-4', words: 'style-heading-4', act: acts.heading(4) },
  { key: 'quote', words: 'block-quote', act: acts.quote },
  { key: 'pull_quote', words: 'block-pull_quote', act: acts.pullQuote },
  { key: 'bullets', words: 'block-bullets', act: acts.list(false) },
  { key: 'numbers', words: 'block-numbers', act: acts.list(true) },
  { key: 'picture', words: 'block-picture', opens: 'picture' },
  { key: 'embed', words: 'block-embed', opens: 'embed' },
  { key: 'table', words: 'block-table', act: acts.table },
  { key: 'footnote', words: 'block-footnote', opens: 'new-footnote' },
  { key: 'link', words: 'slash-link', opens: 'link' },
  { key: 'divider', words: 'block-divider', act: acts.divider },
  { key: 'fold', words: 'block-fold', act: acts.fold },
  { key: 'preformatted', words: 'style-preformatted', act: acts.preformatted },
  { key: 'paragraph', words: 'style-paragraph', act: acts.paragraph },
  { key: 'turn', words: (flow) => (flow.dir === 'rtl' ? 'turn-ltr' : 'turn-rtl'), act: (state, dispatch, view, flow) => acts.turn(flow.dir === 'rtl' ? 'ltr' : 'rtl')(state, dispatch) },
  { key: 'find', words: 'find', opens: 'find' },
];

/** The offers whose words begin with what was typed, those that can be done here; in each `name` is what people read. */
export function offered(typed, state, flow) {
  const sought = plain(typed).split(/\s+/).filter(Boolean);
  return OFFERS
    .map((offer) => ({ ...offer, name: say(typeof offer.words === 'function' ? offer.words(flow) : offer.words) }))
    .filter(({ key, name }) => {
      const words = plain(`${name} ${say(`slash-also-${key}`)}`).split(/[\s:,]+/);
      return sought.every((part) => words.some((word) => word.startsWith(part)));
    })
    .filter(({ act }) => !act || act(state, undefined, undefined, flow));
}

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
