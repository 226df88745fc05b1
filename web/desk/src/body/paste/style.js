// What an element's style says, read from the text of the attribute: the desk's policy lets no foreign style take effect, and
// browsers drop what they do not know, such as all that Word says of its lists.

/** Where a style waits that must not take effect. */
export const STILL = 'data-still';

const TAGS = /<[a-z][^\s/>]*(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
const ATTRIBUTES = /([^\s"'=<>/]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?/g;

/** The same HTML with its styles set aside and its handlers gone, so that a browser under a strict policy has nothing to complain of. */
export function stilled(html) {
  const calm = html.replace(/<style\b/gi, '<textarea').replace(/<\/style\s*>/gi, '</textarea>');
  return calm.replace(TAGS, (tag) => tag.replace(ATTRIBUTES, (all, name, value = '') => {
    if (/^on/i.test(name)) return '';
    return name.toLowerCase() === 'style' ? `${STILL}${value}` : all;
  }));
}

/** The style of an element: names in small letters, values without their spaces around. */
export function styleOf(element) {
  const text = element.getAttribute(STILL) ?? element.getAttribute('style') ?? '';
  const said = {};
  for (const part of text.split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0) said[part.slice(0, colon).trim().toLowerCase()] = part.slice(colon + 1).trim().toLowerCase();
  }
  return said;
}

/** Whether nobody would have seen it. */
export function isHidden(element, style) {
  if (style.display === 'none' || style.visibility === 'hidden' || style['mso-hide'] === 'all') return true;
  if (element.getAttribute('hidden') !== null || element.getAttribute('aria-hidden') === 'true') return true;
  return /(^|\s)(sr-only|visually-hidden|screen-reader-text)(\s|$)/.test(element.getAttribute('class') ?? '');
}

/** What stands around a story on a page: by what it is called there. */
const AROUND = /(^|[\s_-])(ad|ads|advert|adverts|advertisement|advertising|adsbygoogle|sponsored|outbrain|taboola|promo|share|sharing|breadcrumbs?|cookies?|(newsletter|social)-(signup|form|box|promo|links|icons|media|bar)|related-(stories|articles|links|posts))([\s_-]|$)/i;
const ROLES = ['navigation', 'banner', 'contentinfo', 'search', 'menu', 'menubar', 'toolbar', 'dialog', 'alert', 'complementary'];

/** Whether a part of a page stands around the text: menus, advertisements, bars to share it. */
export function isAround(element, name) {
  if (name === 'nav' || ROLES.includes(element.getAttribute('role'))) return true;
  return AROUND.test(`${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`);
}
