// Writes every part a body can have, with the keys and tools a writer has.

/** What the stored tree must hold afterwards. */
export const KINDS = [
  "paragraph", "heading", "quote", "list", "list_item", "pull_quote", "picture", "embed", "table", "table_row", "table_cell",
  "preformatted", "divider", "fold", "footnote", "hard_break",
];
export const MARKS = ["strong", "emphasis", "strike", "code", "superscript", "subscript", "link"];

/** Fills an empty body. The page must show a story open for work. */
export async function writeBody(page) {
  const { keyboard } = page;
  const tool = (name) => page.getByRole("toolbar", { name: "Text tools" }).getByRole("button", { name, exact: true }).click();
  await page.locator(".text").click();
  await paragraphs(page, tool);
  await keyboard.type("> It holds.");
  await tool("Details of this block");
  await sheet(page, { "Who said it": "A. Roe, engineer" });
  await leave(page);
  await keyboard.type("- Two piers\nThe lifting gear");
  await leave(page);
  await keyboard.type("1. Weigh it\nLift it");
  await leave(page);
  await tool("Pull quote");
  await keyboard.type("“We counted every bolt.”\n");
  await tool("Picture");
  await page.locator("dialog[open]").getByRole("button", { name: "A picture elsewhere, by its address" }).click();
  await sheet(page, { Address: "/desk/mark.svg", "In words, for who cannot see it": "The bridge at dawn", Caption: "The bridge on Sunday", Credit: "A. Roe" });
  await tool("Card with a link");
  await sheet(page, { Address: "https://films.example/bridge", Title: "The bridge opens", "Who hosts it": "Films" });
  await tables(page, tool);
  await keyboard.type("```pier 1   sound");
  await keyboard.press("Shift+Enter");
  await keyboard.type("--- ");
  await keyboard.type("After the pause, one line of Hebrew.\n");
  await tool("Right to left");
  await keyboard.type("הגשר נפתח ביום ראשון.");
  await page.locator(".text > p").first().click();
  await tool("Fold: the opening ends here");
}

async function paragraphs(page, tool) {
  const { keyboard } = page;
  await keyboard.type("The harbour bridge ");
  await keyboard.press("Control+b");
  await keyboard.type("reopened");
  await keyboard.press("Control+b");
  await keyboard.type(" on Sunday, the council said");
  await tool("Footnote");
  await keyboard.type("Statement of the council, 2 March.");
  await keyboard.press("Control+Enter");
  await keyboard.type(". See [the report](https://council.example/report) for *more*");
  await keyboard.press("Shift+Enter");
  await keyboard.type("and ~~less~~ of `pier 1`: 12 m");
  for (const [name, sign] of [["Superscript", "2"], ["Subscript", "a"]]) {
    await tool(name);
    await keyboard.type(sign);
    await tool(name);
  }
  await keyboard.type(".\n## What was mended\nTwo things were mended in the winter.\n");
}

async function tables(page, tool) {
  await tool("Table");
  for (const words of ["Year", "Cost", "2025", "4", "2026", "7"]) {
    await page.keyboard.type(words);
    if (words !== "7") await page.keyboard.press("Tab");
  }
  await tool("Details of this block");
  await sheet(page, { "What it shows": "Cost, millions" });
  await page.keyboard.press("Control+End");
}

/** Out of a quotation or a list: Enter on its empty last line. */
async function leave({ keyboard }) {
  await keyboard.press("Enter");
  await keyboard.press("Enter");
}

async function sheet(page, values) {
  const open = page.locator("dialog[open]");
  for (const [label, value] of Object.entries(values)) await open.getByLabel(label, { exact: true }).fill(value);
  await open.getByRole("button", { name: "Done" }).click();
  await open.waitFor({ state: "detached" });
}
