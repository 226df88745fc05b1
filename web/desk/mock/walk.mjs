// Walks every screen of the built desk in Chromium under its strict policy: pictures, axe, console; says what is wrong.
// Needs playwright-core and axe-core (their folder in WALK_MODULES) and a running mock; pictures go to WALK_PICTURES.
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { readFileSync } from 'node:fs';

const load = createRequire(`${process.env.WALK_MODULES}/`);
const { chromium } = load('playwright-core');
const AXE = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const DESK = process.env.DESK ?? 'http://127.0.0.1:8399/desk/';
const PICTURES = process.env.WALK_PICTURES ?? tmpdir();
const only = process.argv[2];

const signedIn = async (context) => context.addCookies([{ name: 'staff', value: 'walk', url: new URL('/', DESK).href }]);
const story = (id) => async (page) => { await page.goto(`${DESK}#/stories/${id}`); await page.locator('.text').waitFor(); };
const withKey = (id, key, wait) => async (page) => { await story(id)(page); await page.keyboard.press(key); await page.locator(wait).first().waitFor(); };

const trust = async (page) => { await page.goto(`${DESK}#/trust-pages/masthead`); await page.locator('.text').waitFor(); };
const sections = async (page) => { await page.goto(`${DESK}#/sections`); await page.locator('.rows li').first().waitFor(); };

const FRONT = [['bridge', 'lead'], ['hebrew', 'major'], ['untitled', 'plain']].map(([story_id, weight]) => ({ story_id, weight }));

const SCREENS = {
  'sign-in': { out: true, open: (page) => page.goto(DESK) },
  enrol: { out: true, open: (page) => page.goto(`${DESK}enrol?token=first`) },
  'enrol-second': { out: true, open: async (page) => {
    await page.goto(`${DESK}enrol?token=first`);
    await page.getByLabel('Your name').fill('Ada Roe');
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('.secret').waitFor();
  } },
  list: { open: async (page) => { await page.goto(DESK); await page.locator('.rows').waitFor(); } },
  'list-none': { open: async (page) => { await page.goto(`${DESK}#/stories?q=zzz`); await page.locator('.empty').waitFor(); } },
  front: { open: async (page) => { await page.request.post(new URL('/_mock/front', DESK).href, { data: { slots: FRONT } }); await page.goto(`${DESK}#/front`); await page.locator('.slots li').first().waitFor(); } },
  'trust-pages': { open: async (page) => { await page.goto(`${DESK}#/trust-pages`); await page.locator('.rows li').first().waitFor(); } },
  'trust-page': { open: trust },
  'trust-versions': { open: async (page) => { await trust(page); await page.keyboard.press('r'); await page.locator('dialog .sides, dialog p').first().waitFor(); } },
  sections: { open: sections },
  'section-new': { open: async (page) => { await sections(page); await page.keyboard.press('a'); await page.locator('dialog').waitFor(); } },
  story: { open: story('bridge') },
  hebrew: { open: story('hebrew') },
  new: { open: story('new') },
  slash: { open: async (page) => { await story('new')(page); await page.locator('.text').click(); await page.keyboard.type('/'); await page.getByRole('listbox').waitFor(); } },
  find: { open: async (page) => { await story('bridge')(page); await page.locator('.text').click(); await page.keyboard.press('Control+h'); await page.keyboard.type('bridge'); await page.getByText(/ of \d/).first().waitFor(); } },
  publish: { open: withKey('untitled', 'Control+Enter', 'dialog') },
  correct: { open: async (page) => {
    await story('bridge')(page);
    await page.getByLabel('Headline').fill('Harbour bridge reopens after three years');
    await page.keyboard.press('Control+Enter');
    await page.locator('dialog').waitFor();
    await page.keyboard.press('c');
  } },
  withdraw: { open: withKey('bridge', 'w', 'dialog') },
  revisions: { open: withKey('bridge', 'r', 'dialog table') },
  preview: { open: withKey('bridge', 'p', 'dialog iframe') },
  keys: { open: withKey('bridge', '?', 'dialog') },
  palette: { open: withKey('bridge', 'Control+k', 'dialog') },
  gallery: { open: async (page) => { await page.goto(`${DESK}#/gallery`); await page.locator('.gallery .text').waitFor(); } },
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
let wrong = 0;
const SIZES = [['light', 1280], ['dark', 360], ['light', 360], ['dark', 1280], ['light', 1920]].slice(0, Number(process.env.WALK_SIZES ?? 5));
for (const [scheme, width] of SIZES) {
  for (const [name, screen] of Object.entries(SCREENS)) {
    if (only && !only.split(',').includes(name)) continue;
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: width < 700 ? 740 : 860 }, deviceScaleFactor: 1 });
    if (!screen.out) await signedIn(context);
    const page = await context.newPage();
    page.setDefaultTimeout(4000);
    const said = [];
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) said.push(message.text()); });
    page.on('pageerror', (error) => said.push(String(error)));
    try {
      await screen.open(page);
      await page.waitForTimeout(200);
      await page.screenshot({ path: `${PICTURES}/${name}-${width}-${scheme}.png` });
      said.push(...await faults(page, width));
    } catch (error) {
      said.push(String(error).split('\n')[0]);
      await page.screenshot({ path: `${PICTURES}/${name}-${width}-${scheme}.png` }).catch(() => {});
    }
    const heard = said.filter((text) => !(screen.out && text.includes('401')));
    wrong += heard.length;
    if (heard.length > 0) console.log(`${name} ${width} ${scheme}\n  ${[...new Set(heard)].join('\n  ')}`);
    await context.close();
  }
}
await browser.close();
console.log(wrong === 0 ? 'nothing wrong' : `${wrong} things wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

async function faults(page, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  // Playwright's evaluate is not held by the page's policy, so axe runs without loosening it.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], iframes: false }));
  const found = violations.map((violation) => `axe ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(' | ')}`);
  return wide > width ? [...found, `${wide - width} px too wide`] : found;
}
