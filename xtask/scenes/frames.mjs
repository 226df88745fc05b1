// A film of another site: looked up at the desk, shown to a reader who asks for it, and out of reach of everything of ours.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join as path } from "node:path";
import { begin, confirm, expectNoComplaint, field, idOf, join, saved, serverHas, sitDown, storyOf } from "./parts/desk.mjs";
import { DESK, PHONE, expect, home, picture, scene, tell } from "./parts/walk.mjs";

const AXE = readFileSync(path(process.env.SCENE_TOOLS, "node_modules/axe-core/axe.min.js"), "utf8");
const FRAMES = process.env.SCENE_FRAMES;
const [PROVIDER_HOST, PROVIDER_PORT] = process.env.SCENE_PROVIDER.split(":");
const FILM = `http://${PROVIDER_HOST}:${PROVIDER_PORT}/film`;

// What the provider offers tries all that it must not be able to, and writes down what came of it.
const OFFERED = `<p id="said">It has not run.</p><style>body{background:#123;color:#fff;font:16px sans-serif;padding:1em}</style><script>
  const attempt = (name, act) => { try { return name + ": " + String(act() || "nothing"); } catch (error) { return name + ": " + error.name; } };
  const said = [
    "It has run.",
    attempt("cookie", () => document.cookie),
    attempt("parent", () => parent.document.title),
    attempt("referrer", () => document.referrer),
    attempt("top", () => { top.location.href = "https://evil.example/"; return "led away"; }),
  ];
  fetch("${home}/").then(() => "read", () => "kept out").then((word) => {
    document.getElementById("said").textContent = said.concat("site: " + word).join(" | ");
  });
</script>`;

await scene(async (browser) => {
  const provider = await openProvider();
  try {
    const page = await sitDown(browser);
    await join(page);
    await confirm(page);
    const url = await writeTheStory(page);
    expectNoComplaint();
    await asked(browser, url);
    await byKeyboard(browser, url);
    await withoutScript(browser, url);
    await otherwise(browser, url);
    await nothingElse(browser, url);
  } finally {
    provider.close();
  }
});

/** A provider whose page names its oEmbed. */
function openProvider() {
  const server = createServer((request, response) => {
    const [type, body] = request.url.startsWith("/o")
      ? ["application/json", JSON.stringify({ type: "video", title: "The river at night", provider_name: "Films", html: OFFERED, width: 640, height: 360 })]
      : ["text/html", `<title>Film</title><link rel=alternate type="application/json+oembed" href="http://${PROVIDER_HOST}:${PROVIDER_PORT}/o">`];
    response.setHeader("content-type", type);
    response.end(body);
  });
  return new Promise((done) => { server.listen(Number(PROVIDER_PORT), PROVIDER_HOST, () => done(server)); });
}

/** A metered story whose card stands behind the fold. */
async function writeTheStory(page) {
  await begin(page, { Headline: "The river rises by night" });
  await page.locator(".text").click();
  await page.keyboard.type("It rose by a hand.\nNobody saw it.\nBut there is a film.\n");
  await page.getByRole("toolbar", { name: "Text tools" }).getByRole("button", { name: "Card with a link", exact: true }).click();
  const sheet = page.locator("dialog[open]");
  await sheet.getByLabel("Address", { exact: true }).fill(FILM);
  await sheet.getByRole("button", { name: "Look it up" }).click();
  await sheet.getByText("Readers can show it in the story").waitFor();
  expect(await sheet.getByLabel("Title", { exact: true }).inputValue() === "The river at night", "the title is filled in");
  await picture(page, "desk-looked-up");
  await sheet.getByRole("button", { name: "Done" }).click();
  await sheet.waitFor({ state: "detached" });
  await page.locator(".text > p").first().click();
  await page.getByRole("button", { name: "Fold: the opening ends here" }).click();
  await field(page, "Section").selectOption({ label: "World" });
  await saved(page);
  const id = await idOf(page);
  await serverHas(page, id, '"frame":{');
  await page.locator(".text .embed", { hasText: "readers can show it here" }).waitFor();
  await picture(page, "desk-card");
  await page.keyboard.press("Control+Enter");
  await page.locator("dialog[open]").getByRole("button", { name: "Publish" }).click();
  await page.getByText("Published: The river rises by night").waitFor();
  tell("the desk looked a film up; its card says that readers can show it, and the story is out");
  return (await storyOf(page, id)).url;
}

/** A reader of our own cookies, and every host their browser asks. */
async function reader(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESK, ...options });
  await context.addCookies([{ name: "ours", value: "secret", url: home }]);
  const page = await context.newPage();
  const hosts = new Set();
  const complaints = [];
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  return { context, page, hosts, complaints };
}

async function asked(browser, url) {
  const { context, page, hosts, complaints } = await reader(browser);
  await page.goto(home + url);
  const show = page.getByRole("button", { name: "Show it here" });
  await show.waitFor();
  await page.waitForLoadState("networkidle");
  expect([...hosts].join() === home, `before anybody asked: ${[...hosts].join()}`);
  expect(complaints.length === 0, `the page complained: ${complaints.join(" | ")}`);
  await picture(page, "offered");
  await show.click();
  const said = page.frameLocator(".embed iframe").locator("#said");
  await said.filter({ hasText: "It has run." }).filter({ hasText: "site:" }).waitFor();
  const words = await said.innerText();
  tell(`the frame, when it was asked for: ${words}`);
  for (const kept of ["cookie: nothing", "parent: SecurityError", "referrer: nothing", "top: SecurityError", "site: kept out"]) {
    expect(words.includes(kept), `${kept}: ${words}`);
  }
  expect(page.url() === home + url, "the page stayed where it was");
  expect([...hosts].sort().join() === [home, FRAMES].sort().join(), `asked: ${[...hosts].join()}`);
  const { width, height } = await page.locator(".embed iframe").boundingBox();
  expect(Math.abs(width / height - 640 / 360) < 0.02, `its shape: ${width} by ${height}`);
  await picture(page, "shown");
  await context.close();
}

/** Focus goes into the frame, comes out to its button, and is back where it was when the frame is closed. */
async function byKeyboard(browser, url) {
  const { context, page } = await reader(browser);
  await page.goto(home + url);
  const show = page.getByRole("button", { name: "Show it here" });
  await show.focus();
  await page.keyboard.press("Enter");
  const frame = page.locator(".embed iframe");
  await frame.waitFor();
  expect(await page.evaluate(() => document.activeElement.tagName) === "IFRAME", "the focus is in the frame");
  expect((await frame.getAttribute("title")).includes("The river at night"), "the frame has its name");
  await page.frameLocator(".embed iframe").getByText("It has run.").waitFor();
  await page.keyboard.press("Tab");
  // The frame is another process: the focus is handed over when that gets to it.
  await page.waitForFunction(() => document.activeElement.textContent === "Close it");
  await page.keyboard.press("Enter");
  await frame.waitFor({ state: "detached" });
  await page.locator(".embed .embed-card").waitFor();
  expect(await show.evaluate((button) => button === document.activeElement), "the focus stayed on the button");
  tell("by keyboard: into the frame, out of it to its button, and the card is back");
  await context.close();
}

async function withoutScript(browser, url) {
  const { context, page, hosts } = await reader(browser, { javaScriptEnabled: false });
  await page.goto(`${home + url}/full`);
  await page.locator(`.embed-card[href="${FILM}"]`).waitFor();
  expect(await page.locator(".offer").isHidden(), "no button that does nothing");
  expect([...hosts].join() === home, `asked: ${[...hosts].join()}`);
  tell("without script: the card and its link");
  await context.close();
}

/** On a phone, and mirrored, and in the dark. */
async function otherwise(browser, url) {
  for (const [name, options, dir] of [["phone", { viewport: PHONE }, null], ["phone-rtl", { viewport: PHONE }, "rtl"], ["dark", { colorScheme: "dark" }, null]]) {
    const { context, page } = await reader(browser, options);
    await page.goto(home + url);
    if (dir) await page.evaluate((to) => { document.documentElement.dir = to; }, dir);
    await page.getByRole("button", { name: "Show it here" }).waitFor();
    await judge(page, `offered ${name}`);
    await picture(page, `offered-${name}`);
    await page.getByRole("button", { name: "Show it here" }).click();
    await page.frameLocator(".embed iframe").getByText("It has run.").waitFor();
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(excess <= 0, `${name} is ${excess} pixels too wide`);
    await judge(page, `shown ${name}`);
    await picture(page, `shown-${name}`);
    await context.close();
  }
  tell("on a phone, mirrored, and in the dark: nothing is too wide, and axe finds nothing");
}

/** The page around the frame; what is in it is the provider's. */
async function judge(page, view) {
  await page.evaluate(AXE);
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, iframes: false, resultTypes: ["violations"] }), runOnly);
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`);
  expect(words.length === 0, `${view}: axe: ${words.join(" | ")}`);
}

/** The host of frames has no page of ours, not even one that the newsroom holds ready. */
async function nothingElse(browser, url) {
  const { context, page } = await reader(browser);
  for (const path of ["/", url, "/desk", "/api/v1/openapi.json", "/robots.txt"]) {
    await page.request.get(home + path);
    const answer = await page.request.get(FRAMES + path);
    expect(answer.status() === 404, `${path} on the host of frames: ${answer.status()}`);
  }
  tell("the host of frames answers 404 to everything else");
  await context.close();
}
