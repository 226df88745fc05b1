// Sections at the desk, while the newsroom is open: added, published into, opened to all, moved, and taken away when empty.
import { begin, field, idOf, readersSee, saved, storyOf } from "./desk.mjs";
import { expect, home, picture, tell } from "./walk.mjs";

const NAME = "Harbour";
const HEADLINE = "A calm night in the harbour";
const says = (words) => ({ html }) => html.includes(words);
const rows = (page) => page.locator(".rows li");
const names = (page) => page.locator(".rows .open").allInnerTexts();

export async function arrangeTheSections(browser, page) {
  await open(page);
  await add(browser, page);
  await publishInto(browser, page);
  await change(browser, page);
  await move(browser, page);
  await remove(browser, page);
}

/** By the palette, with the keyboard alone. */
async function open(page) {
  await page.goto(`${home}/desk`);
  await rows(page).first().waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sections");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sections", exact: true }).waitFor();
  await rows(page).first().waitFor();
}

async function add(browser, page) {
  const before = await names(page);
  const sheet = page.locator("dialog[open]");
  await page.keyboard.press("a");
  await field(sheet, "Name").fill(before[0]);
  await page.keyboard.press("Control+Enter");
  await sheet.getByText(/has this address already/).first().waitFor();
  await picture(page, "section-refused");
  await field(sheet, "Name").fill(NAME);
  await field(sheet, "About it").fill("Ships, weather and who waits on the quay.");
  await page.keyboard.press("Control+Enter");
  await page.getByText(`Added: ${NAME}`).waitFor();
  expect((await names(page)).join() === [...before, NAME].join(), "it stands at the end");
  const { html } = await readersSee(browser, "/", says("/section/harbour"));
  expect(html.includes("/section/harbour"), "the navigation has it");
  await picture(page, "sections");
  tell(`a section added while the newsroom was open: ${NAME}, in the navigation at once`);
}

async function publishInto(browser, page) {
  await begin(page, { Headline: HEADLINE });
  await field(page, "Section").selectOption({ label: NAME });
  await page.locator(".text").click();
  await page.keyboard.type("Nothing moved.\nThe pilot slept.\nThis is behind the opening.");
  const id = await idOf(page);
  await saved(page);
  await page.keyboard.press("Control+Enter");
  await page.locator("dialog[open]").getByRole("button", { name: "Publish" }).click();
  await page.getByText(`Published: ${HEADLINE}`).waitFor();
  const { url } = await storyOf(page, id);
  const { html } = await readersSee(browser, "/section/harbour", says(url));
  expect(html.includes(url) && html.includes("who waits on the quay"), "the section's page has the story");
  expect((await readersSee(browser, url)).html.includes("data-gate"), "it is metered");
  tell("a story published into it: on the section's page, metered");
}

async function change(browser, page) {
  await open(page);
  await page.getByRole("button", { name: `Change ${NAME}` }).click();
  const sheet = page.locator("dialog[open]");
  await field(sheet, "Access").selectOption({ label: "Open to all" });
  await picture(page, "section-change");
  await sheet.getByRole("button", { name: "Save" }).click();
  await page.getByText(`Changed: ${NAME}`).waitFor();
  const path = await page.evaluate(async () => (await (await fetch("/api/v1/stories?q=calm+night")).json()).stories[0].url);
  const isOpen = ({ html }) => !html.includes("data-gate");
  expect(isOpen(await readersSee(browser, path, isOpen)), "its stories are open to all");
  tell("its reading rule changed: its stories are open to everybody at once");
}

async function move(browser, page) {
  const before = await names(page);
  await page.getByRole("button", { name: `Change ${NAME}` }).focus();
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByText(`${NAME} is now at place ${before.length - 1} of ${before.length}.`).waitFor();
  const wanted = before.toSpliced(-2, 2, before.at(-1), before.at(-2));
  expect((await names(page)).join() === wanted.join(), "moved up by keys");
  expect((await page.evaluate(() => document.activeElement.textContent)) === NAME, "the focus went with it");
  const place = ({ html }, name) => html.indexOf(`>${name}<`);
  const isMoved = (seen) => place(seen, NAME) < place(seen, before.at(-2));
  expect(isMoved(await readersSee(browser, "/", isMoved)), "the navigation follows");
  tell("moved up by keys; the navigation follows");
}

async function remove(browser, page) {
  await page.getByRole("button", { name: `Take away ${NAME}` }).click();
  await page.getByText("One story stands in this section").waitFor();
  await picture(page, "section-kept");
  await page.getByRole("button", { name: "Good" }).click();
  await page.keyboard.press("a");
  await field(page.locator("dialog[open]"), "Name").fill("Passing");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Added: Passing").waitFor();
  await page.getByRole("button", { name: "Take away Passing" }).click();
  await page.getByText("Taken away: Passing.").waitFor();
  expect(!(await names(page)).includes("Passing"), "it is gone");
  await page.locator(".foot").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Take away Passing" }).click();
  await page.getByText("Taken away: Passing.").waitFor();
  const isGone = ({ html }) => !html.includes("/section/passing");
  expect(isGone(await readersSee(browser, "/", isGone)), "and out of the navigation");
  tell("a section with a story stays, and says how many; an empty one goes");
}
