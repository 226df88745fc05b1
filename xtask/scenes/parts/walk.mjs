// What every scene has: a browser, numbered steps, pictures, and a clock to turn.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; scenes are run by cargo xtask scene`);
  return value;
};
const { chromium } = createRequire(join(need("SCENE_TOOLS"), "package.json"))("playwright-core");

export const home = `http://${need("SCENE_ADDRESS")}`;
export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

let step = 0;

/** Says what has been seen, with its number. */
export function tell(words) {
  step += 1;
  console.log(`${String(step).padStart(2)}. ${words}`);
}

/** Ends the scene when something is not as it should be. */
export function expect(truth, words) {
  if (!truth) throw new Error(words);
}

/** Sets the newsroom's time; the server reads it anew. */
export function turnClock(instant) {
  writeFileSync(need("SCENE_CLOCK"), instant);
  tell(`it is ${instant}`);
}

/** A picture of the page from its top, full length, by this name; of the screen where a dialog covers the page. */
export async function picture(page, name) {
  await page.evaluate(() => scrollTo(0, 0));
  const isCovered = (await page.locator("dialog[open]").count()) > 0;
  await page.screenshot({ path: join(need("SCENE_PICTURES"), `${name}.png`), fullPage: !isCovered });
}

/** Opens a browser for the scene and closes it afterwards, whatever happens. */
export async function scene(walk) {
  // Where root runs the tests, Chromium's own cage cannot be built; the only pages opened are ours.
  const root = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: need("SCENE_CHROMIUM"),
    args: root ? ["--no-sandbox"] : [],
  });
  try {
    await walk(browser);
  } catch (error) {
    console.error(`the scene broke after step ${step}: ${error.message}`);
    process.exitCode = 1;
    await pictureOfAll(browser);
  } finally {
    await browser.close();
  }
}

/** What stood on every page when the scene broke. */
async function pictureOfAll(browser) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [nth, page] of pages.entries()) await picture(page, `broken-${nth + 1}`).catch(() => {});
}
