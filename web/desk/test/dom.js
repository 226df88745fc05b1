// Foreign HTML as a browser's parser reads it (parse5 follows the same standard), in the few words of the DOM that reading it needs.
import { parseFragment } from 'parse5';
import { stilled } from '../src/body/paste/style.js';

class Node {
  constructor(node, parentNode) {
    this.parentNode = parentNode;
    this.nodeName = node.nodeName.toUpperCase();
    this.nodeType = { '#text': 3, '#comment': 8, '#document-fragment': 11 }[node.nodeName] ?? 1;
    this.nodeValue = node.value ?? null;
    this.attrs = new Map((node.attrs ?? []).map(({ name, value }) => [name, value]));
    this.childNodes = (node.childNodes ?? []).map((child) => new Node(child, this));
  }

  getAttribute(name) { return this.attrs.get(name) ?? null; }
  get textContent() { return this.nodeType === 3 ? this.nodeValue : this.childNodes.map((child) => (child.nodeType === 8 ? '' : child.textContent)).join(''); }
}

/** The root that a paste hands to the reader. */
export const domOf = (html) => new Node(parseFragment(stilled(html)), null);
