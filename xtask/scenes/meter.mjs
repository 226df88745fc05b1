// The meter as a reader meets it: two stories in silence, a nudge from the third, the wall at the eleventh.
import { DESK, PHONE, expect, home, picture, scene, tell, turnClock } from "./parts/walk.mjs";

const LIMIT = 10;
const FIRST_NUDGE = 3;
const NEXT_MONTH = "2026-04-02T12:00:00Z";

/** How the nth story of a month should stand. */
const standingOf = (n) => (n > LIMIT ? "closed" : n >= FIRST_NUDGE ? "asked" : "counted");

await scene(async (browser) => {
  const stories = await meteredStories(browser);
  tell(`${stories.length} stories are under the meter`);
  expect(stories.length > LIMIT, `the demo needs ${LIMIT + 1} of them to show the wall`);

  await atTheDesk(browser, stories);
  await withoutScript(browser, stories);
  await onAPhone(browser, stories);
});

/** A month, a re-reading, and the month after, on a wide screen. */
async function atTheDesk(browser, stories) {
  const reader = await browser.newContext({ viewport: DESK });
  const page = await reader.newPage();
  for (let n = 1; n <= LIMIT + 1; n += 1) {
    const seen = await open(page, stories[n - 1]);
    check(n, seen);
    tell(`story ${n}: ${seen.standing}, ${seen.read}`);
    if ([1, FIRST_NUDGE, LIMIT, LIMIT + 1].includes(n)) await picture(page, `desk-${n}-${seen.standing}`);
  }
  const again = await open(page, stories[0]);
  expect(again.standing !== "closed" && again.text > 0, "a story read before is open still");
  expect(again.read === `${LIMIT}/${LIMIT}`, `reading again counted: ${again.read}`);
  tell(`story 1 once more: ${again.standing}, ${again.read}`);

  turnClock(NEXT_MONTH);
  const opened = await open(page, stories[LIMIT]);
  check(1, opened);
  tell(`story ${LIMIT + 1} in the new month: ${opened.standing}, ${opened.read}`);
  await picture(page, "desk-next-month");
  await reader.close();
}

/** The same month by plain links, each leading to a whole page. */
async function withoutScript(browser, stories) {
  const reader = await browser.newContext({ viewport: DESK, javaScriptEnabled: false });
  const page = await reader.newPage();
  for (let n = 1; n <= LIMIT + 1; n += 1) {
    await page.goto(stories[n - 1]);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().isNavigationRequest()),
      page.locator("[data-gate] a").first().click(),
    ]);
    await page.waitForLoadState();
    check(n, await seenOn(page, answer));
  }
  tell(`script off: ${LIMIT} stories whole, story ${LIMIT + 1} behind the wall`);
  await picture(page, "no-script-wall");
  await reader.close();
}

/** The same month on a phone: nothing may stand out at the side. */
async function onAPhone(browser, stories) {
  const reader = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true });
  const page = await reader.newPage();
  for (let n = 1; n <= LIMIT + 1; n += 1) {
    const seen = await open(page, stories[n - 1]);
    check(n, seen);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(excess <= 0, `story ${n} is ${excess} pixels wider than the phone`);
    if ([1, FIRST_NUDGE, LIMIT + 1].includes(n)) await picture(page, `phone-${n}-${seen.standing}`);
  }
  tell(`phone: the same ${LIMIT + 1} stories, none wider than the screen`);
  await reader.close();
}

/** Opens a shell and waits until its gate has answered and the page shows it. */
async function open(page, url) {
  const path = page.waitForResponse((response) => new URL(response.url()).pathname.startsWith("/_gate/"));
  await page.goto(url);
  const answer = await path;
  await page.locator("[data-gate][data-standing]").waitFor();
  return seenOn(page, answer);
}

/** What the answer says and what the page shows of it. */
async function seenOn(page, answer) {
  const headers = answer.headers();
  const rest = page.locator(".rest").first();
  return {
    standing: headers["dateline-standing"],
    read: headers["dateline-read"],
    nudges: await rest.locator("[data-nudge]").count(),
    walls: await rest.locator(".wall").count(),
    text: await rest.locator(":scope > p:not(.gate-failed)").count(),
  };
}

function check(n, seen) {
  const wanted = standingOf(n);
  const said = JSON.stringify(seen);
  expect(seen.standing === wanted, `story ${n} should be ${wanted}: ${said}`);
  expect(seen.read === `${Math.min(n, LIMIT)}/${LIMIT}`, `story ${n} is miscounted: ${said}`);
  expect(seen.nudges === (wanted === "asked" ? 1 : 0), `story ${n} has the wrong nudge: ${said}`);
  expect(seen.walls === (wanted === "closed" ? 1 : 0), `story ${n} has the wrong wall: ${said}`);
  expect((wanted === "closed") === (seen.text === 0), `story ${n} shows too little or too much: ${said}`);
}

/** Walks from the front through its lists and keeps what names a gate. No cookie is taken along. */
async function meteredStories(browser) {
  const nobody = await browser.newContext();
  const seen = new Set(["/"]);
  const metered = [];
  for (const path of seen) {
    if (seen.size > 400 || metered.length > LIMIT + 4) break;
    const answer = await nobody.request.get(home + path);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const html = await answer.text();
    if (/data-gate="/.test(html)) metered.push(home + path);
    for (const [, link] of html.matchAll(/href="(\/[^"#?]*)/g)) {
      if (!link.startsWith("//") && !link.endsWith("/full") && !link.startsWith("/_")) seen.add(link);
    }
  }
  await nobody.close();
  return metered;
}
