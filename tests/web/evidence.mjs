// Requests for erasure and scan checks in a real browser against a running service:
//   node evidence.mjs BASE_URL SCRATCH_DIR [PICTURES_DIR]
// Expects the accounts, document and scan profile of tests/end_to_end/disposal_page_test.py.
import assert from "node:assert/strict";
import { reads, settled } from "./browser.mjs";
import { openChecks } from "./checks.mjs";

const [base, , pictures] = process.argv.slice(2);
const { page, check, picture, logIn, logOut, lookAt, end } = await openChecks(base, pictures, "evidence");

await check("a scan is drawn, held against its paper and cannot be good with another number of pages", async () => {
  await page.goto("/scanpruefung");
  await logIn("m.akte");
  await page.getByText("Es ist kein Scan zu prüfen.").waitFor();
  await page.getByRole("button", { name: "Stichprobe ziehen" }).click();
  await page.getByText("1 von 1 Scan gezogen.").first().waitFor();
  await page.getByRole("button", { name: /^Prüfung eintragen: / }).click();
  await page.getByLabel("bildlich und inhaltlich gleich").check();
  await page.getByLabel("Beschriebene Seiten auf dem Papier").fill("2");
  await page.getByLabel("Die ausgelesenen Angaben zum Dokument stimmen").check();
  await picture("scanpruefung-eintragen");
  await page.getByRole("button", { name: "Prüfung eintragen", exact: true }).click();
  await page.locator(".kern-alert--danger").getByText("andere Seitenzahl").waitFor();
  await page.getByLabel("Beschriebene Seiten auf dem Papier").fill("1");
  await page.getByRole("button", { name: "Prüfung eintragen", exact: true }).click();
  await page.locator("#geprueft [data-scan]").waitFor();
  await reads(page.locator("#geprueft [data-scan]"), /für gut befunden von m\.akte/);
});

await check("its note is made and sealed, and then its paper is released", async () => {
  await page.getByRole("button", { name: /^Transfervermerk erstellen: / }).click();
  await page.getByRole("link", { name: "Siegel" }).waitFor();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Transfervermerk", exact: true }).click();
  assert.match((await coming).suggestedFilename(), /^transfervermerk-.*\.xml$/);
  await picture("scanpruefung-vermerk");
  await page.getByRole("button", { name: /^Papier freigeben: / }).click();
  await page.getByText(/Das Papier von .* darf vernichtet werden\./).first().waitFor();
  await page.getByText("Kein geprüfter Scan wartet").waitFor();
});

await check("a request for erasure is entered, its documents are found and chosen by a person", async () => {
  await page.goto("/loeschantraege");
  await page.getByText("Es ist kein Löschantrag eingetragen.").waitFor();
  await page.getByLabel("Name der Person").fill("Jörg Wößner");
  await page.getByLabel("Anschrift, durch Komma getrennt").fill("Bahnhofstraße 27 b, 39999 Musterstadt");
  await page.getByRole("button", { name: "Löschantrag eintragen" }).click();
  await page.getByText("Der Antrag von Jörg Wößner ist eingetragen.").first().waitFor();
  await page.getByText("1 Dokument gefunden.").waitFor();
  await page.getByRole("checkbox", { name: /betrifft die Person$/ }).check();
  await picture("loeschantrag-gefunden");
});

await check("the rules decide, and the letter says why", async () => {
  await page.getByRole("button", { name: "Über 1 Dokument entscheiden" }).click();
  await page.getByText("Über den Antrag ist entschieden.").first().waitFor();
  await page.locator(".letter").getByText("Art. 17 Abs. 3 Buchst. d DSGVO").waitFor();
  await reads(page.locator("[data-request] tbody"), /eingeschränkt[^]*Vernichtungsgenehmigung/);
  await picture("loeschantrag-entschieden");
});

const opened = await page.locator("[data-request]").first().getAttribute("data-request");
await lookAt([
  ["loeschantrag", `/loeschantraege?antrag=${opened}`],
  ["scanpruefung", "/scanpruefung"],
]);

await check("a clerk does not find the restricted document and is not shown the requests", async () => {
  await logOut();
  await logIn("s.bearb");
  assert.equal(await page.locator("nav").getByRole("link", { name: "Löschanträge" }).count(), 0);
  await page.goto("/eingang");
  await page.locator("h1").waitFor();
  await settled(page);
  assert.equal(await page.getByText("hundesteuerbescheid").count(), 0, "its intake is hidden as well");
});

await check("the restriction is lifted again", async () => {
  await logOut();
  await logIn("m.akte");
  await page.goto(`/loeschantraege?antrag=${opened}`);
  await page.getByRole("button", { name: /^Einschränkung aufheben: / }).click();
  await page.getByText("Die Einschränkung ist aufgehoben.").first().waitFor();
});

await end();
