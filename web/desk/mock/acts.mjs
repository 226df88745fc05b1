// Works a day at the built desk in Chromium: signs in, writes, publishes, corrects, meets another hand and a dead line. Fails loudly.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';

const load = createRequire(`${process.env.WALK_MODULES}/`);
const { chromium } = load('playwright-core');
const ROOT = process.env.DESK ?? 'http://127.0.0.1:8399/desk/';
const ask = (path, body) => fetch(new URL(path, ROOT), { method: body ? 'POST' : 'GET', headers: { cookie: 'staff=walk' }, body: body && JSON.stringify(body) }).then((answer) => (answer.status === 204 ? null : answer.json()));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
const page = await context.newPage();
page.setDefaultTimeout(5000);
page.on('pageerror', (error) => { console.error('page:', error); process.exitCode = 1; });
page.on('console', (message) => { if (!pasting && /Content Security|TrustedHTML/.test(message.text())) { console.error(message.text()); process.exitCode = 1; } });
// What is pasted on purpose below is stopped by the policy, and says so.
let pasting = false;
const step = async (name, act) => { try { await act(); console.log('ok', name); } catch (error) { await page.screenshot({ path: `${process.env.WALK_PICTURES ?? tmpdir()}/acts.png` }); console.error('NOT', name, error.message.split('\n').slice(0, 3).join(' ')); process.exitCode = 1; } };
const idOf = () => page.url().split('/').at(-1);
const stored = (id) => ask(`/api/v1/stories/${id}`);
const status = (text) => page.getByRole('status').filter({ hasText: text }).first().waitFor();

await step('a wrong code is refused and the words are kept', async () => {
  await page.goto(ROOT);
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByLabel('Six-digit code').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Email').inputValue(), 'ada@example.org');
});
await step('the right code opens the list; keys walk it', async () => {
  await page.getByLabel('Six-digit code').fill('123 456');
  await page.keyboard.press('Enter');
  await page.locator('.rows').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /הגשר/);
});
let id;
await step('n begins a story; signs become blocks; it saves itself', async () => {
  await page.keyboard.press('n');
  await page.locator('.text').waitFor();
  await page.keyboard.type('The bridge is open');
  await page.locator('.text').click();
  await page.keyboard.type('It **opened** on *Sunday*. See [more](https://example.org/a).');
  await page.keyboard.press('Enter');
  await page.keyboard.type('## What next');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- One');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Two');
  await page.keyboard.press('Control+s');
  await page.waitForTimeout(400);
  await status(/^Saved \d\d:\d\d:\d\d/);
  id = idOf();
  const { body, slug } = await stored(id);
  assert.equal(slug, 'the-bridge-is-open');
  assert.deepEqual(body.content.map((block) => block.type), ['paragraph', 'heading', 'list']);
  assert.deepEqual(body.content[0].content.map((part) => part.marks?.[0].type ?? null), [null, 'strong', null, 'emphasis', null, 'link', null]);
  assert.equal(body.content[2].content.length, 2);
});
await step('what is pasted is cleaned', async () => {
  pasting = true;
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/html', '<h1 style="color:red">Big</h1><p onclick="x()"><b>Bold</b> <a href="javascript:alert(1)">bad</a><script>1</script></p>');
    document.querySelector('.text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.keyboard.press('Control+s');
  await page.waitForTimeout(400);
  const text = JSON.stringify((await stored(id)).body);
  assert.ok(text.includes('Bold') && !text.includes('javascript') && !text.includes('onclick') && !text.includes('color'), text);
  pasting = false;
});
await step('a table, a footnote, a fold and a picture go in', async () => {
  await page.getByRole('button', { name: 'Table' }).click();
  await page.keyboard.type('Year');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Cost');
  await page.locator('.text > p').last().click();
  await page.keyboard.type('End');
  await page.getByRole('button', { name: 'Footnote' }).click();
  await page.keyboard.type('From the council');
  await page.keyboard.press('Control+Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Picture' }).click();
  await page.getByRole('dialog').getByLabel('Address').fill('pictures.example/a.jpg');
  await page.getByRole('dialog').getByLabel('Credit').fill('Ben Oak');
  await page.keyboard.press('Control+Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Fold' }).click();
  await page.keyboard.press('Control+s');
  await page.waitForTimeout(400);
  const { body } = await stored(id);
  const types = body.content.map((block) => block.type);
  for (const type of ['table', 'picture', 'fold']) assert.ok(types.includes(type), `${type} in ${types}`);
  assert.ok(JSON.stringify(body).includes('"footnote","content":[{"type":"text","text":"From the council"}]'));
  assert.ok(JSON.stringify(body).includes('"text":"Cost"'));
});
await step('publishing is refused by field, then done with one Enter', async () => {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Section' }).click();
  await page.keyboard.press('C');
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SELECT');
  await page.getByLabel('Section').selectOption({ label: 'City' });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await status(/^Published/);
  assert.equal((await stored(id)).state, 'published');
});
await step('a change waits for its note, then goes as a correction', async () => {
  await page.getByLabel('Headline').fill('The bridge is open again');
  await page.waitForTimeout(1500);
  assert.equal((await stored(id)).headline, 'The bridge is open');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('c');
  await page.getByLabel('What readers are told').fill('It had been open before.');
  await page.keyboard.press('Control+Enter');
  await status(/With readers now/);
  const after = await stored(id);
  assert.deepEqual([after.headline, after.notes[0].class], ['The bridge is open again', 'correction']);
});
await step('another hand is joined, or shown where it clashes', async () => {
  await page.goto(`${ROOT}#/stories/hebrew`);
  await page.locator('.text').waitFor();
  await ask('/_mock/elsewhere', { id: 'hebrew', fields: { kicker: 'theirs', deck: 'theirs' } });
  await page.getByLabel('Deck').fill('mine');
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: 'Settle' }).click();
  await status(/^Saved/);
  const { deck, kicker } = await stored('hebrew');
  assert.deepEqual([deck, kicker], ['mine', 'theirs']);
});
await step('a dead line is said, the work is kept and offered back', async () => {
  await context.setOffline(true);
  await page.getByLabel('Deck').fill('written in the dark');
  await status('Not saved: no connection; kept on this device');
  await context.setOffline(false);
  await page.route('**/api/v1/stories/hebrew', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
  await page.getByLabel('Deck').fill('written in the dark, twice');
  await page.waitForTimeout(300);
  await page.reload();
  await page.getByRole('button', { name: 'Take it back in' }).click();
  assert.equal(await page.getByLabel('Deck').inputValue(), 'written in the dark, twice');
  await page.unroute('**/api/v1/stories/hebrew');
  await page.keyboard.press('Control+s');
  await status(/^Saved/);
});
await step('a lapsed sitting asks again and loses nothing', async () => {
  await ask('/_mock/lapse', {});
  await page.getByLabel('Deck').fill('after the lapse');
  await page.getByRole('dialog').waitFor();
  await page.getByRole('dialog').getByLabel('Email').fill('ada@example.org');
  await page.getByRole('dialog').getByLabel('Password').fill('correct horse battery');
  await page.getByRole('dialog').getByLabel('Six-digit code').fill('123456');
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await status(/^Saved \d/);
  assert.equal(await page.getByLabel('Deck').inputValue(), 'after the lapse');
});
await browser.close();
