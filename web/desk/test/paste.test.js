// What is pasted from elsewhere comes in as text of ours, whoever wrote it.
import { Fragment, Slice } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import { paste, plainSlice } from '../src/body/paste.js';
import { readPlain } from '../src/body/paste/plain.js';
import { readForeign } from '../src/body/paste/read.js';
import { schema } from '../src/body/schema.js';
import { fromTree, toTree } from '../src/body/tree.js';
import { domOf } from './dom.js';

const ENGLISH = { dir: 'ltr', lang: 'en' };
const HEBREW = { dir: 'rtl', lang: 'he' };

/** The blocks in short: `p: words`, `h2: words`, `ul(p: one | p: two)`. Marks stand around their words. */
const brief = (blocks) => blocks.map(block);
function block({ type, attrs = {}, content = [] }) {
  const flow = attrs.dir ? `[${attrs.dir}]` : '';
  const of = (children) => children.map(block).join(' | ');
  if (type === 'list') return `${attrs.ordered ? `ol${attrs.start === 1 ? '' : attrs.start}` : 'ul'}(${content.map((item) => of(item.content)).join(' / ')})`;
  if (type === 'quote') return `quote${flow}(${of(content)})${attrs.speaker ? ` by ${attrs.speaker}` : ''}`;
  if (type === 'table') return `table${attrs.caption ? ` ${attrs.caption}` : ''}(${content.map((row) => row.content.map((cell) => `${cell.attrs.header ? '#' : ''}${line(cell.content)}`).join(',')).join(' / ')})`;
  if (type === 'preformatted') return `pre: ${attrs.text}`;
  if (type === 'heading') return `h${attrs.level}${flow}: ${line(content)}`;
  return type === 'paragraph' ? `p${flow}: ${line(content)}` : type;
}
const SIGNS = { strong: '**', emphasis: '_', strike: '~', code: '`', superscript: '^', subscript: ',', isolate: '|' };
const line = (content) => content.map((part) => {
  if (part.type === 'hard_break') return '⏎';
  if (part.type === 'footnote') return `{${line(part.content)}}`;
  return (part.marks ?? []).reduce((text, { type, attrs }) => (type === 'link' ? `[${text}](${attrs.href})` : `${SIGNS[type]}${text}${SIGNS[type]}`), part.text);
}).join('');

function read(html, flow = ENGLISH) {
  const { blocks, left } = readForeign(domOf(html), flow);
  const doc = schema.nodes.doc.create(null, blocks.length > 0 ? blocks : [schema.nodes.paragraph.create()]);
  doc.check();
  return { brief: brief(toTree(doc).content), left, doc };
}

const WORD_LIST = (level, sign, words) => `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;

describe('from Word', () => {
  test.each([
    ['a paragraph with smart tags and empty ones', `<html xmlns:o="urn:x"><head><style><!-- p.MsoNormal {margin:0} @list l0 {mso-list-id:1} --></style></head><body><!--StartFragment--><p class=MsoNormal>The <st1:place w:st="on">harbour</st1:place>\nbridge <b style='mso-bidi-font-weight:normal'>opened</b>.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>On <i>Sunday</i>.</p><!--EndFragment--></body></html>`,
      ['p: The harbour bridge **opened**.', 'p: On _Sunday_.']],
    ['headings, also by outline and title', `<p class=MsoTitle>Bridge</p><h1>One<o:p></o:p></h1><p class=MsoNormal style='mso-outline-level:3'>Three</p><h5>Five</h5>`, ['h2: Bridge', 'h2: One', 'h3: Three', 'h4: Five']],
    ['a heading is not strong as well', '<h2><b>What next</b></h2>', ['h2: What next']],
    ['bullets and numbers, nested', WORD_LIST(1, '·', 'One') + WORD_LIST(2, 'o', 'Inner') + WORD_LIST(1, '·', 'Two') + '<p class=MsoNormal>Between</p>' + WORD_LIST(1, '4.', 'Four') + WORD_LIST(1, '5.', 'Five'),
      ['ul(p: One | ul(p: Inner) / p: Two)', 'p: Between', 'ol4(p: Four / p: Five)']],
    ['a list that goes on as another kind', WORD_LIST(1, '·', 'A') + WORD_LIST(1, '1)', 'B'), ['ul(p: A)', 'ol(p: B)']],
    ['a quote style', '<p class=MsoQuote>It holds.</p><p class=MsoIntenseQuote>It will.</p><p class=MsoNormal>So.</p>', ['quote(p: It holds. | p: It will.)', 'p: So.']],
    ['footnotes', `<p class=MsoNormal>Seen<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a> twice<a href="#_ftn2" name="_ftnref2">[2]</a>.</p>
      <div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> By <i>us</i>.</p></div><div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2">[2]</a> By them.</p></div></div>`,
      ['p: Seen{By _us_.} twice{By them.}.']],
    ['a table', `<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Year</b></p></td><td colspan=2><p class=MsoNormal>Cost</p><p class=MsoNormal>in all</p></td></tr></table>`, ['table(**Year**,Cost⏎in all)']],
    ['what was struck in a review stays to be seen', '<p>It <del>never</del> <ins>always</ins> <s>held</s></p>', ['p: It ~never~ always ~held~']],
    ['hidden text does not come', `<p>Seen <span style='display:none;mso-hide:all'>unseen</span></p>`, ['p: Seen']],
    ['lists of Word in the browser', ['One', 'Two'].map((words) => `<div class="ListContainerWrapper SCXW"><ul class="BulletListStyle1"><li data-aria-level="1"><p class="Paragraph"><span class="TextRun">${words}</span><span class="EOP">&nbsp;</span></p></li></ul></div>`).join('') + '<div class="ListContainerWrapper"><ol><li data-aria-level="2"><p>In</p></li></ol></div>', ['ul(p: One / p: Two | ol(p: In))']],
  ])('%s', (_, html, wanted) => expect(read(html).brief).toEqual(wanted));
});

describe('from Google Docs', () => {
  const wrapped = (html) => `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">${html}</b><br class="Apple-interchange-newline">`;
  test.each([
    ['its wrapper is not strong', '<p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:400">The bridge </span><span style="font-weight:700;font-style:italic">opened</span></p><br><p dir="ltr"><span>Sunday</span></p>', ['p: The bridge _**opened**_', 'p: Sunday']],
    ['headings carry a plain weight', '<h2 dir="ltr"><span style="font-weight:400">Next</span></h2>', ['h2: Next']],
    ['nested lists', '<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One</span></p></li><ul><li dir="ltr" aria-level="2"><p>In</p></li></ul><li dir="ltr" aria-level="1"><p>Two</p></li></ul>', ['ul(p: One | ul(p: In) / p: Two)']],
    ['links, raised and struck', '<p><a href="https://example.org/a" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline">here</span></a> m<span style="vertical-align:super;font-size:0.6em">2</span> <span style="text-decoration:line-through">old</span></p>', ['p: [here](https://example.org/a) m^2^ ~old~']],
    ['a table with its column widths', '<div dir="ltr"><table><colgroup><col width="301"/></colgroup><tbody><tr><td><p dir="ltr"><span>a</span></p></td><td><p>b</p></td></tr></tbody></table></div>', ['table(a,b)']],
    ['footnotes of a downloaded page', '<p>Seen<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;By us.</span></p></div>', ['p: Seen{By us.}']],
  ])('%s', (_, html, wanted) => expect(read(wrapped(html)).brief).toEqual(wanted));
});

describe('from LibreOffice', () => {
  test.each([
    ['paragraphs with fonts and languages', '<meta http-equiv="content-type" content="text/html"><title></title><style type="text/css">@page { size: 21cm }</style><p style="margin-bottom: 0cm"><font face="Liberation"><span lang="en-GB">One </span><u>two</u></font></p><h1 class="western">Head</h1>', ['p: One two', 'h2: Head']],
    ['lists', '<ol start="3"><li><p>Three</p><ul><li><p>In</p></li></ul></li><li><p>Four</p></li></ol>', ['ol3(p: Three | ul(p: In) / p: Four)']],
    ['footnotes', '<p>Seen<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>By us.</p></div>', ['p: Seen{By us.}.']],
    ['a table with headings and a caption', '<table><caption>Votes</caption><thead><tr><th><p><b>For</b></p></th><th>Against</th></tr></thead><tbody><tr><td>12</td><td>7</td></tr></tbody></table>', ['table Votes(#For,#Against / 12,7)']],
  ])('%s', (_, html, wanted) => expect(read(html).brief).toEqual(wanted));
});

describe('from pages and mails', () => {
  test.each([
    ['what stands around goes', '<nav>Home</nav><div class="ad-slot">Buy</div><article><h1>Head</h1><p>Words</p><div class="share">Tell friends</div><ins class="adsbygoogle">x</ins></article><script>x()</script><style>p{}</style>', ['h2: Head', 'p: Words'], { pictures: 0, parts: 4 }],
    ['all that was chosen stood around: then it was meant', '<div class="promo"><p>Our newsletter</p></div>', ['p: Our newsletter'], { pictures: 0, parts: 0 }],
    ['pictures stay behind and are counted, with their captions', '<p>Before <img src="https://example.org/a.jpg" alt="A"></p><figure><img src="b.jpg"><figcaption>By Roe</figcaption></figure><img src="t.gif" width="1" height="1"><iframe src="https://example.org/v"></iframe>', ['p: Before'], { pictures: 2, parts: 1 }],
    ['links keep their parameters; those that run or lead nowhere here are words', '<p><a href="https://example.org/?utm_source=x&amp;a=1">one</a> <a href="javascript:alert(1)">two</a> <a href="/three">three</a> <a href="#four">four</a> <a href="mailto:a@example.org">five</a></p>', ['p: [one](https://example.org/?utm_source=x&a=1) two three four [five](mailto:a@example.org)']],
    ['a quotation with who said it', '<blockquote cite="https://example.org/q"><p>It holds.</p><footer>— Ada Roe, <cite>engineer</cite></footer></blockquote><figure><blockquote>It will.</blockquote><figcaption>Ben Oak</figcaption></figure>', ['quote(p: It holds.) by Ada Roe, engineer', 'quote(p: It will.) by Ben Oak']],
    ['two breaks make a paragraph, one a line', 'One<br>two<br><br>three', ['p: One⏎two', 'p: three']],
    ['words without any element', 'Just <b>words</b>', ['p: Just **words**']],
    ['tables that only place things come apart', '<table role="presentation"><tr><td><p>One</p></td><td>Two</td></tr></table><table><tr><td><table><tr><td>In</td></tr></table></td><td>Out</td></tr></table>', ['p: One', 'p: Two', 'p: In', 'p: Out']],
    ['notes as Markdown writes them', '<p>Seen<sup id="fnref:1"><a href="https://example.org/p#fn:1" class="footnote-ref">1</a></sup></p><ol><li id="fn:1"><p>By us. <a href="https://example.org/p#fnref:1">↩</a></p></li></ol>', ['p: Seen{By us.}']],
    ['notes as our own pages write them', '<p>One<sup class="note-ref"><a id="noteref-1" href="#note-1">1</a></sup> two<sup class="note-ref"><a id="noteref-2" href="#note-2">2</a></sup></p><ol class="footnotes" start="1"><li id="note-1">First <a href="#noteref-1">↩</a></li><li id="note-2">Second <a href="#noteref-2">↩</a></li></ol>', ['p: One{First} two{Second}']],
    ['preformatted text and code', '<pre>\na\n  b\n</pre><p><code>x</code></p>', ['pre: a\n  b', 'p: `x`']],
    ['a divider between, none at the end', '<p>a</p><hr><p>b</p><hr>', ['p: a', 'divider', 'p: b']],
    ['spaces are put in order, a no-break space between words is kept', '<p>  One \n two\u00ad <b> three </b>10&nbsp;000&nbsp;&nbsp; x</p>', ['p: One two **three **10\u00a0000 x']],
    ['text in a heading level past ours', '<h6>Small</h6>', ['h4: Small']],
    ['an isolate', '<p>Seen <bdi dir="rtl">שלום</bdi></p>', ['p: Seen |שלום|']],
  ])('%s', (_, html, wanted, left = null) => {
    const found = read(html);
    expect(found.brief).toEqual(wanted);
    if (left) expect(found.left).toEqual(left);
  });

  test('lists and quotations as deep as anybody nests them stay within what the server takes', () => {
    const { doc } = read(`${'<ul><li>x<blockquote>'.repeat(200)}deep${'</blockquote></li></ul>'.repeat(200)}`);
    let deepest = 0;
    const walk = (node, depth) => { deepest = Math.max(deepest, depth); node.forEach((child) => walk(child, depth + (['list', 'quote'].includes(child.type.name) ? 1 : 0))); };
    walk(doc, 1);
    expect(deepest).toBeLessThanOrEqual(12);
    expect(doc.textContent).toContain('deep');
  });
});

describe('the direction of what is pasted', () => {
  test.each([
    ['a Hebrew paragraph in an English story', '<p>הגשר נפתח ביום ראשון</p>', ENGLISH, 'rtl', 'he'],
    ['a Hebrew paragraph that begins with a Latin name and a number', '<p>BBC 24: הגשר נפתח מחדש ביום ראשון בבוקר</p>', ENGLISH, 'rtl', 'he'],
    ['an English paragraph that begins with a Hebrew word', '<p>שלום is how they greeted everybody on the bridge</p>', ENGLISH, null, null],
    ['an English paragraph in a Hebrew story', '<p>The bridge opened</p>', HEBREW, 'ltr', null],
    ['a Hebrew paragraph in a Hebrew story whose source says left to right', '<p dir="ltr">הגשר של BBC נפתח</p>', HEBREW, null, null],
    ['a paragraph without letters', '<p dir="rtl">2026</p>', ENGLISH, 'rtl', null],
    ['an Arabic paragraph with a long address in it', '<p>المصدر https://example.org/a/very/long/address/that/goes/on</p>', ENGLISH, 'rtl', 'ar'],
    ['a language that its source tells', '<p lang="de-AT">Die Brücke</p>', ENGLISH, null, 'de-AT'],
  ])('%s', (_, html, flow, dir, lang) => {
    const { dir: turned, lang: told } = read(html, flow).doc.firstChild.attrs;
    expect([turned, told]).toEqual([dir, lang]);
  });
});

describe('plain text', () => {
  const plain = (text) => brief(toTree(schema.nodes.doc.create(null, readPlain(text, ENGLISH))).content);
  const WRAPPED = 'The harbour bridge reopened to traffic on Sunday morning after two\nyears of repairs that cost the city 40 million, the council\nsaid -- and nobody cheered.';
  test.each([
    ['hard-wrapped lines are one paragraph, hyphens stay', `${WRAPPED}\n\nSecond.`, ['p: The harbour bridge reopened to traffic on Sunday morning after two years of repairs that cost the city 40 million, the council said -- and nobody cheered.', 'p: Second.']],
    ['a wire indents its paragraphs', '   The harbour bridge reopened to traffic on Sunday morning after two\nyears of repairs.\n   It had been closed since a barge struck its second pier, in a fog\nthat lasted a week.', ['p: The harbour bridge reopened to traffic on Sunday morning after two years of repairs.', 'p: It had been closed since a barge struck its second pier, in a fog that lasted a week.']],
    ['short lines are an address, not a paragraph', 'Ada Roe\nHarbour Office\n12 Quay', ['p: Ada Roe⏎Harbour Office⏎12 Quay']],
    ['lines that are paragraphs', `${'One word after another. '.repeat(8)}\nShort.`, [`p: ${'One word after another. '.repeat(8).trim()}`, 'p: Short.']],
    ['quoted lines of a mail', 'You wrote:\n> It holds.\n> It will.\n\nGood.', ['p: You wrote:', 'quote(p: It holds.⏎It will.)', 'p: Good.']],
    ['a word broken at its hyphen', 'The council has voted for a long-awaited and much discussed cross-\nparty agreement.', ['p: The council has voted for a long-awaited and much discussed cross-party agreement.']],
    ['items of a list stay on their lines', 'The council wants, as it said in its last meeting before summer:\n- a bridge that opens whenever a ship of any size comes by at all\n- a tram', ['p: The council wants, as it said in its last meeting before summer:⏎- a bridge that opens whenever a ship of any size comes by at all⏎- a tram']],
    ['old line ends', 'a\r\n\r\nb\rc', ['p: a', 'p: b⏎c']],
  ])('%s', (_, text, wanted) => expect(plain(text)).toEqual(wanted));
});

const HOSTILE = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)><animate onbegin=alert(1)>', '<svg><script>alert(1)</script></svg>', '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>', '<a href="java&#10;script:alert(1)">x</a>', '<a href=" &#14; javascript:alert(1)">x</a>', '<a href="data:text/html,<script>alert(1)</script>">x</a>', '<a href="vbscript:x">x</a>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">', '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<textarea></textarea><img src=x onerror=alert(1)>', '<style><img src="</style><img src=x onerror=alert(1)//">',
  '<p style="background:url(javascript:alert(1))" onclick=alert(1) id=x class=y>x</p>', '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">', '<base href="https://evil.example/"><link rel=stylesheet href=//evil.example>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">', '<template><img src=x onerror=alert(1)></template>', '<blockquote cite="javascript:alert(1)">x<footer>&lt;img src=x onerror=alert(1)&gt;</footer></blockquote>',
  '<table background="javascript:alert(1)"><caption>&lt;script&gt;</caption><tr><td onclick=alert(1) colspan=99999999>x<td>y</table>', '<div data-kept=\'{"source":"x"}\' data-embed=\'{"url":"javascript:alert(1)"}\' data-fold>x</div>', '<figure data-picture=\'{"src":"https://evil.example/p.gif"}\'>x</figure>',
  '<a id=constructor name=__proto__ href="#__proto__">x</a><a href="#constructor" id=__proto__>y</a>', '<ol start=-99999999999999999999><li>x</ol>', '<bdo dir="rtl">x</bdo><p lang="x\'&quot;onload=1" dir="javascript:">x</p>', '<x-y onload=alert(1)><p is=z>x</p></x-y>',
];

test.each(HOSTILE)('nothing but text comes through of %s', (html) => {
  const { doc } = read(html);
  const said = [];
  doc.descendants(({ type, attrs, marks }) => { said.push(type.name, ...Object.values(attrs), ...marks.flatMap((mark) => Object.values(mark.attrs))); });
  expect(said.filter((value) => ['picture', 'embed', 'kept', 'fold', 'gallery'].includes(value))).toEqual([]);
  expect(said.filter((value) => /script:|data:|evil|alert\(1\)[^&]*>$/i.test(String(value)) && !String(value).startsWith('<'))).toEqual([]);
  expect(Math.max(1, ...said.filter(Number.isInteger))).toBeLessThanOrEqual(100);
});

test('a style is set aside before a browser sees it, and nothing else is touched', () => {
  expect(domOf('<p title="a style=b > c" STYLE="color:red">style=x &lt;p style=1&gt;</p>').childNodes[0].attrs).toEqual(new Map([['title', 'a style=b > c'], ['data-still', 'color:red']]));
  expect(domOf('<p>a style="x"</p>').textContent).toBe('a style="x"');
});

/** The plugin in an editor without a screen, its caret at `at`: `pastes(slice, data)`. */
function open(content, from, to = from) {
  const told = [];
  const { props } = paste({ flow: () => ENGLISH, onleft: (left) => told.push(left) });
  const doc = fromTree({ type: 'doc', content });
  let state = EditorState.create({ doc, selection: TextSelection.create(doc, from, to) });
  const view = { get state() { return state; }, dispatch: (tr) => { state = state.apply(tr); } };
  return {
    pastes(slice, { text = '', files = [] } = {}) {
      const clipboardData = { getData: () => text, types: text ? ['text/plain'] : [], files };
      if (!props.handlePaste(view, { clipboardData }, slice)) state = state.apply(state.tr.replaceSelection(slice));
    },
    reads: (html) => props.clipboardParser.parseSlice(Object.assign(domOf(html), { closest: () => null, querySelector: () => null }), {}),
    calms: (slice) => props.transformPasted(slice),
    tree: () => brief(toTree(state.doc).content), told,
  };
}
const said = (words) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] });

test('paragraphs that are pasted into a cell stand below each other in it', () => {
  const editor = open([{ type: 'table', attrs: {}, content: [{ type: 'table_row', content: [{ type: 'table_cell', attrs: {}, content: [{ type: 'text', text: 'a' }] }] }] }], 4);
  editor.pastes(editor.reads('<p>One</p><ul><li>two</li></ul>'));
  expect(editor.tree()[0]).toBe('table(aOne⏎two)');
});

test('an address that is pasted over words leads from them', () => {
  const editor = open([said('Read the report')], 10, 16);
  editor.pastes(Slice.empty, { text: ' https://example.org/r ' });
  expect(editor.tree()).toEqual(['p: Read the [report](https://example.org/r)']);
});

test('what a paste left out is told, but not of a picture that comes as a file', () => {
  const editor = open([said('a')], 1);
  const slice = editor.reads('<p>x</p><img src="https://example.org/a.png">');
  editor.pastes(slice, { text: 'x' });
  expect(editor.told).toEqual([{ pictures: 1, parts: 0 }]);
  editor.pastes(editor.reads('<img src="https://example.org/a.png">'), { files: [{ type: 'image/png', name: 'a.png' }] });
  expect(editor.told).toHaveLength(1);
});

test('plain text within a line carries the marks of where it goes', () => {
  const doc = fromTree({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'strong', marks: [{ type: 'strong' }] }] }] });
  const slice = plainSlice('two words', doc.resolve(3), ENGLISH);
  expect([slice.openStart, slice.openEnd, slice.content.firstChild.firstChild.marks[0].type.name]).toEqual([1, 1, 'strong']);
  expect(plainSlice('', doc.resolve(3), ENGLISH).size).toBe(0);
});

test('a slice that says it is from a desk is looked at all the same', () => {
  const { quote, heading, list, list_item: item, paragraph } = schema.nodes;
  const forged = Fragment.from([
    quote.create({ speaker: { toString: () => 'x' }, source: 'javascript:alert(1)', dir: 'up' }, paragraph.create(null, schema.text('x'))),
    heading.create({ level: 99 }), list.create({ ordered: 'yes', start: -1 }, item.create(null, paragraph.create())),
    schema.nodes.embed.create({ url: 'javascript:alert(1)' }),
  ]);
  const calm = open([said('a')], 1).calms(new Slice(forged, 0, 0)).content.content.map(({ attrs }) => attrs);
  expect(calm).toEqual([{ speaker: null, source: null, dir: null }, { level: 2, dir: null }, { ordered: false, start: 1 }, expect.objectContaining({ url: '' })]);
});
