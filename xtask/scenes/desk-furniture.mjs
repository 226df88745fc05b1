// What stands around the stories, at the desk: a trust page made the newsroom's own, and the sections, while readers look.
import { confirm, expectNoComplaint, join, sitDown } from "./parts/desk.mjs";
import { arrangeTheSections } from "./parts/sections.mjs";
import { makeATrustPageOurs } from "./parts/trust.mjs";
import { PHONE, expect, home, picture, scene, tell } from "./parts/walk.mjs";

await scene(async (browser) => {
  const page = await sitDown(browser);
  await join(page);
  await confirm(page);
  await makeATrustPageOurs(browser, page);
  await arrangeTheSections(browser, page);
  await everywhere(page);
  expectNoComplaint();
  tell("no browser complained: nothing on the console, nothing against the policy");
});

/** Phone and desk, light and dark, and mirrored. */
async function everywhere(page) {
  const screens = [["trust-pages", "#/trust-pages", ".rows li"], ["trust-page", "#/trust-pages/ownership", ".text"], ["sections", "#/sections", ".rows li"]];
  for (const [name, path, drawn] of screens) {
    await page.goto(`${home}/desk${path}`);
    await page.locator(drawn).first().waitFor();
    for (const [width, colorScheme] of [[PHONE.width, "light"], [PHONE.width, "dark"], [1280, "light"], [1280, "dark"]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 860 });
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(excess <= 0, `${name} is ${excess} pixels wider than ${width}`);
      await picture(page, `${name}-${width}-${colorScheme}`);
    }
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    await picture(page, `${name}-rtl`);
    await page.evaluate(() => { document.documentElement.removeAttribute("dir"); });
    await page.emulateMedia({ colorScheme: "light" });
  }
  tell("trust pages, one of them, and sections: on a phone and a desk, light and dark, and mirrored");
}
