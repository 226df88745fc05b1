// A story with pictures: chosen, pasted into its text, refused without a credit, published, and its picture pulled.
import { begin, field, idOf, readersSee, saved, storyOf } from "./desk.mjs";
import { drawn, handOver } from "./pictures.mjs";
import { expect, home, picture, tell } from "./walk.mjs";

const HEADLINE = "The harbour waits for the tide";

export async function tellAStoryWithPictures(browser, page) {
  await begin(page, { Headline: HEADLINE });
  await field(page, "Section").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Choose a picture" }).click();
  const sheet = page.locator("dialog[open]");
  await sheet.getByLabel("Search").fill("harbour");
  await sheet.getByText("1 picture", { exact: true }).waitFor();
  await picture(page, "choose-lead");
  await sheet.locator(".grid .open").click();
  await page.locator("[data-field=lead_picture] img").waitFor();
  expect((await page.locator("[data-field=lead_picture]").getByLabel("Caption").inputValue()).startsWith("Ships in the harbour"), "its caption came along");
  await page.locator(".text").click();
  await page.keyboard.type("The tide is late.\nNobody knows why.");
  await handOver(page, ".text", "paste", await drawn(page, "tide.png", { hue: 120 }));
  await page.locator(".text .picture img").waitFor();
  await page.keyboard.press("Control+s");
  await saved(page);
  const id = await idOf(page);
  const { body, lead_picture: lead } = await storyOf(page, id);
  const block = body.content.find(({ type }) => type === "picture");
  expect(block.attrs.id && lead.id && block.attrs.id !== lead.id, "both are the library's");
  tell("a lead picture chosen, another pasted into the text: it came in, and its block holds its id");
  await refusedWithoutCredit(page);
  return published(browser, page, id, lead.id);
}

async function refusedWithoutCredit(page) {
  const sheet = page.locator("dialog[open]");
  await page.keyboard.press("Control+Enter");
  await sheet.getByRole("button", { name: "Publish" }).click();
  await sheet.getByText(/has no credit/).first().waitFor();
  await picture(page, "publish-no-credit");
  expect((await sheet.getByRole("link", { name: "Open the picture" }).count()) === 2, "both refusals lead to their pictures");
  await sheet.getByRole("button", { name: "Text", exact: true }).click();
  await page.locator("dialog[open]").getByRole("link", { name: "Open the picture" }).waitFor();
  await picture(page, "block-of-the-refusal");
  await field(page.locator("dialog[open]"), "Credit").fill("Robin Ashgrove");
  await page.keyboard.press("Control+Enter");
  await page.locator("[data-field=lead_picture]").getByLabel("Credit").fill("Wire");
  await page.keyboard.press("Control+s");
  await saved(page);
  tell("publishing refused for want of credits; the refusal led to the block, and each has its credit now");
}

async function published(browser, page, id, lead) {
  await page.keyboard.press("Control+Enter");
  await page.locator("dialog[open]").getByRole("button", { name: "Publish" }).click();
  await page.getByText(`Published: ${HEADLINE}`).waitFor();
  const { url } = await storyOf(page, id);
  const { html } = await readersSee(browser, url, (seen) => seen.html.includes("/media/"));
  expect(html.includes("/media/") && html.includes("Wire"), "readers have the lead picture and its credit");
  await page.locator(".bar").getByText("Published").first().waitFor();
  await picture(page, "story-with-pictures");
  tell(`published with both pictures: ${url}`);
  return { id, url, lead };
}

export async function pullThePicture(browser, page, { id, url, lead }) {
  await page.goto(`${home}/desk#/pictures/${lead}`);
  await page.getByRole("button", { name: "Where does it run?" }).click();
  await page.getByRole("link", { name: HEADLINE }).waitFor();
  await picture(page, "picture-runs");
  await page.goto(`${home}/desk#/pictures`);
  await page.getByLabel(/^Choose Ships in the harbour/).check();
  await page.getByLabel(/^Choose quay.png/).check();
  await page.getByRole("button", { name: "Pull these" }).click();
  const sheet = page.locator("dialog[open]");
  await page.keyboard.press("Control+Enter");
  await sheet.getByText(/must know why/).waitFor();
  await field(sheet, "Reason, for the newsroom").fill("The photographer withdrew them.");
  await page.keyboard.press("Control+Enter");
  await sheet.getByText("2 pictures were pulled.").waitFor();
  await sheet.getByRole("link", { name: HEADLINE }).waitFor();
  await picture(page, "pulled");
  await page.keyboard.press("Control+Enter");
  const { html } = await readersSee(browser, url, (seen) => !seen.html.includes("Ships in the harbour"));
  expect(!html.includes("Ships in the harbour"), "readers do not have it any more");
  await lookAtTheTask(page, id);
  await page.goto(`${home}/desk#/pictures/${lead}`);
  await page.getByText("The photographer withdrew them.").waitFor();
  await page.getByRole("button", { name: "Where does it run?" }).click();
  await page.getByText("What it was taken off", { exact: true }).waitFor();
  await picture(page, "picture-pulled");
  await page.getByRole("button", { name: "Give it back to readers" }).click();
  await page.getByText(/^It may run again/).waitFor();
  tell(`two pulled at once with a reason: ${HEADLINE} lost its lead, the desk says which story, and it may run again (${id})`);
}

/** The story without its lead stands under “To look at”: opened, said to be done by key, taken back, and done. */
async function lookAtTheTask(page, id) {
  await page.goto(`${home}/desk#/stories`);
  await page.keyboard.press("t");
  const line = page.getByRole("list", { name: "To look at" }).getByRole("listitem").filter({ hasText: HEADLINE });
  await line.getByText("A picture was pulled and taken off this story.").waitFor();
  await picture(page, "to-look-at");
  await line.getByRole("link", { name: HEADLINE }).click();
  await page.waitForURL(new RegExp(`stories/${id}`));
  await page.goBack();
  await line.getByRole("link", { name: HEADLINE }).focus();
  await page.keyboard.press("d");
  await page.getByText("Nothing waits").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await line.getByRole("button", { name: "Done" }).click();
  await page.getByRole("navigation", { name: "Where they stand" }).getByRole("button", { name: "Done" }).click();
  await line.getByText(/^done by /).waitFor();
  await picture(page, "looked-at");
  tell("the story it was taken off waits under “To look at”: opened, done by key, taken back, done");
}
