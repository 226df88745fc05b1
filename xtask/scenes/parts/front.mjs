// The front at the desk: filled by keys and by hand, looked at before it is sent, and fought over by two hands.
import { openFront, pass, readersSee, signIn, sitDown } from "./desk.mjs";
import { expect, home, picture, tell } from "./walk.mjs";

const slots = (page) => page.locator(".slots li");
const headlines = (page) => page.locator(".slots .headline").allInnerTexts();

/** The headline that leads the front, as readers have it. */
const MARKS = { "&#39;": "'", "&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const leadOf = (html) => /front-lead[\s\S]*?<h2 class="headline"><a[^>]*>([^<]*)</.exec(html)?.[1].replace(/&(#39|quot|lt|gt|amp);/g, (mark) => MARKS[mark]);

export async function arrangeTheFront(browser, page) {
  await openFront(page);
  await picture(page, "front-empty");
  const chosen = await fill(page);
  await steps(page, chosen);
  await preview(page, chosen);
  await lay(browser, page, chosen);
  await twoHands(browser, page);
  await inTheDark(page);
}

/** Finds three stories with the keyboard alone, none of which leads now. */
async function fill(page) {
  if ((await slots(page).count()) > 0) await takeAllAway(page);
  await page.getByText("The front arranges itself").waitFor();
  for (let nth = 0; nth < 3; nth += 1) {
    await page.keyboard.press("a");
    await page.keyboard.type(["goodbyes", "spent rocket", "square box"][nth]);
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".slots li").nth(nth).waitFor();
    await page.evaluate(() => document.activeElement.blur());
  }
  expect((await headlines(page)).length === 3, "three stories stand on it");
  tell("the front: three stories found and put in by keys");
  return headlines(page);
}

async function takeAllAway(page) {
  const count = await slots(page).count();
  await page.keyboard.press("j");
  for (let nth = 0; nth < count; nth += 1) await page.keyboard.press("x");
  tell(`what an import had put on the front was taken away: ${count}`);
}

/** Up, down, larger, smaller, away, and every step back. */
async function steps(page, [first, second, third]) {
  await page.locator(".slots a.open").nth(2).focus();
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("1");
  expect((await headlines(page)).join() === [third, first, second].join(), "moved up by keys");
  await slots(page).nth(0).dragTo(slots(page).nth(2));
  expect((await headlines(page)).join() === [first, second, third].join(), "dragged to the end");
  await page.locator(".slots a.open").nth(1).focus();
  await page.keyboard.press("4");
  await page.keyboard.press("x");
  expect((await slots(page).count()) === 2, "one is taken away");
  await picture(page, "front-changed");
  for (let nth = 0; nth < 6; nth += 1) await page.keyboard.press("Control+z");
  expect((await headlines(page)).join() === [first, second, third].join(), "every step was taken back");
  expect((await page.locator(".slots li.brief").count()) === 0, "the weights too");
  tell("moved by keys and by hand, weighed, taken away; six steps taken back");
  await page.keyboard.press("?");
  await page.locator("dialog[open]").getByText("Take it off the front").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.locator("dialog[open]").getByText("Make it the lead").waitFor();
  await page.keyboard.press("Escape");
}

async function preview(page, [, second]) {
  await page.locator(".slots a.open").nth(1).focus();
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("1");
  await page.locator(".slots a.open").nth(1).focus();
  await page.keyboard.press("2");
  await page.keyboard.press("p");
  const frame = page.frameLocator("iframe");
  await frame.locator(".front-lead .headline").waitFor();
  expect((await frame.locator(".front-lead .headline").innerText()) === second, "the preview leads with what will lead");
  expect((await frame.locator("script[src]").count()) === 0, "a preview brings no script");
  await picture(page, "front-preview");
  await page.keyboard.press("Escape");
  tell("the preview is the page itself, before anybody has it");
}

async function lay(browser, page, [, second]) {
  expect(leadOf((await readersSee(browser, "/")).html) !== second, "readers do not have it before it is sent");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Readers have this front now.").waitFor();
  const { html } = await readersSee(browser, "/", (seen) => leadOf(seen.html) === second);
  expect(leadOf(html) === second, `the front leads with ${leadOf(html)}`);
  await picture(page, "front-sent");
  tell("put before readers: the front leads with it");
}

async function twoHands(browser, page) {
  const other = await sitDown(browser);
  await pass(1, page, other);
  await openOther(other);
  await other.locator(".slots a.open").first().focus();
  await other.keyboard.press("x");
  await page.locator(".slots a.open").nth(2).focus();
  await page.keyboard.press("1");
  await other.keyboard.press("Control+Enter");
  await other.getByText("Readers have this front now.").waitFor();
  await page.keyboard.press("Control+Enter");
  const sheet = page.locator("dialog[open]");
  await sheet.getByText("Somebody else arranged the front").waitFor();
  await picture(page, "front-clash");
  await sheet.getByRole("button", { name: "Take theirs" }).click();
  expect((await slots(page).count()) === 2, "theirs is here");
  await page.keyboard.press("Control+z");
  expect((await slots(page).count()) === 3, "mine is back");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Readers have this front now.").waitFor();
  tell("two hands at one front: both were shown, theirs taken and given back, mine put upon it");
  await other.context().close();
}

async function openOther(other) {
  await other.goto(`${home}/desk`);
  await signIn(other);
  await other.locator(".rows li").first().waitFor();
  await openFront(other);
  await other.locator(".slots li").first().waitFor();
}

/** Dark and light, on a telephone and on a desk, and mirrored. */
async function inTheDark(page) {
  const before = page.viewportSize();
  for (const [colorScheme, width] of [["light", 360], ["dark", 360], ["light", 1280], ["dark", 1280]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 860 });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(excess <= 0, `the front is ${excess} pixels wider than ${width}`);
    await picture(page, `front-${width}-${colorScheme}`);
  }
  await page.evaluate(() => { document.documentElement.dir = "rtl"; });
  await picture(page, "front-rtl");
  await page.evaluate(() => { document.documentElement.removeAttribute("dir"); });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
  tell("the front at 360 and 1280 pixels, light and dark, left to right and right to left");
}
