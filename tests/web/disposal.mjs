// Offers to the archive, from the due list to the confirmed transfer, in a real browser against a running service:
//   node disposal.mjs BASE_URL SCRATCH_DIR [PICTURES_DIR]
// Expects the accounts and folders of tests/end_to_end/disposal_page_test.py; the archive at the other end is
// tests/end_to_end/answer_as_archive.py. Prints one line per check and ends with 1 when one failed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reads } from "./browser.mjs";
import { openChecks } from "./checks.mjs";

const [base, scratch, pictures] = process.argv.slice(2);
const { page, check, picture, logIn, lookAt, end } = await openChecks(base, pictures, "disposal");
const archive = fileURLToPath(new URL("../end_to_end/answer_as_archive.py", import.meta.url));

/** Where a message of a process was saved. */
async function download(process, number) {
  const coming = page.waitForEvent("download");
  await process.getByRole("link", { name: new RegExp(`^${number} .* herunterladen$`) }).click();
  const file = await coming;
  const path = join(scratch, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

async function answer(number, container, ...outcomes) {
  const file = execFileSync("python3", ["-B", archive, number, container, scratch, ...outcomes], { encoding: "utf8" }).trim();
  await page.getByLabel("Datei des Archivs").setInputFiles(file);
  await page.getByRole("button", { name: "Einlesen" }).click();
}

const processes = () => page.locator("[data-process]");
/** The only table that is unfolded. */
const table = () => page.locator("[data-process] details[open] tbody");

await check("a records manager logs in", async () => {
  await page.goto("/faellig");
  await logIn("m.akte");
});

await check("chosen folders of the due list are offered; the one with a hold stays, and the page says why", async () => {
  await page.goto("/faellig");
  await page.locator("tbody tr").first().waitFor();
  await page.getByLabel("Alle gezeigten auswählen").check();
  await page.getByLabel("Akte 1/5 auswählen").uncheck();
  await page.getByText("4 Akten ausgewählt").waitFor();
  await page.getByRole("button", { name: "Ausgewählte dem Archiv anbieten" }).click();
  await page.getByText("3 Akten sind angeboten.").first().waitFor();
  await reads(page.locator(".kern-alert--warning"), /1 Akte wurde nicht angeboten[^]*1\/4: Löschsperre/);
  await picture("faellig-angeboten");
  await page.getByRole("link", { name: "Zur Anbietung" }).click();
  await page.waitForURL(/anbietungen\?vorgang=/);
  await processes().getByText("wartet auf Bewertung", { exact: true }).waitFor();
  await table().locator("tr").nth(2).waitFor();
  await picture("anbietungen-wartet");
});

await check("the archive's appraisal is read, and each folder tells what was decided", async () => {
  const offer = await download(processes().first(), "0501");
  await answer("0502", offer, "1/1=A", "1/2=A", "1/3=V");
  await page.getByText("Die Nachricht 0502 (Bewertungsverzeichnis) ist eingetragen.").first().waitFor();
  await processes().getByText("bewertet", { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("[data-process] tbody tr").length === 3);
  await reads(table(), /1\/1[^]*A, archivwürdig[^]*noch abzugeben[^]*1\/3[^]*V, vernichten[^]*darf vernichtet werden/);
  await answer("0502", offer, "1/1=V", "1/2=V", "1/3=V");
  await page.locator(".kern-alert--danger").getByText("in diesem Vorgang schon angenommen").waitFor();
  await picture("anbietungen-bewertet");
});

await check("what is worth keeping is handed over; what the archive could not take says why and is handed over again", async () => {
  await page.getByRole("button", { name: "Mit A bewertete Akten abgeben (0503)" }).click();
  await page.getByText("Die Abgabe ist geschrieben.").first().waitFor();
  await processes().getByText("übergeben", { exact: true }).waitFor();
  const transfer = await download(processes().first(), "0503");
  await answer("0506", transfer, "1/1=Best. 7 Nr. 1", "1/2=!Prüfsumme falsch");
  await processes().getByText("bestätigt, 1 Akte nicht übernommen").waitFor();
  await page.getByRole("heading", { name: "Noch abzugeben" }).waitFor();
  await page.waitForFunction(() => /Best\. 7 Nr\. 1/.test(document.querySelector("[data-process] tbody")?.textContent ?? ""));
  await reads(table(), /vom Archiv übernommen \(Best\. 7 Nr\. 1\)[^]*Übernahme gescheitert: Prüfsumme falsch/);
  await picture("anbietungen-gescheitert");
  await page.getByLabel("Akte 1/2 auswählen").check();
  await page.getByRole("button", { name: "Ausgewählte abgeben (0503)" }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-process]").length === 2);
  const again = await download(processes().first(), "0503");
  await answer("0506", again, "1/2=Best. 7 Nr. 2");
  await processes().getByText("bestätigt", { exact: true }).waitFor();
  await page.getByRole("heading", { name: "Noch abzugeben" }).waitFor({ state: "detached" });
});

await check("an offer without an answer is taken back with a reason, and its folder is due again", async () => {
  await page.goto("/faellig");
  await page.getByLabel("Akte 1/5 auswählen").check();
  await page.getByRole("button", { name: "Ausgewählte dem Archiv anbieten" }).click();
  await page.getByRole("link", { name: "Zur Anbietung" }).click();
  const offer = await download(processes().first(), "0501");
  await page.getByText("Anbietung zurücknehmen", { exact: true }).first().click();
  await page.getByLabel("Grund").fill("Archiv ist umgezogen");
  await page.keyboard.press("Enter");
  await page.getByText("zurückgenommen von m.akte").waitFor();
  await answer("0502", offer, "1/5=V");
  await page.locator(".kern-alert--danger").getByText("Diese Anbietung wurde zurückgenommen").waitFor();
  await picture("anbietungen-zurueckgenommen");
});

await check("a decision on paper is entered from the due list and waits to be handed over", async () => {
  await page.goto("/faellig");
  await page.getByLabel("Akte 1/5 auswählen").check();
  await page.getByRole("button", { name: "Entscheidung des Archivs auf Papier eintragen" }).click();
  await page.getByLabel("übernimmt (A)").check();
  await page.getByLabel("Aktenzeichen des Schreibens").fill("KA 41-12/26");
  await picture("entscheidung-auf-papier");
  await page.getByRole("button", { name: "Entscheidung auf Papier eintragen", exact: true }).click();
  await page.getByText("Die Entscheidung ist für 1 Akte eingetragen.").first().waitFor();
  await page.goto("/anbietungen");
  await page.getByText("Bewertung: KA 41-12/26").waitFor();
});

await check("the file plan is given to the archive to be appraised", async () => {
  await page.getByText("Aktenplan vom Archiv bewerten lassen").click();
  await page.getByRole("button", { name: "Nachricht 0511 schreiben" }).click();
  await page.getByText("Der Aktenplan ist geschrieben.").first().waitFor();
  await processes().getByRole("link", { name: /^0511/ }).waitFor();
});

const views = [["anbietungen", "/anbietungen"]];
const opened = await processes().nth(2).getAttribute("data-process");
views.push(["anbietung", `/anbietungen?vorgang=${opened}`]);
await lookAt(views);
await end();
