// The library at the desk: pictures brought by button, drag and paste over a line that breaks, found, written about, cropped,
// put into a story, refused without a credit, and taken from readers again.
import { readFileSync } from "node:fs";
import { join as path } from "node:path";
import { confirm, expectNoComplaint, join, sitDown } from "./parts/desk.mjs";
import { bringPictures, findPictures, writeAbout } from "./parts/pictures.mjs";
import { pullThePicture, tellAStoryWithPictures } from "./parts/picture-story.mjs";
import { PHONE, expect, home, picture, scene, tell } from "./parts/walk.mjs";

const AXE = readFileSync(path(process.env.SCENE_TOOLS, "node_modules/axe-core/axe.min.js"), "utf8");

await scene(async (browser) => {
  const page = await sitDown(browser);
  await join(page);
  await confirm(page);
  await bringPictures(page);
  await byAddress(page);
  await findPictures(page);
  const id = await writeAbout(page);
  const story = await tellAStoryWithPictures(browser, page);
  await pullThePicture(browser, page, story);
  await everywhere(page, id, story.id);
  expectNoComplaint();
  tell("no browser complained: nothing on the console, nothing against the policy");
});

/** What the newsroom may not fetch is refused by name, and the address can be written anew. */
async function byAddress(page) {
  await page.getByRole("button", { name: "By its address" }).click();
  await page.getByLabel("Address of the file").fill("http://10.0.0.1/bridge.jpg");
  await page.getByRole("button", { name: "Bring it" }).click();
  await page.locator("dialog[open] .refusal").waitFor();
  await picture(page, "by-address-refused");
  const why = await page.locator("dialog[open] .refusal").innerText();
  await page.keyboard.press("Escape");
  tell(`a picture by an address within the house is refused: ${why}`);
}

/** Phone and desk, light and dark, and mirrored; axe-core judges each. */
async function everywhere(page, id, story) {
  const screens = [["pictures", "#/pictures", ".grid li"], ["picture", `#/pictures/${id}`, ".crops"], ["picture-choosing", `#/stories/${story}`, ".text"], ["tasks", "#/tasks", ".tasks"]];
  for (const [name, address, drawn] of screens) {
    for (const [width, colorScheme] of [[PHONE.width, "light"], [PHONE.width, "dark"], [1280, "light"], [1280, "dark"]]) {
      await page.goto(`${home}/desk#/gallery`);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 860 });
      await page.goto(`${home}/desk${address}`);
      await page.locator(drawn).first().waitFor();
      if (name === "picture-choosing") await choosing(page);
      await judge(page, `${name} ${width} ${colorScheme}`);
      await picture(page, `${name}-${width}-${colorScheme}`);
    }
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    await picture(page, `${name}-rtl`);
    await page.evaluate(() => { document.documentElement.removeAttribute("dir"); });
    await page.emulateMedia({ colorScheme: "light" });
  }
  tell("the library, a picture, the choosing of one and what is to be looked at: on a phone and a desk, light and dark, and mirrored; axe finds nothing");
}

async function choosing(page) {
  await page.getByRole("button", { name: "Choose another" }).click();
  await page.locator("dialog[open] .grid li").first().waitFor();
}

async function judge(page, view) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(excess <= 0, `${view} is ${excess} pixels too wide`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary}`).slice(0, 3).join("; ")}`);
  expect(words.length === 0, `${view}: axe: ${words.join(" | ")}`);
}
