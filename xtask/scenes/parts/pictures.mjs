// Pictures at the desk: made by this browser, brought in three ways over a line that breaks, found, and written about.
import { field } from "./desk.mjs";
import { expect, home, picture, tell } from "./walk.mjs";

const items = (page) => page.locator(".items li");
const cells = (page) => page.locator(".grid li");

/** A picture drawn here, as a file: plain colours, or noise, which makes a large one. */
export async function drawn(page, name, { width = 1200, height = 900, hue = 200, noise = false } = {}) {
  const address = await page.evaluate(([w, h, turn, isNoise]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
    const pen = canvas.getContext("2d");
    const sky = pen.createLinearGradient(0, 0, 0, h);
    sky.addColorStop(0, `hsl(${turn} 60% 78%)`);
    sky.addColorStop(1, `hsl(${turn + 30} 55% 40%)`);
    pen.fillStyle = sky;
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = `hsl(${turn + 180} 70% 50%)`;
    pen.beginPath();
    pen.arc(w * 0.8, h * 0.3, h / 9, 0, 7);
    pen.fill();
    if (isNoise) {
      const data = pen.getImageData(0, 0, w, h);
      for (let nth = 0; nth < data.data.length; nth += 1) if (nth % 4 < 3) data.data[nth] = (data.data[nth] + Math.random() * 120) % 256;
      pen.putImageData(data, 0, 0);
    }
    return canvas.toDataURL("image/png");
  }, [width, height, hue, noise]);
  return { name, mimeType: "image/png", buffer: Buffer.from(address.split(",")[1], "base64") };
}

/** Lets go of a file over a place of the page, or pastes it there, as a hand does: `how` is drop or paste. */
export async function handOver(page, selector, how, { name, mimeType, buffer }) {
  await page.locator(selector).first().evaluate((place, [act, called, type, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], called, { type }));
    const { left, top } = place.getBoundingClientRect();
    const told = { bubbles: true, cancelable: true };
    if (act === "drop") {
      for (const kind of ["dragenter", "dragover", "drop"]) place.dispatchEvent(new DragEvent(kind, { ...told, dataTransfer: transfer, clientX: left + 40, clientY: top + 20 }));
    } else place.dispatchEvent(new ClipboardEvent("paste", { ...told, clipboardData: transfer }));
  }, [how, name, mimeType, buffer.toString("base64")]);
}

export async function bringPictures(page) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("pictures");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Pictures", exact: true }).waitFor();
  await page.getByText(/No pictures yet|\d+ pictures?$/).first().waitFor();
  await picture(page, "library-first");
  await overABrokenLine(page);
  await handOver(page, ".whole", "drop", await drawn(page, "quay.png", { hue: 20 }));
  await handOver(page, "body", "paste", await drawn(page, "lighthouse.png", { width: 700, height: 1100, hue: 300 }));
  await page.getByText("4 of 5 are in the library.").first().waitFor();
  expect((await cells(page).count()) >= 4, "four are in the library");
  await picture(page, "library-brought");
  await page.getByRole("button", { name: "Clear the list" }).click();
  tell("brought by button, drag and paste: four in the library, a drawing refused with its reason, the others went on");
}

/** Three at once: a small one, a drawing that is refused, and a large one whose line breaks in its second part. */
async function overABrokenLine(page) {
  const large = await drawn(page, "fleet.png", { width: 1100, height: 900, noise: true });
  expect(large.buffer.length > 2.2 * 1024 * 1024, `large enough for parts: ${large.buffer.length}`);
  let parts = 0;
  const offsets = [];
  await page.route("**/api/v1/picture-uploads/*?offset=*", (route) => {
    offsets.push(new URL(route.request().url()).searchParams.get("offset"));
    parts += 1;
    return parts === 2 ? route.abort("internetdisconnected") : route.continue();
  });
  const drawing = { name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>') };
  await page.locator("input[type=file]").setInputFiles([await drawn(page, "harbour.png"), drawing, large]);
  await items(page).filter({ hasText: "fleet.png" }).getByText(/The line broke/).waitFor();
  await picture(page, "library-line-broke");
  await items(page).filter({ hasText: "fleet.png" }).getByText("In the library").waitFor();
  await items(page).filter({ hasText: "logo.svg" }).getByText(/drawing|SVG/i).first().waitFor();
  await page.unroute("**/api/v1/picture-uploads/*?offset=*");
  expect(offsets[1] === offsets[2] && Number(offsets[2]) > 0, `it went on from where it stood: ${offsets}`);
  tell(`a large file in parts over a line that broke went on from byte ${offsets[2]}`);
}

export async function findPictures(page) {
  await page.keyboard.press("/");
  await page.keyboard.type("fleet");
  await page.waitForURL(/q=fleet/);
  await page.getByText("1 picture", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("1 picture", { exact: true }).waitFor();
  expect((await page.getByLabel("Search").inputValue()) === "fleet", "the address keeps the search");
  await page.getByLabel("Search").fill("no such thing");
  await page.getByText("Nothing fits").waitFor();
  await picture(page, "library-none");
  await page.getByRole("button", { name: "Show all" }).click();
  await cells(page).nth(3).waitFor();
  await page.getByRole("button", { name: "Narrow down" }).click();
  await field(page, "Rights").selectOption({ label: "No credit" });
  await page.waitForURL(/rights=no-credit/);
  await cells(page).nth(3).waitFor();
  await page.locator(".grid .open").first().focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
  const at = await page.evaluate(() => [...document.querySelectorAll(".grid .open")].indexOf(document.activeElement));
  expect(at === 1, `the arrows walk through the grid: ${at}`);
  await picture(page, "library-filtered");
  tell("found by words and by rights, kept in the address, walked through by arrows");
}

/** Opens the harbour by its file's name, says what it shows, meets another hand, and sets the focus; answers with its id. */
export async function writeAbout(page) {
  await page.goto(`${home}/desk#/pictures?q=harbour`);
  await page.getByText("1 picture", { exact: true }).waitFor();
  await page.locator(".grid .open").focus();
  await page.keyboard.press("Enter");
  await page.locator(".crops").waitFor();
  const id = page.url().split("/").at(-1);
  await field(page, "Caption").fill("Ships wait for the tide in the harbour");
  await field(page, "In words, for who cannot see it").fill("A row of ships under an evening sky");
  await page.keyboard.press("Control+s");
  await page.getByText(/^Saved\. Stories keep/).waitFor();
  await anotherHand(page, id);
  await setTheFocus(page, id);
  await field(page, "Credit").fill("");
  await page.keyboard.press("Control+s");
  await page.locator(".stand").getByText(/^Saved/).waitFor();
  await picture(page, "picture-open");
  return id;
}

async function anotherHand(page, id) {
  await field(page, "Caption").fill("Ships in the harbour, waiting");
  await page.evaluate(async (address) => {
    const { version } = await (await fetch(address)).json();
    await fetch(address, { method: "PATCH", headers: { "content-type": "application/json", "if-match": `"${version}"` }, body: JSON.stringify({ caption: "The harbour at dusk", credit: "Wire" }) });
  }, `/api/v1/pictures/${id}`);
  await page.keyboard.press("Control+s");
  await page.getByText("Two hands changed the same words").waitFor();
  await picture(page, "picture-clash");
  await page.getByRole("button", { name: "Keep all mine" }).click();
  await page.keyboard.press("Control+s");
  await page.locator(".stand").getByText(/^Saved/).waitFor();
  const { fields } = await told(page, id);
  expect(fields.caption === "Ships in the harbour, waiting" && fields.credit === "Wire", `both hands are in it: ${fields.caption}, ${fields.credit}`);
  tell("two hands at one picture: both shown, one kept by choice, the other hand's credit joined");
}

async function setTheFocus(page, id) {
  const frame = page.locator(".frame");
  const box = await frame.boundingBox();
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.3);
  await page.getByText(/^The focus is set/).waitFor();
  await developed(page, id);
  await frame.focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(1_200);
  await developed(page, id);
  const { focus } = await told(page, id);
  expect(Math.abs(focus.x - 780) <= 6 && Math.abs(focus.y - 300) <= 6, `the focus is where it was set: ${JSON.stringify(focus)}`);
  tell(`the focus set by click and key: ${focus.x}, ${focus.y}; the crops followed and the screen said so by itself`);
}

/** Waits until the newsroom has made every size, and until the screen has noticed by itself. */
async function developed(page, id) {
  for (let asked = 0; asked < 60 && (await told(page, id)).state !== "ready"; asked += 1) await page.waitForTimeout(1_000);
  expect((await told(page, id)).state === "ready", "the newsroom developed it within a minute");
  await page.getByText(/^Being developed/).waitFor({ state: "detached" });
}

export const told = (page, id) => page.evaluate(async (address) => (await fetch(address)).json(), `/api/v1/pictures/${id}`);
