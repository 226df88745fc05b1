// What is worth a look before a story leaves the building. The server refuses; this only points.
import { wordsOf } from '../body/count.js';
import { ALT_SOFT, HEADLINE_SOFT } from './limits.js';

/** Points as [{ field, key, grave, values }]: grave ones will be refused, the others are worth a look. */
export function checksOf(fields, now) {
  const words = wordsOf(fields.body);
  const picture = fields.lead_picture;
  const length = [...fields.headline].length;
  const points = [
    [!fields.headline.trim(), 'headline', 'no-headline', true],
    [!fields.section_id, 'section_id', 'no-section', true],
    [words === 0 && !picture, 'body', 'no-body', true],
    [fields.embargo && Date.parse(fields.embargo.until) > now, 'embargo', 'embargoed', true],
    [length > HEADLINE_SOFT, 'headline', 'long-headline', false, { n: length, limit: HEADLINE_SOFT }],
    [!fields.deck.trim(), 'deck', 'no-deck', false],
    [fields.bylines.length === 0, 'bylines', 'no-byline', false],
    [picture && !picture.alt, 'lead_picture', 'no-alt', false],
    [picture && [...picture.alt].length > ALT_SOFT, 'lead_picture', 'long-alt', false, { limit: ALT_SOFT }],
    [picture?.alt && picture.alt === picture.caption, 'lead_picture', 'alt-is-caption', false],
    [picture && !picture.credit, 'lead_picture', 'no-credit', false],
    [hasBlock(fields.body, 'kept'), 'body', 'has-kept', false],
    [hasBlock(fields.body, 'picture', (attrs) => !attrs.credit), 'body', 'body-no-credit', false],
  ];
  return points.filter(([holds]) => holds).map(([, field, key, grave, values = {}]) => ({ field, key, grave, values }));
}

function hasBlock(node, type, holds = () => true) {
  return (node.content ?? []).some((child) => (child.type === type && holds(child.attrs ?? {})) || hasBlock(child, type, holds));
}
