// How a folder is ordered in a real browser: parts, paper, relations, drafts, moving, splitting, merging, and a move to
// an entry with a shorter rule through two accounts:
//   node structure.mjs BASE_URL _ [PICTURES_DIR]
// Expects what tests/end_to_end/plan_page_test.py makes. Prints one line per check and ends with 1 when one failed.
import assert from "node:assert/strict";
import { findBarriers, openBrowser, reads, settled } from "./browser.mjs";
import { beginChecks, inEveryLook, logIn, logOut, noBarrier } from "./checks.mjs";

const [base, , pictures] = process.argv.slice(2);
const { openPage, picture, complaints, close } = await openBrowser(base, pictures);
const page = await openPage();
const { check, end } = beginChecks("structure", page, pictures);
const first = "61.10.10-0001/2026";
const second = "61.10.10-0002/2026";

async function openFolder(text) {
  await page.goto(`/akten?q=${encodeURIComponent(text)}`);
  await page.locator("tbody a").first().click();
  await page.waitForURL(/\/akte\//);
  await page.locator("eakte-folder-structure").waitFor();
}

const said = (sentence) => page.locator(".kern-alert--success").getByText(sentence).waitFor();

await check("a clerk makes cases and a part, which get their numbers", async () => {
  await page.goto("/akten");
  await logIn(page, "s.arbeit");
  await openFolder("Anger");
  for (const title of ["Veranlagung", "Widerspruch"]) {
    await page.getByRole("button", { name: "Vorgang anlegen" }).click();
    await page.locator("#vorgang-title").fill(title);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: title }).waitFor();
  }
  await page.getByRole("heading", { name: `${first}/2 Widerspruch` }).waitFor();
  await page.getByRole("button", { name: "Vorgang anlegen" }).click();
  await page.locator("#vorgang-title").fill("Nachtrag");
  await page.keyboard.press("Enter");
  await page.getByText(`${first}/3 zusammenführen oder teilen`).click();
  await picture(page, "vorgang-zusammenfuehren");
  const changes = page.locator("eakte-case-changes details[open]");
  await changes.getByLabel("Aufnehmender Vorgang").selectOption({ label: `${first}/2 Widerspruch` });
  await changes.getByRole("button", { name: "Zusammenführen" }).click();
  await said("Die Vorgänge sind zusammengeführt.");
  await page.getByRole("button", { name: "Teilakte anlegen" }).click();
  await page.locator("#teilakte-title").fill("Band 2");
  await page.keyboard.press("Enter");
  await said("Die Teilakte ist angelegt.");
  await page.getByRole("link", { name: `${first}-1 Band 2` }).click();
  await page.getByText("Teil von").waitFor();
  await page.getByRole("link", { name: new RegExp(`^${first} Hundesteuer`) }).click();
});

await check("where the paper is, is written down; a paper folder without a place is refused", async () => {
  await page.getByRole("button", { name: "Wo die Akte liegt: Ändern" }).click();
  await page.locator("#ort-medium").selectOption("hybrid");
  const told = page.waitForEvent("console", (message) => message.text().includes("409"));
  await page.getByRole("button", { name: "Speichern" }).click();
  await told;
  await page.getByText("bitte angeben, wo das Papier liegt").waitFor();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("409")));
  await page.getByRole("button", { name: "Wo die Akte liegt: Ändern" }).click();
  await page.locator("#ort-medium").selectOption("hybrid");
  await page.locator("#ort-place").fill("Altregistratur, Regal 12");
  await page.getByRole("button", { name: "Speichern" }).click();
  await said("Der Ort ist eingetragen.");
  await page.getByText("Altregistratur, Regal 12").waitFor();
});

await check("folders are related by reference; one that is not there is told", async () => {
  await page.getByRole("button", { name: "Beziehung eintragen" }).click();
  await page.locator("#beziehung-reference").fill("99/99");
  await page.keyboard.press("Enter");
  await page.getByText("Es gibt keine Akte mit dem Aktenzeichen 99/99.").waitFor();
  await page.getByRole("button", { name: "Beziehung eintragen" }).click();
  await page.locator("#beziehung-reference").fill(second);
  await page.keyboard.press("Enter");
  await said("Die Beziehung ist eingetragen.");
  await page.getByText("folgt auf").first().waitFor();
});

await check("a case is moved to another folder, another one is split off", async () => {
  await page.getByRole("button", { name: `Vorgang ${first}/2 in eine andere Akte verschieben` }).click();
  await page.locator("[id^=verschieben-]").fill(second);
  await page.keyboard.press("Enter");
  await said("Der Vorgang ist verschoben.");
  await page.getByRole("button", { name: "Teile in eine neue Akte abtrennen" }).click();
  await page.locator("#abtrennen-title").fill("Abgetrennte Veranlagung");
  await page.getByLabel(`${first}/1 Veranlagung`).check();
  await page.getByRole("button", { name: "Abtrennen", exact: true }).click();
  await said("Die neue Akte ist angelegt.");
  await page.getByText("abgetrennt wurde").waitFor();
  await picture(page, "akte-geordnet");
});

await check("two folders are merged", async () => {
  await openFolder("Abgetrennte");
  await page.getByRole("button", { name: "Mit einer anderen Akte zusammenführen" }).click();
  await page.locator("#zusammen-reference").fill(second);
  await page.getByRole("button", { name: "Zusammenführen", exact: true }).click();
  await said("Die Akten sind zusammengeführt.");
  await page.getByText("ist aufgegangen in").waitFor();
  assert.equal(await page.getByRole("button", { name: "Umgliedern" }).count(), 0, "that is for records managers");
  await logOut(page);
});

await check("a move to an entry with a shorter rule waits for a second person", async () => {
  await logIn(page, "e.erste");
  await openFolder("Markt");
  await page.getByRole("button", { name: "Umgliedern" }).click();
  await page.locator("#plan").click();
  await page.keyboard.type("61.10.30");
  await page.locator("#plan-list [role=option][aria-selected=true]").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#umgliedern-reason").fill("Es ist Hundesteuer");
  await page.locator("#umgliedern-reason").press("Enter");
  await said("Die Umgliederung ist eingetragen.");
  await page.getByText("Freigeben muss eine andere Person.").waitFor();
  await picture(page, "akte-umgliederung");
  await look("akte", new URL(page.url()).pathname);
  await logOut(page);
  await logIn(page, "z.zweit");
  await openFolder("Markt");
  await page.locator("[data-refiling]").getByLabel("Grund").fill("richtig so");
  await page.getByRole("button", { name: "Freigeben" }).click();
  await said("Die Akte ist umgegliedert.");
  await reads(page.locator(".retention"), /61\.10\.30 Hundesteuer/);
});

/** Gives the document of the test another entry, as a person who corrects it does. */
async function fileUnder(number) {
  await page.goto("/?q=typ%3ARechnung");
  await page.locator("a[href^='/dokument/']").first().click();
  await page.getByRole("button", { name: "Angaben berichtigen" }).click();
  await page.locator("#plan").click();
  await page.keyboard.type(number);
  await page.locator("#plan-list [role=option][aria-selected=true]").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Bestätigen" }).click();
}

await check("a document somebody confirmed goes to a shorter rule only with a second person", async () => {
  await fileUnder("61.10.10");
  await said("Die Angaben sind bestätigt.");
  const told = page.waitForEvent("console", (message) => message.text().includes("409"));
  await fileUnder("61.10.30");
  await told;
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("409")));
  await page.getByText("eine zweite Person entscheidet").waitFor();
  await page.locator("#feld-reason").fill("Es ist Hundesteuer");
  await picture(page, "dokument-zweite-person");
  await page.getByRole("button", { name: "Zur Freigabe vorschlagen" }).click();
  await said("Die Umgliederung ist vorgeschlagen");
  await logOut(page);
  await logIn(page, "e.erste");
  await page.goto("/pruefen");
  await page.getByRole("heading", { name: "Umgliederungen, die auf Freigabe warten" }).waitFor();
  await page.getByText("von 61.10.10 nach 61.10.30: Es ist Hundesteuer").waitFor();
  await picture(page, "pruefen-umgliederung");
  assert.deepEqual((await findBarriers(page)).map(({ text }) => text), []);
  await page.locator("[data-refiling]").getByLabel("Grund").fill("stimmt");
  await page.getByRole("button", { name: "Freigeben" }).click();
  await page.locator("[data-refiling]").waitFor({ state: "detached" });
  await page.goto("/?q=typ%3ARechnung");
  await page.locator("a[href^='/dokument/']").first().click();
  await page.getByText("61.10.30 Hundesteuer").first().waitFor();
});

async function look(view, address) {
  await inEveryLook(openPage, page, async (other, name) => {
    await other.goto(address);
    await other.locator("eakte-folder-structure").waitFor();
    await settled(other);
    if (pictures) await other.screenshot({ path: `${pictures}/${view}-geordnet-${name}.png`, fullPage: true });
    await noBarrier(other);
  });
}

await check("the browser had nothing to complain about", () =>
  assert.deepEqual(complaints.filter((text) => !/Failed to load resource: .*(401|net::ERR_)/.test(text)), []),
);

await close();
end();
