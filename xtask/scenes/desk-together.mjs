// Two hands in one story, in two browsers: carets and names, a line that breaks, and a server that dies ten times.
import { existsSync, writeFileSync } from "node:fs";
import {
  begin, confirm, expectNoComplaint, idOf, join, letServerDie, openStory, pass, saved, serverHas, signIn, sitDown, storyOf,
} from "./parts/desk.mjs";
import { expect, home, picture, scene, tell } from "./parts/walk.mjs";

const DEATHS = 10;
const text = (page) => page.locator(".text");

/** What the paragraphs of the text say, carets aside. */
const said = (page) => page.evaluate(() => {
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    return node.classList?.contains("hand") ? "" : [...node.childNodes].map(words).join("");
  };
  return [...document.querySelectorAll(".text > *")].map((block) => words(block).replaceAll("\u2060", ""));
});

await scene(async (browser) => {
  const one = await sitDown(browser);
  await join(one);
  await confirm(one);
  const other = await sitDown(browser);
  await pass(1, one, other);
  await other.goto(`${home}/desk`);
  await signIn(other);
  await other.locator(".rows li").first().waitFor();
  const id = await together(one, other);
  await keysAtOnce(one, other, id);
  await offline(one, other, id);
  await joinedMeanwhile(one, other, id);
  await withoutSocket(browser, one, id);
  letServerDie();
  await deaths(one, other, id);
  expectNoComplaint();
  tell("no browser complained");
});

async function alike(one, other) {
  for (let asked = 0; asked < 100; asked += 1) {
    const [here, there] = [await said(one), await said(other)];
    if (JSON.stringify(here) === JSON.stringify(there)) return here;
    await one.waitForTimeout(100);
  }
  throw new Error(`the two never agreed: ${JSON.stringify(await said(one))} and ${JSON.stringify(await said(other))}`);
}

async function together(one, other) {
  await begin(one, { Headline: "The ferry is late" });
  await text(one).click();
  await one.keyboard.type("The ferry left an hour late.");
  const id = await idOf(one);
  await saved(one);
  await openStory(other, id);
  await other.getByText("The ferry left an hour late.").waitFor();
  await one.getByRole("list", { name: "Also here" }).getByText("Robin Ashgrove").waitFor();
  await text(other).click();
  await other.keyboard.press("Control+End");
  await other.keyboard.type(" Nobody was hurt.");
  await text(one).getByText("Nobody was hurt.").waitFor();
  await one.locator(".text .hand").getByText("Robin Ashgrove").waitFor();
  await picture(one, "together");
  tell("what one types stands on the other's screen, with a caret and a name");
  return id;
}

async function keysAtOnce(one, other, id) {
  await one.keyboard.press("Control+Home");
  await Promise.all([
    one.keyboard.type("Port Halem. ", { delay: 15 }),
    other.keyboard.type(" Boats wait.", { delay: 15 }),
  ]);
  const both = await alike(one, other);
  expect(both[0] === "Port Halem. The ferry left an hour late. Nobody was hurt. Boats wait.", `both typed at once: ${both}`);
  await one.keyboard.press("Control+z");
  const after = await alike(one, other);
  expect(after[0].includes("Boats wait.") && !after[0].startsWith("Port Halem. "), `undo took back the own words alone: ${after}`);
  await one.keyboard.press("Control+y");
  await alike(one, other);
  await serverHas(one, id, "Boats wait.");
  tell("both typed at once; undo takes back what one has written oneself");
}

async function offline(one, other, id) {
  await other.context().setOffline(true);
  await other.evaluate(() => window.dispatchEvent(new Event("offline")));
  await other.keyboard.type(" Written without a line.");
  await other.locator(".stand").getByText("No connection; what you write is kept on this device").waitFor({ timeout: 90_000 });
  await one.keyboard.press("Control+End");
  await one.keyboard.press("Enter");
  await one.keyboard.type("Written meanwhile.");
  await picture(other, "without-a-line");
  await other.context().setOffline(false);
  await saved(other);
  const both = await alike(one, other);
  expect(both.join("|").includes("Written without a line.") && both.includes("Written meanwhile."), `joined: ${both}`);
  tell("what was typed without a line joined the rest when it was back");
}

/** One joins two paragraphs while the other, without a line, types into the second: the words are kept. */
async function joinedMeanwhile(one, other, id) {
  await other.context().setOffline(true);
  await other.getByText("Written meanwhile.").click();
  await other.keyboard.press("End");
  await other.keyboard.type(" Typed into what went away.");
  await one.getByText("Written meanwhile.").click();
  await one.keyboard.press("Home");
  await one.keyboard.press("Backspace");
  await saved(one);
  await other.context().setOffline(false);
  await saved(other);
  const both = await alike(one, other);
  expect(both.join("|").includes("Typed into what went away."), `kept: ${both}`);
  await picture(one, "typed-meanwhile");
  tell("words typed into a paragraph that was joined meanwhile stand beside it");
}

/** A third browser sits behind a proxy that lets no WebSocket through. */
async function withoutSocket(browser, one, id) {
  const third = await sitDown(browser);
  await third.context().addInitScript(() => { window.WebSocket = class { constructor() { throw new Error("kept out"); } }; });
  await pass(1, one, third);
  await third.goto(`${home}/desk`);
  await signIn(third);
  await third.locator(".rows li").first().waitFor();
  await openStory(third, id);
  await text(third).click();
  await third.keyboard.press("Control+End");
  await third.keyboard.press("Enter");
  await third.keyboard.type("Without a socket.");
  await saved(third);
  await one.getByText("Without a socket.").waitFor();
  await one.keyboard.press("Control+Home");
  await one.keyboard.type("To all: ");
  await third.getByText("To all:").waitFor();
  await alike(one, third);
  await third.context().close();
  tell("where no WebSocket gets through, questions and answers do the same");
}

async function deaths(one, other, id) {
  await one.keyboard.press("Control+End");
  await one.keyboard.press("Enter");
  await alike(one, other);
  await other.keyboard.press("Control+Home");
  let typed = [0, 0];
  const type = async (page, nth, mark, until) => {
    while (!until.isOver) {
      await page.keyboard.type(`${mark}${typed[nth]} `, { delay: 20 });
      typed[nth] += 1;
    }
  };
  const until = { isOver: false };
  const typing = [type(one, 0, "a", until), type(other, 1, "b", until)];
  for (let death = 1; death <= DEATHS; death += 1) {
    await one.waitForTimeout(700);
    writeFileSync(process.env.SCENE_KILL, "now");
    while (existsSync(process.env.SCENE_KILL)) await one.waitForTimeout(50);
  }
  await one.waitForTimeout(500);
  until.isOver = true;
  await Promise.all(typing);
  await saved(one);
  await saved(other);
  const both = (await alike(one, other)).join("|");
  const all = [["a", typed[0]], ["b", typed[1]]];
  for (const [mark, count] of all) for (let nth = 0; nth < count; nth += 1) expect(both.includes(`${mark}${nth} `), `${mark}${nth} is lost of ${both}`);
  const last = `${all[0][0]}${typed[0] - 1}`;
  await serverHas(one, id, last);
  const kept = JSON.stringify((await storyOf(one, id)).body);
  for (const [mark, count] of all) for (let nth = 0; nth < count; nth += 1) expect(kept.includes(`${mark}${nth} `), `the server lost ${mark}${nth}`);
  await picture(one, "after-ten-deaths");
  tell(`the server died ${DEATHS} times while both typed: ${typed[0]} and ${typed[1]} words, none lost, both screens and the server alike`);
}
