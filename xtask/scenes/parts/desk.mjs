// What a scene at the desk needs: a hand at it, whose browser is listened to, and the server asked directly.
import { codeAt } from "./code.mjs";
import { DESK, expect, home, turnClock } from "./walk.mjs";

const OWNER = { name: "Robin Ashgrove", email: "robin@meridian.example", password: "four plain words, said slowly" };
const DESK_PAGE = `${home}/desk`;

// What a browser writes when an answer is an error. Which of those are meant is decided by their addresses.
const ANSWERED_WITH_ERROR = /^Failed to load resource: (the server responded with a status of|net::ERR_INTERNET_DISCONNECTED)/;
// The desk's line breaks where a scene breaks it, and is tried again.
const LINE_BROKE = /^WebSocket connection to '[^']*\/desk\/live' failed: /;
// Chromium writes a style of its own into an element that is in no page while somebody types beside another hand's caret; the
// policy keeps it out and nothing is lost by it. No script of ours is named, and no element.
const CHROMIUM_EDITS = /^(policy: style-src-attr at :0:0\s*$|Applying inline style violates .*'sha256-W3UNTmCQ0ulY7XiqLCWPslLYKOlfdcIRTypisexqz6Y=')/;
// What a browser says while the server is dead.
const SERVER_DEAD = /^Failed to load resource: net::ERR_(CONNECTION_(REFUSED|RESET)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/;
// The clock that is set below is a script, and a preview's frame runs none; that the page itself brings none is looked at.
const CLOCK_KEPT_OUT = /^Blocked script execution in '[^']*\/_preview\//;
// Nobody signed in (yet or any more), a wrong password, a story not fit to go out, two hands at once, a withdrawn story.
const MEANT = [
  [401, "/api/v1/session"], [401, "/api/v1/stories"], [422, "/api/v1/session"], [422, "/api/v1/stories/"], [409, "/api/v1/stories/"], [409, "/api/v1/front"], [410, "/"],
  [409, "/api/v1/trust-pages/"], [422, "/api/v1/sections"],
  // A drawing brought as a picture; two hands at one picture.
  [422, "/api/v1/pictures"], [409, "/api/v1/pictures/"],
];

let now = Date.parse("2026-03-03T12:00:00Z");
let secret = null;
const wrong = [];
let mayDie = false;

/** From here on the scene lets the server die. */
export function letServerDie() { mayDie = true; }

/** Lets minutes pass: for the newsroom, and for every browser at the desk. */
export async function pass(minutes, ...hands) {
  now += minutes * 60_000;
  turnClock(instant());
  for (const hand of hands) await hand.context().clock.setFixedTime(now);
}

/** A browser of its own whose complaints are kept. */
export async function sitDown(browser, viewport = DESK) {
  const context = await browser.newContext({ viewport });
  await context.clock.setFixedTime(now);
  // Which place in which script was kept from something the page's policy forbids.
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (kept) =>
    console.error(`policy: ${kept.violatedDirective} at ${kept.sourceFile}:${kept.lineNumber}:${kept.columnNumber} ${kept.sample} ${kept.target?.outerHTML?.slice(0, 200) ?? ""}`)));
  const page = await context.newPage();
  page.on("console", (message) => {
    const isMeant = [ANSWERED_WITH_ERROR, CLOCK_KEPT_OUT, LINE_BROKE, CHROMIUM_EDITS, ...(mayDie ? [SERVER_DEAD] : [])].some((pattern) => pattern.test(message.text()));
    if (["error", "warning"].includes(message.type()) && !isMeant) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    const isMeant = MEANT.some(([status, start]) => status === answer.status() && pathname.startsWith(start));
    if (answer.status() >= 400 && !isMeant) wrong.push(`${answer.status()} for ${answer.request().method()} ${pathname}`);
  });
  return page;
}

/** Ends the scene if any browser at the desk complained. */
export function expectNoComplaint() {
  expect(wrong.length === 0, `the browser complained: ${[...new Set(wrong)].join(" | ")}`);
}

/** Joins by the one-time address: name, password, and the first code of the telephone, which is filled in and not yet sent. */
export async function join(page) {
  await page.goto(home + process.env.SCENE_ENROLMENT);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Next" }).click();
  secret = await page.locator(".secret").innerText();
  await page.getByLabel("Six-digit code").fill(codeAt(secret, instant()));
}

/** Sends the first code; the list is open. */
export async function confirm(page) {
  await page.getByRole("button", { name: "Confirm and go to the desk" }).click();
  await page.locator(".rows li").first().waitFor();
}

/** Signs in on the form that is shown; a code is good once, so time must have passed. */
export async function signIn(page, password = OWNER.password) {
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Six-digit code").fill(codeAt(secret, instant()));
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function openList(page) {
  await page.goto(DESK_PAGE);
  await page.locator(".rows li").first().waitFor();
}

export async function openStory(page, id) {
  await page.goto(`${DESK_PAGE}#/stories/${id}`);
  await page.locator(".text").waitFor();
}

export async function openFront(page) {
  await page.goto(`${DESK_PAGE}#/front`);
  await page.getByRole("heading", { name: "Front", exact: true }).waitFor();
  await page.getByText(/of 40 places/).waitFor();
}

/** Begins a story; its fields are `{ label: value }`. */
export async function begin(page, fields) {
  await page.goto(`${DESK_PAGE}#/stories/new`);
  await page.locator(".text").waitFor();
  for (const [label, value] of Object.entries(fields)) await field(page, label).fill(value);
}

export const field = (page, label) => page.getByLabel(label, { exact: true });

/** Waits until the line beside the story's state says that all is with the server. */
export async function saved(page) {
  await page.locator(".stand").getByText(/^Saved/).waitFor();
}

/** The id in the address of an open story. */
export async function idOf(page) {
  await page.waitForURL(/#\/stories\/(?!new)/);
  return page.url().split("/").at(-1);
}

/** The story as the server has it. */
export function storyOf(page, id) {
  return page.evaluate(async (path) => (await fetch(path)).json(), `/api/v1/stories/${id}`);
}

/** Waits until what the server has of a story holds this. */
export async function serverHas(page, id, text) {
  for (let asked = 0; asked < 100; asked += 1) {
    if (JSON.stringify(await storyOf(page, id)).includes(text)) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`the server never had ${text}`);
}

/**
 * What readers see at an address, by somebody who holds no cookie, once it is as `holds` wants it; if that takes longer
 * than the newsroom may need to hear of a change, as it is then.
 */
export async function readersSee(browser, path, holds = () => true) {
  const nobody = await browser.newContext();
  let seen;
  for (let asked = 0; asked < 25; asked += 1) {
    const answer = await nobody.request.get(home + path);
    seen = { status: answer.status(), html: await answer.text() };
    if (holds(seen)) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  await nobody.close();
  return seen;
}

const instant = () => new Date(now).toISOString().replace(".000", "");
