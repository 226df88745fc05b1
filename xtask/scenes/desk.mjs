// A day at the desk: joining, writing, two hands at once, publishing, correcting, withdrawing, a story in Hebrew, and the front.
import { KINDS, MARKS, writeBody } from "./parts/body.mjs";
import { arrangeTheFront } from "./parts/front.mjs";
import {
  begin, confirm, expectNoComplaint, field, idOf, join, openFront, openList, openStory, pass, readersSee, saved, serverHas, signIn, sitDown, storyOf,
} from "./parts/desk.mjs";
import { openForSafety } from "./parts/safety.mjs";
import { PHONE, expect, home, picture, scene, tell } from "./parts/walk.mjs";

const HEADLINE = "Harbour bridge reopens after two years";
const RIGHT = "Harbour bridge reopens after three years";
const NOTE = "An earlier headline said the bridge was closed for two years. It was three.";
const REASON = "The council has taken back the report on which this story stood.";
const ASIDE = "The council rang at six; the report is in the safe.";
const HEBREW = "הגשר בנמל נפתח מחדש";

const names = (words) => ({ html }) => html.includes(words);

await scene(async (browser) => {
  const page = await sitDown(browser);
  await joinAndSignIn(page);
  await list(page);
  const id = await write(page);
  await twoHands(browser, page, id);
  await previews(page);
  const url = await publish(browser, page, id);
  await correct(browser, page, id, url);
  await revisions(page);
  await withdraw(browser, page, url);
  await hebrew(browser, page);
  await arrangeTheFront(browser, page);
  await openForSafety(browser, page);
  await onAPhone(browser, page, id);
  expectNoComplaint();
  tell("no browser complained: nothing on the console, nothing against the policy");
});

async function joinAndSignIn(page) {
  await join(page);
  await picture(page, "join");
  await confirm(page);
  expect(!page.url().includes("token"), "the token left the address");
  tell("joined as owner; the list is open");

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "The desk" }).waitFor();
  await pass(1, page);
  await signIn(page, "not the password at all");
  await page.getByRole("alert").waitFor();
  tell(`a wrong password: ${await page.getByRole("alert").innerText()}`);
  await picture(page, "sign-in-refused");
  await signIn(page);
  await page.locator(".rows li").first().waitFor();
  tell("signed out and in again");
}

async function list(page) {
  const rows = page.locator(".rows li");
  const all = await rows.count();
  await picture(page, "list");
  await page.getByRole("button", { name: "Draft" }).click();
  await page.getByText("Nothing fits").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await rows.first().waitFor();
  const [headline] = (await rows.first().locator(".headline").innerText()).split("\n");
  await field(page, "Search").fill(headline);
  await page.waitForFunction((most) => document.querySelectorAll(".rows li").length < most, all);
  expect((await rows.first().innerText()).includes(headline), "the story looked for is found");
  tell(`the list: ${all} stories, none a draft, ${await rows.count()} called “${headline}”`);
  await field(page, "Search").fill("");
}

async function write(page) {
  await begin(page, { Kicker: "Harbour", Headline: HEADLINE, Deck: "Two piers and the lifting gear were mended." });
  await field(page, "Section").selectOption({ label: "World" });
  await field(page, "Topics").fill("Bridges");
  await field(page, "Topics").press("Enter");
  await field(page, "Bylines").fill("Adaeze");
  await page.getByRole("option", { name: /Adaeze/ }).click();
  await field(page, "Dateline: place").fill("Harbour City");
  await field(page, "Slugline").fill("BRIDGE-OPENS");
  await writeBody(page);
  const id = await idOf(page);
  await serverHas(page, id, '"type":"fold"');
  await saved(page);
  const isWriting = await page.evaluate(() => document.activeElement?.classList.contains("text"));
  expect(isWriting, "saving took the caret out of the text");
  await picture(page, "written");
  const story = await storyOf(page, id);
  const held = JSON.stringify(story.body);
  const missing = [...KINDS, ...MARKS].filter((kind) => !held.includes(`"type":"${kind}"`));
  expect(missing.length === 0, `the server holds no ${missing.join(", ")}: ${held}`);
  tell(`written and saved by itself: revision ${story.revision}, all ${KINDS.length} kinds and ${MARKS.length} marks`);

  const before = await page.locator(".text").innerText();
  await page.reload();
  await page.locator(".text").waitFor();
  expect((await page.locator(".text").innerText()) === before, "the text is the same after reloading");
  expect((await field(page, "Headline").inputValue()) === HEADLINE, "the headline is the same after reloading");
  tell("reloaded: every word is there");
  return id;
}

async function twoHands(browser, page, id) {
  const other = await sitDown(browser);
  await pass(1, page, other);
  await other.goto(page.url());
  await signIn(other);
  await other.locator(".text").waitFor();
  await field(other, "Deck").fill("Two piers and the lifting gear are as new.");
  await saved(other);
  await field(page, "Kicker").fill("The harbour");
  await page.getByText("Theirs and yours were joined").waitFor();
  await saved(page);
  const joined = await storyOf(page, id);
  expect(joined.kicker === "The harbour" && joined.deck.endsWith("as new."), "both changes stand");
  tell("two hands at two fields: joined");

  await openStory(other, id);
  await other.reload();
  // What another hand saves shows at once; only without a line do two change the same words unseen.
  await page.context().setOffline(true);
  await field(other, "Headline").fill("Bridge opens");
  await other.locator(".stand").getByText("Changed").waitFor({ state: "detached" });
  await saved(other);
  await field(page, "Headline").fill("Harbour bridge reopens");
  await page.context().setOffline(false);
  await page.getByText("Two hands changed the same words").waitFor();
  await picture(page, "clash");
  await page.getByRole("button", { name: "Keep all mine" }).click();
  await saved(page);
  expect((await storyOf(page, id)).headline === "Harbour bridge reopens", "what was chosen stands");
  tell("two hands at one field: both were shown, mine was kept");
  await field(page, "Headline").fill(HEADLINE);
  await page.keyboard.press("Control+s");
  await saved(page);
  await other.context().close();
}

async function previews(page) {
  await page.getByRole("button", { name: "Preview" }).click();
  const frame = page.frameLocator("iframe");
  for (const [reader, name, holds] of [["free", "Reads it all", ".rest"], ["asked", "Is asked", "[data-nudge]"], ["closed", "Meets the wall", ".wall"]]) {
    await page.getByRole("button", { name }).click();
    await frame.locator(holds).first().waitFor();
    expect((await frame.locator("h1").innerText()).includes(HEADLINE), `the preview shows the story (${reader})`);
    const isWhole = (await frame.locator("body").innerText()).includes("Two things were mended");
    expect(isWhole === (reader !== "closed"), `the preview shows too little or too much (${reader})`);
    expect((await frame.locator("script[src]").count()) === 0, "a preview brings no script");
    await picture(page, `preview-${reader}`);
  }
  await page.getByRole("button", { name: "Desk", exact: true }).click();
  await page.keyboard.press("Escape");
  tell("previewed as one who reads it all, is asked, meets the wall");
}

async function publish(browser, page, id) {
  await page.keyboard.press("Control+Enter");
  await page.locator("dialog[open]").waitFor();
  await picture(page, "publish");
  await page.locator("dialog[open]").getByRole("button", { name: "Publish" }).click();
  await page.getByText(`Published: ${HEADLINE}`).waitFor();
  const { url } = await storyOf(page, id);
  const [front, story] = [await readersSee(browser, "/", names(HEADLINE)), await readersSee(browser, url)];
  expect(front.html.includes(HEADLINE), "the front names the story");
  expect(story.status === 200 && story.html.includes(HEADLINE), `${url} answered ${story.status}`);
  tell(`published: on the front and at ${url}`);
  await asReader(browser, url, "public");
  return url;
}

async function correct(browser, page, id, url) {
  await field(page, "Headline").fill(RIGHT);
  await page.getByText("Readers do not have these changes yet: Headline").waitFor();
  expect(!(await readersSee(browser, url)).html.includes(RIGHT), "readers do not have it before it is sent");
  await page.keyboard.press("Control+Enter");
  const sheet = page.locator("dialog[open]");
  await sheet.waitFor();
  await page.keyboard.press("c");
  await sheet.getByLabel("What readers are told").fill(NOTE);
  await picture(page, "correct");
  await sheet.getByRole("button", { name: "Send to readers" }).click();
  await page.getByText("With readers now: Correction").waitFor();
  const [story, log, front] = [await readersSee(browser, url, names(RIGHT)), await readersSee(browser, "/corrections"), await readersSee(browser, "/")];
  expect(story.html.includes(RIGHT) && story.html.includes(NOTE), "the story has its new headline and its note");
  expect(log.html.includes(NOTE) && log.html.includes(RIGHT), "the corrections page has both");
  expect(front.html.includes(RIGHT) && !front.html.includes(HEADLINE), "the front has the new headline");
  expect((await storyOf(page, id)).notes.length === 1, "the story has one note");
  tell("corrected: the note stands at the story and on the corrections page");
  await asReader(browser, url, "corrected");
  await asReader(browser, "/corrections", "corrections");
}

async function revisions(page) {
  await page.getByRole("button", { name: "Revisions" }).click();
  const sheet = page.locator("dialog[open]");
  await sheet.locator("tbody tr").first().waitFor();
  await sheet.getByRole("heading", { name: "Headline" }).waitFor();
  const rows = await sheet.locator("tbody tr").count();
  expect((await sheet.locator("tbody tr").first().innerText()).includes("Correction"), "the newest is the correction");
  await picture(page, "revisions");
  tell(`${rows} revisions; the newest two beside each other differ in the headline`);
  await page.keyboard.press("Escape");
}

async function withdraw(browser, page, url) {
  await page.getByRole("button", { name: "Withdraw" }).click();
  const sheet = page.locator("dialog[open]");
  await sheet.getByLabel("Reason, as readers see it").fill(REASON);
  await sheet.getByLabel("Note for the newsroom").fill(ASIDE);
  await sheet.getByLabel("I want this story off the site").check();
  await picture(page, "withdraw");
  await sheet.getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("Withdrawn. The notice stands at its address.").waitFor();
  await picture(page, "withdrawn");
  const [gone, front] = [await readersSee(browser, url, ({ status }) => status === 410), await readersSee(browser, "/")];
  expect(gone.status === 410 && gone.html.includes(REASON), `${url} answered ${gone.status}`);
  expect(!gone.html.includes("Two things were mended"), "the text is gone");
  expect(!gone.html.includes(ASIDE), "readers never see the note");
  expect((await page.locator(".middle").innerText()).includes(ASIDE), "the desk shows it");
  expect(!front.html.includes(RIGHT), "the front no longer names it");
  tell("withdrawn: 410 with the reason at its address, and off the front");
  await asReader(browser, url, "gone");
}

async function hebrew(browser, page) {
  await begin(page, { Headline: HEBREW });
  await field(page, "Language").fill("he");
  await field(page, "Section").selectOption({ label: "חלל" });
  await page.locator(".text").click();
  await page.keyboard.type("הגשר נפתח ביום ראשון, כך נמסר מהעירייה.");
  const id = await idOf(page);
  await saved(page);
  expect((await page.locator(".text").getAttribute("dir")) === "rtl", "the text runs right to left");
  await picture(page, "hebrew");
  await page.keyboard.press("Control+Enter");
  await page.locator("dialog[open]").getByRole("button", { name: "Publish" }).click();
  await page.getByText(`Published: ${HEBREW}`).waitFor();
  const { url } = await storyOf(page, id);
  const { status, html } = await readersSee(browser, url, names(HEBREW));
  expect(status === 200 && html.includes(HEBREW), `${url} answered ${status}`);
  expect(/<html[^>]*lang="he"/.test(html) && /<html[^>]*dir="rtl"/.test(html), "its page is Hebrew, right to left");
  tell(`a Hebrew story: right to left at the desk and at ${decodeURI(url)}`);
  await asReader(browser, url, "hebrew-public");
}

async function onAPhone(browser, page, id) {
  await page.setViewportSize(PHONE);
  for (const [name, open] of [["list", openList], ["story", (hand) => openStory(hand, id)], ["front", openFront]]) {
    await open(page);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(excess <= 0, `the ${name} is ${excess} pixels wider than the phone`);
    await picture(page, `phone-${name}`);
  }
  tell("phone: list, story and front, none wider than the screen");
}

/** A picture of what anybody sees there, by a browser whose complaints count too. */
async function asReader(browser, path, name) {
  const reader = await sitDown(browser);
  await reader.goto(home + path);
  await reader.waitForLoadState("networkidle");
  await picture(reader, name);
  await reader.context().close();
}
