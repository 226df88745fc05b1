// A trust page at the desk: adapted, put on the site, fought over, taken back, taken off; and what readers have after each.
import { field, pass, readersSee, signIn, sitDown } from "./desk.mjs";
import { expect, home, picture, tell } from "./walk.mjs";

const ABOUT = "/about/staffing";
const TITLE = "Who works here";
const OURS = "Nine people work here, in two languages.";
const NEWER = "Ten people work here, in two languages.";

const says = (words) => ({ html }) => html.includes(words);
const isGone = ({ status }) => status === 404;
const stand = (page, words) => page.locator(".stand").getByText(words).waitFor();

export async function makeATrustPageOurs(browser, page) {
  await look(browser, page);
  await adapt(browser, page);
  await putOn(browser, page);
  await change(browser, page);
  await reload(page);
  await twoHands(browser, page);
  await goBack(browser, page);
  await takeOff(browser, page);
}

async function look(browser, page) {
  await page.getByRole("button", { name: "Trust pages" }).click();
  await page.locator(".rows li").first().waitFor();
  const rows = await page.locator(".rows li").allInnerTexts();
  const on = rows.filter((row) => row.includes("On the site")).length;
  expect(rows.length === 11 && on === 10, `${rows.length} pages, ${on} on the site`);
  await page.getByText("Still starter text").waitFor();
  await picture(page, "trust-list");
  expect(isGone(await readersSee(browser, ABOUT)), "readers never meet starter text");
  const front = await readersSee(browser, "/");
  expect(!front.html.includes(ABOUT) && !front.html.includes("["), "nor a link to it");
  tell(`${rows.length} trust pages, ${on} on the site, the other starter text that readers do not see`);
}

async function write(page, words) {
  await page.locator(".text").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
}

async function adapt(browser, page) {
  await page.getByRole("link", { name: "Staffing report" }).click();
  await page.locator(".text").waitFor();
  await page.getByText("nobody’s policy yet").waitFor();
  await picture(page, "trust-starter");
  expect((await page.getByRole("button", { name: "Put on the site" }).count()) === 0, "starter text is not offered to readers");
  await page.keyboard.press("Control+g");
  expect((await page.evaluate(() => getSelection().toString())) === "[newsroom name]", "the first bracket is gone to");
  await page.keyboard.type("The Meridian");
  await page.keyboard.press("Control+g");
  expect((await page.evaluate(() => getSelection().toString())) === "[date]", "then the next");
  expect((await page.locator(".text").innerText()).includes("worked for The Meridian on"), "typing filled it in");
  await field(page, "Title").fill(TITLE);
  await write(page, `${OURS} [number] are part-time.`);
  await page.keyboard.press("Control+s");
  await page.getByText("Saved. Readers do not see the page yet.").waitFor();
  await page.getByText("One thing is still to be filled in").waitFor();
  expect(isGone(await readersSee(browser, ABOUT)), "saved is not shown");
  tell("adapted and saved; readers do not see it yet");
}

async function putOn(browser, page) {
  await page.keyboard.press("Control+Enter");
  const sheet = page.locator("dialog[open]");
  await sheet.getByText("[number]").waitFor();
  await picture(page, "trust-gaps");
  await sheet.getByRole("button", { name: "Fill them in first" }).click();
  await write(page, `${OURS} Two are part-time.`);
  await page.keyboard.press("Control+s");
  await stand(page, /^Saved/);
  await page.keyboard.press("Control+Enter");
  await page.getByText(`On the site: ${TITLE}`).waitFor();
  const { html } = await readersSee(browser, ABOUT, says(OURS));
  expect(html.includes(OURS) && html.includes(`<h1>${TITLE}</h1>`), "readers have it");
  const front = await readersSee(browser, "/", says(ABOUT));
  expect(front.html.includes(`href="${ABOUT}"`) && front.html.includes("diversityStaffingReport"), "it is linked at the foot and in the data");
  await picture(page, "trust-on");
  tell("brackets were named, then filled in; it is on the site, at the foot of every page and in the data");
}

async function change(browser, page) {
  await write(page, NEWER);
  await page.getByText("Changed, not yet with readers").waitFor();
  expect(!says(NEWER)(await readersSee(browser, ABOUT)), "typing is not saving");
  await page.getByRole("button", { name: "Save for readers" }).click();
  await page.getByText("Readers have these words now.").waitFor();
  const seen = await readersSee(browser, ABOUT, says(NEWER));
  expect(says(NEWER)(seen) && !says(OURS)(seen), "the new words and not the old");
  await page.keyboard.press("p");
  await page.frameLocator("iframe").getByText(NEWER).waitFor();
  await picture(page, "trust-preview");
  await page.keyboard.press("Escape");
  tell("changed for readers by one save; the preview is the page itself");
}

async function reload(page) {
  await field(page, "Title").fill("Who works here, and where");
  await stand(page, /kept on this device/);
  await page.reload();
  await page.getByText("were never saved").waitFor();
  await picture(page, "trust-leftover");
  await page.getByRole("button", { name: "Take it back in" }).click();
  expect((await field(page, "Title").inputValue()) === "Who works here, and where", "what was typed is back");
  await field(page, "Title").fill(TITLE);
  await stand(page, /^Saved/);
  tell("reloaded before saving: what was typed had been kept on the device");
}

async function twoHands(browser, page) {
  const other = await sitDown(browser);
  await pass(1, page, other);
  await other.goto(`${home}/desk#/trust-pages/staffing`);
  await signIn(other);
  await other.locator(".text").waitFor();
  await write(other, "Theirs.");
  await other.keyboard.press("Control+s");
  await other.getByText("Readers have these words now.").waitFor();
  await write(page, "Mine.");
  await page.keyboard.press("Control+s");
  const sheet = page.locator("dialog[open]");
  await sheet.getByText("Two hands changed the same words").waitFor();
  await picture(page, "trust-clash");
  await sheet.getByRole("button", { name: "Keep all mine" }).click();
  expect((await page.locator(".text").innerText()).includes("Mine."), "mine is here");
  await page.keyboard.press("Control+s");
  await page.getByText("Readers have these words now.").waitFor();
  expect(says("Mine.")(await readersSee(browser, ABOUT, says("Mine."))), "and with readers");
  await other.context().close();
  tell("two hands at one page: both were shown, mine was kept, theirs is among the versions");
}

async function goBack(browser, page) {
  const sheet = page.locator("dialog[open]");
  const choose = async (version) => {
    await page.getByRole("button", { name: "Versions" }).click();
    await sheet.getByRole("radio").nth(version).check();
  };
  await choose(-1);
  await sheet.getByRole("button", { name: "Back to the starter text" }).waitFor();
  await picture(page, "trust-versions");
  await sheet.getByRole("button", { name: "Back to the starter text" }).click();
  await page.getByText("The words of version 1 are back.").waitFor();
  expect(isGone(await readersSee(browser, ABOUT, isGone)), "starter text leaves the site");
  await choose(1);
  await sheet.getByText("Mine.").waitFor();
  await sheet.getByRole("button", { name: "Put these words back" }).click();
  await page.locator(".text").getByText("Mine.").waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText(`On the site: ${TITLE}`).waitFor();
  expect(says("Mine.")(await readersSee(browser, ABOUT, says("Mine."))), "the words are back on the site");
  tell("back to the starter text, and off the site with it; then the words before it, and on again");
}

async function takeOff(browser, page) {
  await page.getByRole("button", { name: "Take off the site" }).click();
  await page.getByText(`Off the site: ${TITLE}`).waitFor();
  expect(isGone(await readersSee(browser, ABOUT, isGone)), "it has no address");
  for (const path of ["/", "/sitemap/0000/00.xml"]) {
    expect(!says(ABOUT)(await readersSee(browser, path)), `${path} no longer names it`);
  }
  await page.locator(".foot").getByRole("button", { name: "Undo" }).click();
  await page.getByText("On the site", { exact: true }).waitFor();
  expect(says("Mine.")(await readersSee(browser, ABOUT, says("Mine."))), "undone");
  tell("taken off: no address, no link, not in the sitemap; and put back by undo");
}
