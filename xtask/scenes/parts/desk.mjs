// What a scene at the desk needs: a hand at it, whose browser is listened to, and the server asked directly.
import { codeAt } from "./code.mjs";
import { DESK, expect, home, turnClock } from "./walk.mjs";

const OWNER = { name: "Robin Ashgrove", email: "robin@meridian.example", password: "four plain words, said slowly" };
const DESK_PAGE = `${home}/desk`;

// What a browser writes when an answer is an error. Which of those are meant is decided by their addresses.
const ANSWERED_WITH_ERROR = /^Failed to load resource: the server responded with a status of/;
// Nobody signed in yet, a wrong password, two hands at once, a withdrawn story.
const MEANT = [[401, "/api/v1/session"], [422, "/api/v1/session"], [409, "/api/v1/stories/"], [410, "/"]];

let now = Date.parse("2026-03-03T12:00:00Z");
let secret = null;
const wrong = [];

/** Lets a minute pass: for the newsroom, and for every browser at the desk. */
export async function aMinuteLater(...hands) {
  now += 60_000;
  turnClock(instant());
  for (const hand of hands) await hand.context().clock.setFixedTime(now);
}

/** A browser of its own whose complaints are kept. */
export async function sitDown(browser, viewport = DESK) {
  const context = await browser.newContext({ viewport });
  await context.clock.setFixedTime(now);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !ANSWERED_WITH_ERROR.test(message.text())) wrong.push(message.text());
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

/** Joins by the one-time address: name, password, and the first code of the telephone. */
export async function join(page) {
  await page.goto(home + process.env.SCENE_ENROLMENT);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Next" }).click();
  secret = await page.locator(".secret").innerText();
  await page.getByLabel("Six-digit code").fill(codeAt(secret, instant()));
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

/** The text of a page readers see, by somebody who holds no cookie. */
export async function readersSee(browser, path) {
  const nobody = await browser.newContext();
  const answer = await nobody.request.get(home + path);
  const seen = { status: answer.status(), html: await answer.text() };
  await nobody.close();
  return seen;
}

const instant = () => new Date(now).toISOString().replace(".000", "");
