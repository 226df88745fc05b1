// What helps in writing, at the desk: pasting from elsewhere, the slash menu, who said a quotation, finding and replacing, two directions.
import { readFileSync } from "node:fs";
import { join as path } from "node:path";
import { begin, confirm, expectNoComplaint, idOf, join, saved, serverHas, sitDown, storyOf } from "./parts/desk.mjs";
import { DESK, PHONE, expect, picture, scene, tell } from "./parts/walk.mjs";

const AXE = readFileSync(path(process.env.SCENE_TOOLS, "node_modules/axe-core/axe.min.js"), "utf8");
const SMALL = { width: 360, height: 740 };
const FROM_WORD = `<html><head><style><!-- p.MsoNormal {margin:0cm} --></style></head><body><!--StartFragment-->
<p class=MsoNormal style='margin:0cm'>The <b style='mso-bidi-font-weight:normal'>bridge</b> opened<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span></a>, the council said.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Two piers</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>One bridge deck</p>
<p class=MsoNormal onclick="alert(1)"><a href="javascript:alert(1)">Read on</a> <img src="https://pictures.example/bridge.jpg" onerror="alert(1)"></p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> By letter.</p></div></div><!--EndFragment--></body></html>`;
const WIRE = "The harbour bridge reopened to traffic on Sunday morning after two\nyears of repairs -- and nobody cheered.\n\nThe ferry goes on until the end of the month.";
const HOSTILE = [
  "<div data-pm-slice='0 0 [\"quote\",{\"speaker\":{\"a\":1},\"source\":\"javascript:alert(1)\"}]'><p>x</p><img src='https://pictures.example/x.gif'></div>",
  "<script>alert(1)</script>", "<svg/onload=alert(1)>", "<img src=x onerror=alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
];

await scene(async (browser) => {
  const page = await sitDown(browser);
  await join(page);
  await confirm(page);
  await begin(page, { Headline: "What was pasted" });
  await pastes(page);
  await slashes(page);
  await finds(page);
  await links(page);
  await directions(page);
  await onASmallScreen(page);
  expectNoComplaint();
  tell("no browser complained: nothing on the console, nothing against the policy");
});

/** Pastes `{ kind: words }` where the caret is. */
function paste(page, data) {
  return page.locator(".text").evaluate((target, kinds) => {
    const given = new DataTransfer();
    for (const [kind, words] of Object.entries(kinds)) given.setData(kind, words);
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
  }, data);
}

/** Saves, and waits until what the server has of the story holds this. */
async function stored(page, id, text) {
  await page.keyboard.press("Control+s");
  await serverHas(page, id, text);
}

/** Puts the caret into an empty paragraph at the end of the text. Right after the focus came back the editor sets its own selection once more. */
async function toTheEnd(page) {
  await page.locator(".text").focus();
  const isThere = () => page.evaluate(() => new Promise((tell) => setTimeout(() => tell(getSelection().isCollapsed), 50)));
  do await page.keyboard.press("Control+End"); while (!(await isThere()));
  await page.keyboard.press("Enter");
}

async function pastes(page) {
  await page.locator(".text").click();
  await paste(page, { "text/html": FROM_WORD });
  await saved(page);
  const id = await idOf(page);
  await stored(page, id, "One bridge deck");
  const { body } = await storyOf(page, id);
  const [first, list, last] = body.content;
  expect(first.content.some(({ type, content }) => type === "footnote" && content[0].text === "By letter."), "Word's footnote is a footnote");
  expect(first.content.some(({ marks }) => marks?.[0].type === "strong"), "what was strong is strong");
  expect(list.type === "list" && list.content[0].content[1]?.type === "list", "Word's list is a list in a list");
  expect(last.content[0].text.trim() === "Read on" && !last.content[0].marks, "a link that runs is words");
  expect(!JSON.stringify(body).includes("picture"), "a foreign picture stays where it was");
  const told = await page.locator(".left").innerText();
  expect(told.includes("one picture"), "what was left out is told");
  await picture(page, "pasted");
  await page.locator(".left").getByRole("button", { name: "Good" }).click();
  tell(`from Word: a footnote, a list in a list, strong words. ${told.split("\n")[0]}`);

  await toTheEnd(page);
  await page.keyboard.press("Enter");
  await paste(page, { "text/plain": WIRE });
  await stored(page, id, "after two years of repairs -- and nobody cheered.");
  tell("a wire's broken lines are one paragraph, its two hyphens are two hyphens");

  for (const html of HOSTILE) {
    await toTheEnd(page);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await paste(page, { "text/html": `<p>before</p>${html}<p>behind</p>`, "text/plain": "x" });
  }
  await page.locator(".text").getByText("behind").nth(HOSTILE.length - 1).waitFor();
  const never = await page.locator(".text").locator("script, svg, math, iframe, [onload], [onerror], [href^=javascript], img[src*=x]").count();
  expect(never === 0, "something hostile became an element");
  await stored(page, id, "behind");
  const whole = JSON.stringify((await storyOf(page, id)).body);
  expect(!/javascript|alert|onload|pictures\.example/.test(whole), "something hostile was stored");
  const left = page.locator(".left").getByRole("button", { name: "Good" });
  if (await left.isVisible()) await left.click();
  tell(`${HOSTILE.length} hostile pastes: nothing but their words came in`);
}

async function slashes(page) {
  const { keyboard } = page;
  const id = await idOf(page);
  const list = page.getByRole("listbox", { name: "What can be put here" });
  await toTheEnd(page);
  await keyboard.type("/");
  await list.waitFor();
  const all = await list.getByRole("option").count();
  await picture(page, "slash");
  await keyboard.press("ArrowDown");
  const active = await page.locator(".text").getAttribute("aria-activedescendant");
  expect(await page.locator(`#${active}`).getAttribute("aria-selected") === "true", "the text names the line that is chosen");
  await keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  expect(await page.locator(".text").evaluate((text) => text.contains(document.activeElement) || text === document.activeElement), "Esc closes only the menu");
  await keyboard.press("Backspace");
  await keyboard.type("/head");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "Enter"]) await keyboard.press(key);
  await keyboard.type("What comes next\n");
  await stored(page, id, '"level":2');
  tell(`the slash menu: ${all} things, chosen by letters, arrows and Enter`);

  await keyboard.type("/quo");
  await keyboard.press("Enter");
  await keyboard.type("It holds.");
  await keyboard.press("ArrowDown");
  await keyboard.type("Ada Roe, engineer");
  await keyboard.press("Enter");
  await keyboard.type("Below the quotation.");
  await stored(page, id, "Below the quotation.");
  const quote = (await storyOf(page, id)).body.content.find(({ type, attrs }) => type === "quote" && attrs?.speaker);
  expect(quote?.attrs.speaker === "Ada Roe, engineer", "the speaker is in the tree");
  expect(await page.getByRole("textbox", { name: "Who said it" }).last().inputValue() === "Ada Roe, engineer", "the speaker is seen");
  await picture(page, "quotation");
  tell("a quotation, who said it and on below it, with the keyboard alone");

  await keyboard.type(" See /foot");
  await keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await keyboard.type("From the minutes.");
  await keyboard.press("Control+Enter");
  await page.locator("dialog").waitFor({ state: "detached" });
  await stored(page, id, "From the minutes.");
  const { content } = (await storyOf(page, id)).body.content.at(-1);
  expect(content[0].text === "Below the quotation. See " && content[1].type === "footnote", "the typed sign is gone");
  tell("a footnote from the middle of a line");
}

async function finds(page) {
  const { keyboard } = page;
  const id = await idOf(page);
  const find = page.getByRole("search", { name: "Find in the text" });
  await page.locator(".text").focus();
  await keyboard.press("Control+Home");
  await keyboard.press("Control+f");
  await keyboard.type("bridge");
  await find.getByText("1 of 3").waitFor();
  await keyboard.press("Enter");
  await find.getByText("2 of 3").waitFor();
  await keyboard.press("Shift+Enter");
  await find.getByText("1 of 3").waitFor();
  await keyboard.press("F3");
  await picture(page, "find");
  expect(await page.locator(".text .found").count() === 3 && await page.locator(".text .found.at").count() === 1, "the places are marked, and the one that is at hand");
  await find.getByLabel("Whole words").check();
  await find.getByLabel("Find", { exact: true }).fill("bri");
  await find.getByText("Not found").waitFor();
  await find.getByLabel("Whole words").uncheck();
  await find.getByLabel("Find", { exact: true }).fill("bridge");
  await keyboard.press("Control+h");
  await find.getByLabel("Replace with").fill("crossing");
  await find.getByRole("button", { name: "Replace all" }).click();
  await find.getByText("3 places replaced").waitFor();
  await stored(page, id, "The harbour crossing");
  const { body } = await storyOf(page, id);
  expect(body.content[0].content.some(({ text, marks }) => text === "crossing" && marks?.[0].type === "strong"), "the strong word is strong still");
  await picture(page, "replaced");
  await find.getByLabel("Replace with").press("Escape");
  await find.waitFor({ state: "detached" });
  await keyboard.press("Control+z");
  await stored(page, id, "The harbour bridge");
  expect(!JSON.stringify((await storyOf(page, id)).body).includes("crossing"), "one undoing takes all back");
  tell("found 3, gone through with Enter and F3, all replaced with their marks, one undoing takes all back");
}

/** A link to a story of ours, by its headline. */
async function links(page) {
  const { keyboard } = page;
  const id = await idOf(page);
  await toTheEnd(page);
  await keyboard.type("/rel");
  await keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await page.getByLabel("Or a story of ours").fill("the");
  await page.locator("dialog[open]").getByRole("option").first().waitFor();
  await picture(page, "link-to-a-story");
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await page.locator("dialog").waitFor({ state: "detached" });
  await stored(page, id, '"type":"link"');
  const linked = (await storyOf(page, id)).body.content.at(-1).content.find(({ marks }) => marks?.[0].type === "link");
  expect(linked.marks[0].attrs.href.startsWith("/") && linked.text.length > 3, "a story's headline leads to it");
  tell(`a story of ours, found by its headline: “${linked.text}” leads to ${decodeURI(linked.marks[0].attrs.href)}`);
}

async function directions(page) {
  const { keyboard } = page;
  const id = await idOf(page);
  await toTheEnd(page);
  await keyboard.type("BBC 24: הגשר נפתח מחדש ביום ראשון בבוקר, ");
  await stored(page, id, '"dir":"rtl"');
  await keyboard.press("Enter");
  await keyboard.type("/");
  await page.getByRole("listbox", { name: "What can be put here" }).waitFor();
  await picture(page, "slash-rtl");
  await keyboard.press("Escape");
  await keyboard.press("Backspace");
  const last = () => page.locator(".text > p").last().getAttribute("dir");
  expect(await last() === "rtl", "the next paragraph runs as the one before");
  await keyboard.press("Control+Shift+x");
  expect(await last() === null, "the key turns it back");
  await paste(page, { "text/html": "<p dir='ltr'>המועצה דנה בדוח של BBC על הגשר</p>" });
  expect(await last() === "rtl", "what is pasted runs as most of its letters do");
  const told = await page.locator(".length").innerText();
  tell(`a Hebrew paragraph that begins with a Latin name runs right to left; the length is told: ${told.replace(/\s+/g, " ")}`);
}

/** At 360 pixels, light and dark, and mirrored; axe-core judges each. */
async function onASmallScreen(page) {
  const { keyboard } = page;
  for (const [viewport, colorScheme] of [[SMALL, "light"], [SMALL, "dark"], [PHONE, "light"], [DESK, "dark"]]) {
    const view = `${viewport.width} ${colorScheme}`;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await toTheEnd(page);
    await keyboard.type("/");
    const list = page.getByRole("listbox", { name: "What can be put here" });
    await list.waitFor();
    const box = await list.boundingBox();
    expect(box.x >= 0 && box.x + box.width <= viewport.width && box.y >= 0 && box.y + box.height <= viewport.height, `${view}: the menu is on the screen: ${JSON.stringify(box)}`);
    await judge(page, `slash ${view}`);
    await page.screenshot({ path: path(process.env.SCENE_PICTURES, `slash-${view.replace(" ", "-")}.png`) });
    await keyboard.press("Escape");
    await keyboard.press("Backspace");
    await keyboard.press("Control+h");
    await page.getByLabel("Find", { exact: true }).fill("bridge");
    await judge(page, `find ${view}`);
    await page.screenshot({ path: path(process.env.SCENE_PICTURES, `find-${view.replace(" ", "-")}.png`) });
    await keyboard.press("Escape");
  }
  expect((await page.locator(".text > p").first().innerText()).startsWith("The bridge opened"), "what was found is where it was");
  await page.evaluate(() => { document.documentElement.dir = "rtl"; });
  await picture(page, "mirrored");
  await page.evaluate(() => { document.documentElement.removeAttribute("dir"); });
  await page.setViewportSize(DESK);
  await keyboard.press("Escape");
  await page.locator("main").click({ position: { x: 4, y: 4 } });
  await keyboard.press("?");
  await page.locator("dialog[open]").getByText("Find and replace").waitFor();
  await picture(page, "keys");
  await keyboard.press("Escape");
  tell("the menu and the find bar at 360 pixels, light and dark, and mirrored; axe finds nothing; every key is on the sheet");
}

async function judge(page, view) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(excess <= 0, `${view} is ${excess} pixels too wide`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary}`).slice(0, 3).join("; ")}`);
  expect(words.length === 0, `${view}: axe: ${words.join(" | ")}`);
}
