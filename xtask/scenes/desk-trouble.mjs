// A bad day at the desk: no connection, a session that ended, a story not fit to go out, one for later, and a switch thrown late.
import {
  begin, confirm, expectNoComplaint, field, idOf, join, pass, readersSee, saved, serverHas, signIn, sitDown, storyOf,
} from "./parts/desk.mjs";
import { expect, picture, scene, tell } from "./parts/walk.mjs";

const HEADLINE = "Water in three streets is safe again";

await scene(async (browser) => {
  const page = await sitDown(browser);
  await join(page);
  await confirm(page);
  const id = await write(page);
  await withoutConnection(page, id);
  await signedOutElsewhere(page, id);
  await tooLong(page, id);
  await refused(page);
  const url = await later(browser, page, id);
  await openedToAll(browser, page, url);
  expectNoComplaint();
  tell("no browser complained");
});

async function write(page) {
  await begin(page, { Headline: HEADLINE });
  await page.locator(".text").click();
  await page.keyboard.type("The works tested it twice.\nNobody has fallen ill.");
  await page.locator(".text > p").first().click();
  await page.getByRole("button", { name: "Fold: the opening ends here" }).click();
  const id = await idOf(page);
  await serverHas(page, id, '"type":"fold"');
  tell("joined; a story is begun");
  return id;
}

async function withoutConnection(page, id) {
  const stand = page.locator(".stand");
  await page.context().setOffline(true);
  await field(page, "Deck").fill("The works tested it twice.");
  await stand.getByText("Not saved: no connection; kept on this device").waitFor();
  await picture(page, "without-connection");
  await page.context().setOffline(false);
  await saved(page);
  await serverHas(page, id, '"deck":"The works tested it twice."');
  tell("without connection: kept on the device, sent when it came back");
}

async function signedOutElsewhere(page, id) {
  await page.context().clearCookies();
  await field(page, "Kicker").fill("Water");
  await page.getByRole("heading", { name: "Sign in again" }).waitFor();
  await picture(page, "signed-out");
  await pass(1, page);
  await signIn(page);
  await page.getByRole("heading", { name: "Sign in again" }).waitFor({ state: "detached" });
  await saved(page);
  await serverHas(page, id, '"kicker":"Water"');
  tell("signed out elsewhere: signed in over the open story, and what was typed was saved");
}

async function tooLong(page, id) {
  await field(page, "Headline").fill("Safe water ".repeat(25));
  await page.getByText("; 250 at most").waitFor();
  const why = page.locator(".stand").getByRole("button", { name: "“Headline” is too long: at most 250" });
  await why.waitFor();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await picture(page, "too-long");
  await why.click();
  expect(await field(page, "Headline").evaluate((place) => place === document.activeElement), "the reason leads to its field");
  await field(page, "Headline").fill(HEADLINE);
  await saved(page);
  await serverHas(page, id, `"headline":"${HEADLINE}"`);
  tell("a headline too long: the bar says which field and why, and leads there");
}

async function refused(page) {
  const sheet = page.locator("dialog[open]");
  await page.keyboard.press("Control+Enter");
  await sheet.getByText("One thing will be refused").waitFor();
  await sheet.getByRole("button", { name: "Publish" }).click();
  await sheet.getByText("Not published. One thing stands against it").waitFor();
  await picture(page, "refused");
  tell(`published without a section: ${(await sheet.getByRole("listitem").first().innerText()).replace(/\s+/g, " ")}`);
  await page.keyboard.press("Escape");
}

async function later(browser, page, id) {
  await field(page, "Section").selectOption({ label: "World" });
  await field(page, "Publish at").fill("2026-03-03T06:30");
  await page.keyboard.press("Control+Enter");
  const sheet = page.locator("dialog[open]");
  await sheet.getByRole("button", { name: "Schedule" }).click();
  await page.getByText(`Scheduled: ${HEADLINE}`).waitFor();
  await picture(page, "scheduled");
  expect(!(await readersSee(browser, "/")).html.includes(HEADLINE), "readers do not have it before its time");
  await pass(30, page);
  const front = await readersSee(browser, "/", ({ html }) => html.includes(HEADLINE));
  expect(front.html.includes(HEADLINE), "it went out at its time");
  await page.reload();
  await page.locator(".stand").getByText("Published").waitFor();
  const { url, publication } = await storyOf(page, id);
  tell(`scheduled for half past twelve, out at ${publication.at} at ${url}`);
  return url;
}

async function openedToAll(browser, page, url) {
  expect((await readersSee(browser, url)).html.includes("data-gate="), "the story is metered");
  await page.getByLabel("Public safety: open to all").check();
  await page.getByText("Readers’ pages follow when you send it").waitFor();
  await page.getByRole("button", { name: "Send to readers" }).click();
  await page.locator("dialog[open]").getByRole("button", { name: "Publish" }).click();
  await page.getByText(`Published: ${HEADLINE}`).waitFor();
  const { html } = await readersSee(browser, url, (seen) => !seen.html.includes("data-gate="));
  expect(!html.includes("data-gate=") && html.includes("Nobody has fallen ill."), "everybody reads all of it");
  tell("opened to all for safety: the gate is gone from its page");
}
