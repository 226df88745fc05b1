// What foreign letters carry, by element and by style: strong, stressed, struck, raised, a link.
import { cleanHref } from '../href.js';
import { schema } from '../schema.js';

const BY_NAME = {
  b: 'strong', strong: 'strong', i: 'emphasis', em: 'emphasis', s: 'strike', strike: 'strike', del: 'strike',
  code: 'code', kbd: 'code', samp: 'code', tt: 'code', sup: 'superscript', sub: 'subscript',
};

/** The marks on what stands in `element`, of those around it. A style says more than the element's name. */
export function marksOf(element, name, style, around) {
  let marks = around;
  const set = (type, isOn, attrs = null) => { marks = isOn ? schema.mark(type, attrs).addToSet(marks) : schema.marks[type].removeFromSet(marks); };
  if (BY_NAME[name]) set(BY_NAME[name], true);
  const weight = weightOf(style['font-weight']);
  if (weight !== null) set('strong', weight);
  if (/^(italic|oblique|normal)/.test(style['font-style'] ?? '')) set('emphasis', style['font-style'] !== 'normal');
  if (/line-through/.test(`${style['text-decoration'] ?? ''} ${style['text-decoration-line'] ?? ''}`)) set('strike', true);
  if (style['vertical-align'] === 'super') set('superscript', true);
  if (style['vertical-align'] === 'sub') set('subscript', true);
  if (name === 'a') {
    const href = awayHref(element.getAttribute('href'));
    if (href) set('link', true, { href });
  }
  if (name === 'bdi' || name === 'bdo') set('isolate', true, { dir: directionSaid(element), lang: null });
  return marks;
}

/** An address that means the same here as where it was copied: one with a scheme that may be linked to. A path of another site would lead into ours. */
export function awayHref(text) {
  const href = cleanHref(text);
  return href && /^[a-z]+:/i.test(href) ? href : null;
}

/** The direction an element names, or null. */
export function directionSaid(element) {
  const said = (element.getAttribute('dir') ?? '').toLowerCase();
  return said === 'rtl' || said === 'ltr' ? said : null;
}

function weightOf(said = '') {
  if (/^bold/.test(said)) return true;
  if (said === 'normal' || said === 'lighter') return false;
  return /^\d{3,4}$/.test(said) ? Number(said) >= 600 : null;
}
