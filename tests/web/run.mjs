// The web page in a real browser against a running service:
//   node run.mjs BASE_URL SAMPLES_DIR [PICTURES_DIR]
// Prints one line per check and ends with 1 when one failed. Needs /usr/bin/chromium (or CHROMIUM).
import assert from "node:assert/strict";
import { join } from "node:path";
import { findBarriers, openBrowser, overflow, reads, settled } from "./browser.mjs";
import { beginChecks, inEveryLook } from "./checks.mjs";

const [base, samples, pictures] = process.argv.slice(2);
if (!base || !samples) {
  console.error("usage: node run.mjs BASE_URL SAMPLES_DIR [PICTURES_DIR]");
  process.exit(2);
}

// samples/README.md: four pages, and this word stands on the last one only.
const scan = { file: "niederschrift_stadtrat.tif", word: "Brückenwaage", page: 4, pages: 4 };
const processing = { timeout: 600_000 };

const { openPage, picture, complaints, close } = await openBrowser(base, pictures);
const service = async (path) => (await fetch(new URL(`/api/v1${path}`, base))).json();
const page = await openPage();
const { check, end } = beginChecks("page", page, pictures);
let found = "";

await check("a multi-page TIFF chosen in the file dialogue is filed, and the page shows it", async () => {
  await page.goto("/eingang");
  await settled(page);
  await page.evaluate(() => {
    globalThis.seenStates = new Set();
    const look = () => document.querySelectorAll(".intake-state").forEach((one) => seenStates.add(one.innerText.trim()));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.setInputFiles("#dateien", join(samples, "documents", scan.file));
  const row = page.locator(".intake[data-id]", { hasText: scan.file }).first();
  await row.waitFor();
  await picture(page, "eingang-verarbeitung");
  // A second run on the same archive meets its own document again.
  const done = page.locator(
    ":is([data-state=filed], [data-state=review], [data-state=duplicate]):has(a.intake-name)",
    { hasText: scan.file },
  );
  await done.first().waitFor(processing);
  await picture(page, "eingang");
  const seen = await page.evaluate(() => [...globalThis.seenStates]);
  if ((await row.getAttribute("data-state")) !== "duplicate") {
    assert.ok(seen.some((text) => /^wird gelesen \(Seite \d von 4\)$/.test(text)), seen.join(" | "));
  }
});

await check("a word of its last page finds it, with the page number and the word marked", async () => {
  await page.goto("/");
  await page.locator("#suchfeld:focus").waitFor();
  // The index catches up with the archive a moment after filing.
  const indexed = async () => {
    const { archive_revision, index_revision } = await service("/status");
    return index_revision >= archive_revision;
  };
  for (const end = Date.now() + processing.timeout; Date.now() < end && !(await indexed()); ) await page.waitForTimeout(200);
  await page.keyboard.type(scan.word);
  await page.keyboard.press("Enter");
  const hit = page.locator(".hit", { has: page.locator("mark", { hasText: scan.word }) }).first();
  await hit.waitFor();
  await reads(hit.locator(".page-number"), new RegExp(`Seite ${scan.page} von ${scan.pages}`));
  await reads(page.locator("#announcements"), /gefunden/);
  await picture(page, "suche");
  await hit.locator("h3 a").click();
  await page.waitForURL(/\/dokument\//);
  found = new URL(page.url()).pathname.split("/").at(-1);
});

await check("the hit is drawn over the right place of the right page", async () => {
  const sheet = page.locator(`#seite-${scan.page} .sheet`);
  const box = sheet.locator(".hit-box").first();
  await box.waitFor();
  await sheet.locator("img").evaluate((image) => image.decode());
  await settled(page);
  const [boxAt, sheetAt] = [await box.boundingBox(), await sheet.boundingBox()];
  const told = await service(`/documents/${found}/pages/${scan.page}/hits?q=${encodeURIComponent(scan.word)}`);
  const [left, top, width, height] = told.boxes[0];
  const near = (shown, wanted) => assert.ok(Math.abs(shown - wanted) <= 1.5, `${shown} is not near ${wanted}`);
  near(boxAt.x - sheetAt.x, (left / told.width) * sheetAt.width);
  near(boxAt.y - sheetAt.y, (top / told.height) * sheetAt.height);
  near(boxAt.width, (width / told.width) * sheetAt.width);
  near(boxAt.height, (height / told.height) * sheetAt.height);
  assert.ok(boxAt.y > 0 && boxAt.y + boxAt.height < 860, "the hit is in view");
  assert.equal(await page.locator(`#seite-1 .hit-box`).count(), 0, "no hit on the first page");
  assert.equal(new URL(page.url()).searchParams.get("seite"), String(scan.page));
  await picture(page, "dokument");
});

await check("the text of a page is corrected, found as corrected, and taken back", async () => {
  const first = page.locator("#seite-1");
  await first.getByRole("button", { name: "Text berichtigen" }).click();
  const text = first.locator("textarea");
  await text.waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await picture(page, "berichtigen");
  await text.fill(`${await text.inputValue()}\nVermerk Silberpappel`);
  await first.getByRole("button", { name: "Berichtigung speichern" }).click();
  await text.waitFor({ state: "detached" });
  const { boxes } = await service(`/documents/${found}/pages/1/hits?q=Silberpappel`);
  assert.equal(boxes.length, 1);
  await first.getByRole("button", { name: "Text berichtigen" }).click();
  await first.getByRole("button", { name: "Zurück zur Lesung der Maschine" }).click();
  await text.waitFor({ state: "detached" });
  assert.equal((await service(`/documents/${found}/pages/1/text`)).corrected, false);
});

await check("the document tells its place in the file plan and how long it is kept", async () => {
  const { retention, plan_entry } = await service(`/documents/${found}`);
  const text = await page.locator(".retention").innerText();
  assert.match(text, /bis \d\d\.\d\d\.\d{4}|unbefristet|steht noch nicht fest/);
  if (retention.sentence) assert.ok(text.includes(retention.sentence), retention.sentence);
  if (retention.disposal_name) assert.ok(text.includes(retention.disposal_name), retention.disposal_name);
  if (plan_entry) assert.ok((await page.locator(".document-panel").innerText()).includes(plan_entry.number));
});

await check("the thumbnails and the page field lead to a page, and the address follows", async () => {
  await page.locator("[data-thumbnail='2']").click();
  await page.waitForURL(/seite=2/);
  await page.locator(".page-input").fill("1");
  await page.locator(".page-input").press("Enter");
  await page.waitForURL(/seite=1/);
  await page.getByRole("button", { name: "Nächste Fundstelle" }).click();
  await page.waitForURL(new RegExp(`seite=${scan.page}`));
});

await check("PDF/A, original and text can be fetched", async () => {
  for (const name of ["PDF/A öffnen", "Original herunterladen", "Text"]) {
    const link = page.locator(".document-panel .buttons").getByRole("link", { name, exact: true });
    const answer = await page.request.get(await link.getAttribute("href"));
    assert.equal(answer.status(), 200, name);
    assert.ok((await answer.body()).length > 0, name);
  }
});

await check("a text file named .pdf, dropped on the search page, is refused in German", async () => {
  await page.goto("/");
  const name = `kein-dokument-${Date.now()}.pdf`;
  await page.evaluate((fileName) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([`Nur Text, kein PDF: ${fileName}`], fileName, { type: "application/pdf" }));
    const at = { dataTransfer: transfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent("dragover", at));
    document.body.dispatchEvent(new DragEvent("drop", at));
  }, name);
  await page.waitForURL(/\/eingang/);
  const row = page.locator(".intake[data-state=refused]", { hasText: name });
  await row.waitFor(processing);
  const told = await row.locator(".intake-message").innerText();
  const { reasons } = await service("/reasons");
  assert.ok(reasons.some(({ message }) => message === told), told);
  await picture(page, "eingang-abgelehnt");
});

await check("a query that cannot be understood is answered with a German sentence, not with an empty list", async () => {
  const before = complaints.length;
  await page.goto(`/?q=${encodeURIComponent("datum:gestern")}`);
  await page.locator(".kern-alert--danger, .result-head").first().waitFor();
  assert.equal(await page.locator(".kern-alert--danger").count(), 1);
  // The browser itself reports every answer of 400.
  complaints.splice(before, complaints.length, ...complaints.slice(before).filter((text) => !text.includes("400")));
});

await check("a facet narrows the results, the address carries it, and the way back from a document leads there", async () => {
  await page.goto("/?q=Musterstadt");
  await page.locator(".facet-value").first().waitFor();
  const value = page.locator(".facet-value").first();
  const count = Number(await value.locator(".count").innerText());
  await value.locator("input").check();
  await page.waitForURL(/filter=/);
  const heading = page.locator("#ergebnisse", { hasText: new RegExp(`^${count} Dokumente? gefunden`) });
  await heading.waitFor();
  const address = page.url();
  await page.reload();
  await page.locator(".facet-value input:checked").waitFor();
  await page.locator(".hit h3 a").first().click();
  await page.waitForURL(/\/dokument\//);
  await page.goBack();
  await page.locator(".facet-value input:checked").waitFor();
  assert.equal(page.url(), address);
  await heading.waitFor();
});

const reviewed = (await service("/documents?state=review&limit=1")).documents[0];
const views = [
  ["start", "/"],
  ["suche", `/?q=${encodeURIComponent(scan.word)}`],
  ["suche-leer", "/?q=gibtesnichtxyz"],
  ["dokument", `/dokument/${found}?seite=${scan.page}&q=${encodeURIComponent(scan.word)}`],
  ["eingang", "/eingang"],
  ["pruefen", "/pruefen"],
  ["akten", "/akten"],
  ["faellig", "/faellig"],
  ["loeschsperren", "/loeschsperren"],
  ["vernichtung", "/vernichtung"],
  ["aktenplan", "/aktenplan"],
  ["konten", "/konten"],
  ...(reviewed ? [["pruefen-dokument", `/dokument/${reviewed.id}`]] : []),
];
await inEveryLook(openPage, page, async (other, look) => {
  for (const [view, address] of views) {
    await check(`${view}, ${look}: no barrier that axe calls serious, nothing runs out of the window`, async () => {
      await other.goto(address);
      await other.waitForLoadState("load");
      await other.locator("h1").first().waitFor({ state: "attached" });
      await settled(other);
      await picture(other, `${view}-${look}`);
      const barriers = await findBarriers(other);
      for (const { serious, text } of barriers) if (!serious) console.log(`  # ${text}`);
      assert.deepEqual(barriers.filter(({ serious }) => serious).map(({ text }) => text), []);
      assert.ok((await overflow(other)) <= 0, "wider than the window");
    });
  }
});

if (reviewed) {
  await check("a document on review is given its place by keyboard and confirmed", async () => {
    await page.goto(`/dokument/${reviewed.id}`);
    const field = page.locator("#plan");
    await field.focus();
    await page.keyboard.type("steuer");
    await page.locator("#plan-list [role=option][aria-selected=true]").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    const chosen = await page.locator("#plan-list [aria-selected=true] .number").innerText();
    await page.keyboard.press("Enter");
    await page.locator("#feld-title").focus();
    await page.keyboard.press("Enter");
    await page.getByText("Die Angaben sind bestätigt.").first().waitFor();
    const { state, plan_entry } = await service(`/documents/${reviewed.id}`);
    assert.deepEqual([state, plan_entry?.number], ["filed", chosen]);
    await picture(page, "bestaetigt");
  });
}

await check("the browser had nothing to complain about: no error, no violation of the security policy", () =>
  assert.deepEqual(complaints, []),
);

await close();
end();
