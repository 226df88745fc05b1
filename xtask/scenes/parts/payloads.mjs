// Opens every screen of the desk, and a reader's pages, over stories whose every text would run if a browser took it for markup.
// Prints a JSON object for each thing that ran, broke the policy or became an element, and one for each screen.
// Run by a test: crates/testkit/tests/house/desk.rs (A-24, V-17).
import { readFileSync } from "node:fs";
import { DESK, expect, home, scene } from "./walk.mjs";

const { cookie, stories, draft, odd, readers } = JSON.parse(readFileSync(process.env.SCENE_PAGES, "utf8"));
// What may stand on the console: an answer that is an error, and the listener below, which a preview's frame does not run.
const MEANT = [/^Failed to load resource: the server responded with a status of 4/, /^Blocked script execution in '[^']*\/_preview\//];
// What no text may become.
const NEVER = "[onerror],[onload],[onclick],[onmouseover],[srcdoc],script:not([src]):not([type='application/ld+json']),math,base,svg[onload],[src='x']";

let last = "nothing";

await scene(async (browser) => {
  const context = await browser.newContext({ viewport: DESK });
  await context.addCookies([{ name: "__Host-staff", value: cookie, url: home.replace("http:", "https:"), secure: true, httpOnly: true }]);
  const page = await listened(context);
  await page.goto(`${home}/desk`);
  await page.locator(".rows li").first().waitFor();
  await looked(page, "list");
  await searched(page);
  for (const id of stories) await storyWalk(page, id);
  await twoHands(page, draft);
  await typedAndPasted(page);
  await addresses(page);
  await strangers(browser);
  for (const path of readers) {
    await page.goto(home + path);
    await page.waitForLoadState("networkidle");
    await looked(page, `reader ${path}`);
  }
  await control(context);
});

/** A page whose every complaint is told. */
async function listened(context) {
  const page = await context.newPage();
  page.on("dialog", async (dialog) => { told("ran", dialog.message()); await dialog.dismiss(); });
  page.on("pageerror", (error) => told("error", String(error)));
  page.on("console", (message) => {
    const isMeant = MEANT.some((pattern) => pattern.test(message.text()));
    if (["error", "warning"].includes(message.type()) && !isMeant) told("console", message.text());
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === home || ["data:", "blob:"].includes(url.protocol);
    if (!isOurs || url.pathname.endsWith("/x")) told("asked", request.url());
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.sample}`));
  });
  return page;
}

/** Nothing on the page, or in a frame in it, is an element that a text made. */
async function looked(page, name) {
  for (const frame of page.frames()) {
    const never = await frame.locator(NEVER).count().catch(() => 0);
    if (never > 0) told("element", `${name}: ${await frame.locator(NEVER).first().evaluate((one) => one.outerHTML)}`);
  }
  last = name;
  console.log(JSON.stringify({ level: "opened", words: name }));
}

async function searched(page) {
  const search = page.getByLabel("Search", { exact: true });
  for (const words of odd) {
    await search.fill(words.slice(0, 200));
    await page.waitForTimeout(50);
  }
  await looked(page, "list, searched");
  await search.fill("");
}

/** One story in every sheet there is over it. */
async function storyWalk(page, id) {
  await page.goto(`${home}/desk#/stories/${id}`);
  await page.locator(".text").waitFor();
  await looked(page, "story");
  await page.getByRole("button", { name: "Preview" }).click();
  for (const reader of ["Reads it all", "Is asked", "Meets the wall"]) {
    await page.getByRole("button", { name: reader }).click();
    await page.frameLocator("iframe").locator("h1").waitFor();
    await looked(page, `preview, ${reader}`);
  }
  await page.locator("dialog[open]").press("Escape");
  for (const [name, button] of [["revisions", "Revisions"], ["withdrawal", "Withdraw"]]) {
    const opens = page.getByRole("button", { name: button, exact: true });
    if ((await opens.count()) > 0) await sheet(page, name, () => opens.first().click());
  }
  await sheet(page, "publishing", () => page.keyboard.press("Control+Enter"));
  await sheet(page, "palette", () => page.keyboard.press("Control+k"));
}

async function sheet(page, name, open) {
  await open();
  const isOpen = await page.locator("dialog[open]").waitFor({ timeout: 800 }).then(() => true, () => false);
  await looked(page, isOpen ? name : `${name}, which did not open`);
  if (!isOpen) return;
  if (name === "palette") await page.keyboard.type("<img src=x onerror=alert(1)>");
  if (name === "revisions") await page.locator("dialog[open] tbody tr").first().waitFor();
  await looked(page, name);
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

/** Two hands at the same words: both are shown beside each other. */
async function twoHands(page, id) {
  await page.goto(`${home}/desk#/stories/${id}`);
  await page.locator(".text").waitFor();
  const [theirs, mine] = [odd[1], odd[2]];
  const status = await page.evaluate(async ([path, deck]) => {
    const story = await (await fetch(path)).json();
    const headers = { "content-type": "application/json", "if-match": `"${story.revision}"` };
    return (await fetch(path, { method: "PATCH", headers, body: JSON.stringify({ deck }) })).status;
  }, [`/api/v1/stories/${id}`, theirs]);
  expect(status === 200, `the other hand's change was answered with ${status}`);
  await page.getByLabel("Deck", { exact: true }).fill(mine);
  const isShown = await page.getByText("Two hands changed the same words").waitFor({ timeout: 5_000 }).then(() => true, () => false);
  await looked(page, isShown ? "clash" : "clash, which did not open");
  if (isShown) await page.getByRole("button", { name: "Keep all mine" }).click();
}

/** A new story: the words typed into every field, then pasted into the text as HTML. */
async function typedAndPasted(page) {
  await page.goto(`${home}/desk#/stories/new`);
  const text = page.locator(".text");
  await text.waitFor();
  for (const words of odd.slice(0, 2)) {
    for (const field of await page.locator("input.input:not([type^=date]):visible, textarea:visible").all()) {
      if (await field.isEditable().catch(() => false)) await field.fill(words.slice(0, 60)).catch(() => {});
    }
    await looked(page, "typed");
  }
  await text.click();
  for (const words of odd) {
    await text.evaluate((target, html) => {
      const data = new DataTransfer();
      data.setData("text/html", html);
      data.setData("text/plain", html);
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, `<p>pasted ${words}</p><a href="javascript:alert(1)">a</a><iframe srcdoc="<script>alert(1)</script>"></iframe>`);
    await looked(page, "pasted");
  }
  const links = await text.locator("a[href^='javascript']").count();
  if (links > 0) told("element", "a pasted link that runs");
  expect((await text.innerText()).includes("pasted"), "nothing was pasted, which proves nothing");
}

/** Addresses with the words in them. */
async function addresses(page) {
  for (const words of odd.slice(0, 5)) {
    const coded = encodeURIComponent(words.slice(0, 200));
    await page.goto(`${home}/desk?a=${coded}#/stories/${coded}`);
    await page.locator("h1, form, [role=alert]").first().waitFor();
    await looked(page, "an address");
  }
}

/** Who is not signed in: the forms at the door, with the words in what is sent and in what is said back. */
async function strangers(browser) {
  const context = await browser.newContext({ viewport: DESK });
  const page = await listened(context);
  for (const words of odd.slice(0, 2)) {
    await page.goto(`${home}/desk/enrol?token=${encodeURIComponent(words)}`);
    await page.getByLabel("Your name").fill(words);
    await page.getByLabel("Email").fill("a@news.example");
    await page.getByLabel("Password", { exact: true }).fill(words.padEnd(20, "-"));
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("alert").first().waitFor();
    await looked(page, "joining, refused");
  }
  await page.goto(`${home}/desk`);
  await page.getByLabel("Email").fill("a@news.example");
  await page.getByLabel("Password", { exact: true }).fill(odd[0]);
  await page.getByLabel("Six-digit code").fill("000000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").first().waitFor();
  await looked(page, "signing in, refused");
  await context.close();
}

/** What would be told if something ran: a string that is made markup is refused by the browser, and that is heard. */
async function control(context) {
  const page = await context.newPage();
  let heard = 0;
  await page.addInitScript(() => { document.addEventListener("securitypolicyviolation", () => console.error("policy")); });
  page.on("console", (message) => { heard += message.text() === "policy" ? 1 : 0; });
  await page.goto(`${home}/desk`);
  const refused = await page.evaluate(() => {
    const tries = {
      markup: () => { document.body.innerHTML = "<b>x</b>"; },
      address: () => { document.createElement("script").src = "/x.js"; },
      policy: () => { trustedTypes.createPolicy("mine", {}); },
    };
    const isRefused = (attempt) => { try { attempt(); return false; } catch { return true; } };
    return Object.keys(tries).filter((name) => isRefused(tries[name]));
  });
  // The browser tells of each when it gets to it.
  for (let asked = 0; asked < 100 && heard < refused.length; asked += 1) await page.waitForTimeout(100);
  console.log(JSON.stringify({ level: "control", words: "strings made markup", refused, heard }));
}

function told(level, words) {
  console.log(JSON.stringify({ level, words: String(words).slice(0, 500), after: last }));
}
