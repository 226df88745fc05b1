// The switch that opens a whole running story to everybody, at the desk and for somebody who holds no cookie.
import { openStory, readersSee } from "./desk.mjs";
import { expect, picture, tell } from "./walk.mjs";

const isGated = ({ html }) => html.includes("data-gate");

export async function openForSafety(browser, page) {
  const { id, url } = await aMeteredStory(page);
  expect(isGated(await readersSee(browser, url)), `${url} is metered`);
  await openStory(page, id);
  const box = page.getByLabel(/^Public safety: all of/);
  await box.check();
  await page.getByText(/is open to everybody now/).waitFor();
  await picture(page, "safety-open");
  expect(!isGated(await readersSee(browser, url, (seen) => !isGated(seen))), "it is open");
  await box.uncheck();
  await page.getByText(/each story by its own rule again/).waitFor();
  expect(isGated(await readersSee(browser, url, isGated)), "it is metered again");
  tell(`public safety: a whole running story opened and closed, ${url} with it`);
}

/** A public story that belongs to a running story and asks what its section asks. */
async function aMeteredStory(page) {
  return page.evaluate(async () => {
    const told = async (path) => (await fetch(`/api/v1/${path}`)).json();
    const { stories } = await told("stories?state=published&limit=50");
    for (const { id } of stories) {
      const story = await told(`stories/${id}`);
      if (story.running_story_id && !story.access && story.genre === "news" && !story.public_safety_open) return { id, url: story.url };
    }
    throw new Error("the demo has no such story");
  });
}
