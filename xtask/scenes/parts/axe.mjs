// Opens every page of a list, on a phone and on a desk screen, light and dark, and lets axe-core judge it.
// Prints a JSON object for each finding and one for each page opened. Run by cargo xtask validate.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DESK, home, scene } from "./walk.mjs";

const AXE = readFileSync(join(process.env.SCENE_TOOLS, "node_modules/axe-core/axe.min.js"), "utf8");
const PAGES = JSON.parse(readFileSync(process.env.SCENE_PAGES, "utf8"));
const NARROW = { width: 360, height: 740 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Time for the desk to draw itself and for a gate's answer to stand in its place.
const DRAWN_MILLISECONDS = 10_000;

await scene(async (browser) => {
  for (const { name, path, read_before } of PAGES) {
    // One reader a page: the four views of it count as one story read.
    const reader = await browser.newContext({ viewport: DESK });
    await reader.addInitScript({ content: AXE });
    const page = await reader.newPage();
    await readBefore(page, read_before);
    for (const viewport of [NARROW, DESK]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.goto(home + path);
        await drawn(page);
        await judge(page, name, `${viewport.width} ${colorScheme}`);
      }
    }
    await reader.close();
    print("opened", name, path);
  }
});

/** Reads other stories first, through their gates, so that the meter stands where the page needs it. */
async function readBefore(page, gates) {
  if (gates.length === 0) return;
  await page.goto(home);
  for (const gate of gates) {
    const status = await page.evaluate(async (url) => (await fetch(url)).status, gate);
    if (status !== 200) throw new Error(`${gate} answered ${status}`);
  }
}

/** Waits until nothing more is to come: fonts, the answer of a gate, the desk's application. */
async function drawn(page) {
  const timeout = { timeout: DRAWN_MILLISECONDS };
  await page.waitForFunction(() => {
    const gate = document.querySelector("[data-gate]");
    const desk = document.querySelector("#desk");
    return (!gate || gate.dataset.standing) && (!desk || desk.querySelector("h1, form"));
  }, null, timeout);
  await page.evaluate(() => document.fonts.ready.then(() => null));
}

async function judge(page, name, view) {
  const { violations, incomplete } = await page.evaluate(
    (rules) => window.axe.run(document, { runOnly: rules, resultTypes: ["violations", "incomplete"] }),
    RULES,
  );
  for (const one of incomplete) {
    const closer = await lookCloser(page, one);
    violations.push(...closer.violations);
    for (const open of closer.incomplete) print("warning", name, inWords(open, view));
  }
  for (const one of violations) print("error", name, inWords(one, view));
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (excess > 0) print("error", name, `${view}: ${excess} pixels wider than the screen`);
}

/** What lies outside a strip that scrolls cannot be judged there: brings each place into sight and asks again. */
async function lookCloser(page, { id, nodes }) {
  const seen = { violations: [], incomplete: [] };
  for (const { target } of nodes) {
    const again = await page.evaluate(([rule, place]) => {
      document.querySelector(place[0])?.scrollIntoView({ block: "center", inline: "center" });
      return window.axe.run({ include: [place] }, { runOnly: { type: "rule", values: [rule] } });
    }, [id, target]);
    seen.violations.push(...again.violations);
    seen.incomplete.push(...again.incomplete);
  }
  return seen;
}

function inWords(result, view) {
  const places = result.nodes.map((node) => node.target.join(" ")).slice(0, 4).join("; ");
  const why = (result.nodes[0]?.failureSummary ?? "").replace(/\s+/g, " ");
  return `${view}: ${result.id}: ${result.help} (${result.nodes.length}: ${places}) ${why}`;
}

function print(level, page, words) {
  console.log(JSON.stringify({ level, page, words }));
}
