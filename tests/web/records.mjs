// Accounts, folders, due list, holds and destruction in a real browser against a running service:
//   node records.mjs BASE_URL [PICTURES_DIR]
// Expects a tenant without accounts and the folders of tests/end_to_end/records_page_test.py. Prints one line per
// check and ends with 1 when one failed.
import assert from "node:assert/strict";
import { findBarriers, openBrowser, reads, settled } from "./browser.mjs";
import { beginChecks, firstLogIn, given, inEveryLook, logIn, logOut, noBarrier, password } from "./checks.mjs";

const [base, pictures] = process.argv.slice(2);
const { openPage, picture, complaints, close } = await openBrowser(base, pictures);
const page = await openPage();
const { check, end } = beginChecks("records", page, pictures);

/** A year in which every folder is due that was closed until today. */
const later = new Date().getFullYear() + 11;

async function addAccount(name, person, roles) {
  await page.getByLabel("Name der Person").fill(person);
  await page.getByLabel("Benutzername").fill(name);
  for (const role of ["Sachbearbeitung", "Schriftgutverwaltung", "Revision", "Systemverwaltung"]) {
    await page.locator(".record-form .choice", { hasText: role }).locator("input").setChecked(roles.includes(role));
  }
  await page.locator("#konto-password").fill(name === "a.amt" ? password : given);
  await page.getByRole("button", { name: "Konto anlegen" }).click();
}

await check("without accounts the page says that it is open, and leads to the first account", async () => {
  await page.goto("/");
  await page.getByText("Ohne Benutzerkonten").waitFor();
  await page.getByRole("link", { name: "Konten anlegen" }).click();
  await page.getByText("Noch gibt es keine Konten").waitFor();
  await addAccount("a.amt", "Anna Amt", ["Systemverwaltung"]);
  await page.getByRole("heading", { name: "Anmelden" }).waitFor();
  assert.equal(await page.getByRole("navigation", { name: "Hauptnavigation" }).count(), 0, "nothing to go to before the login");
  await picture(page, "anmelden");
});

await check("a wrong password is refused in German; the right one shows the account", async () => {
  const before = complaints.length;
  await page.getByLabel("Benutzername").fill("a.amt");
  await page.getByLabel("Passwort").fill("ganz falsches Wort");
  const told = page.waitForEvent("console", (message) => message.text().includes("401"));
  await page.keyboard.press("Enter");
  await told;
  await page.locator(".kern-alert--danger").getByText("Benutzername oder Passwort stimmt nicht").waitFor();
  // The browser itself reports every answer of 401.
  complaints.splice(before, complaints.length, ...complaints.slice(before).filter((text) => !text.includes("401")));
  await logIn(page, "a.amt");
});

await check("an administrator makes accounts and sees no content", async () => {
  await page.getByRole("navigation").getByRole("link", { name: "Konten" }).click();
  await addAccount("m.akte", "Mia Akte", ["Sachbearbeitung", "Schriftgutverwaltung"]);
  await page.getByText("Das Konto m.akte ist angelegt.").first().waitFor();
  await addAccount("z.zweit", "Zoe Zweit", ["Schriftgutverwaltung"]);
  await page.getByText("Das Konto z.zweit ist angelegt.").first().waitFor();
  await addAccount("r.pruef", "Rita Prüf", ["Revision"]);
  await page.getByText("Das Konto r.pruef ist angelegt.").first().waitFor();
  await picture(page, "konten");
  assert.deepEqual(await findBarriers(page), []);
  await page.goto("/akten");
  await page.getByText("hat keinen Zugang zu Inhalten").waitFor();
  assert.equal(await page.locator("nav").getByRole("link", { name: "Suche" }).count(), 0);
  await logOut(page);
});

await check("a folder is found by its title, closed, and says how long it is kept and why", async () => {
  await firstLogIn(page, "m.akte", async () => {
    await picture(page, "eigenes-passwort");
    assert.deepEqual(await findBarriers(page), []);
  });
  await page.goto("/akten");
  await page.getByLabel("Aktenzeichen oder Betreff").fill("Kehrwoche");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=Kehrwoche/);
  await page.locator("tbody tr").first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.locator("tbody a").click();
  await page.getByRole("heading", { name: /Kehrwoche/ }).waitFor();
  await page.getByRole("button", { name: "Vorgang anlegen" }).click();
  await page.getByLabel("Geschäftszeichen").fill("61.10.30/77-1");
  await page.getByLabel("Betreff").fill("Veranlagung");
  await page.keyboard.press("Enter");
  await page.getByText("61.10.30/77-1 Veranlagung").waitFor();
  await page.getByRole("button", { name: "Akte schließen" }).click();
  const told = page.waitForEvent("console", (message) => message.text().includes("409"));
  await page.getByRole("button", { name: "Akte schließen" }).click();
  await told;
  await page.locator(".kern-alert--danger").getByText("noch ein Vorgang offen").waitFor();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("409")));
  await page.getByRole("button", { name: "Abbrechen" }).click();
  await page.getByRole("button", { name: "Schließen: 61.10.30/77-1" }).click();
  await page.getByText("Gespeichert.").first().waitFor();
  await page.getByRole("button", { name: "Akte schließen" }).click();
  await page.getByRole("button", { name: "Akte schließen" }).click();
  await page.getByText("Die Akte ist geschlossen.").first().waitFor();
  await reads(page.locator(".retention"), /Aufzubewahren bis \d\d\.\d\d\.\d{4}/);
  await picture(page, "akte");
  const package_ = page.waitForEvent("download");
  await page.getByRole("link", { name: "Als Archivpaket ausgeben" }).click();
  assert.match((await package_).suggestedFilename(), /^eakte-.*\.zip$/);
  await page.getByRole("button", { name: "Akte wieder öffnen" }).click();
  await page.getByText("Die Akte ist wieder offen.").first().waitFor();
});

await check("a new folder is made at its place in the file plan by keyboard", async () => {
  await page.goto("/akten");
  await page.getByRole("button", { name: "Akte anlegen" }).click();
  await page.locator("#plan").waitFor();
  await page.keyboard.type("61.10.30");
  await page.locator("#plan-list [role=option][aria-selected=true]").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#akte-reference").fill("61.10.30/88");
  await page.locator("#akte-title").fill("Hundesteuer 88");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/akte\//);
  await page.getByRole("heading", { name: "61.10.30/88 Hundesteuer 88" }).waitFor();
});

await check("the due list shows what is due on a day, by year as a plot, and takes a hold on several", async () => {
  await page.goto(`/faellig?stichtag=${later}-01-01`);
  await page.locator("tbody tr").first().waitFor();
  const count = await page.locator(".record-table:not(.numbers) tbody tr").count();
  assert.equal(count, 3);
  await page.locator(".due-plot rect").nth(1).waitFor();
  await page.getByLabel("Akte 61.10.30/1 auswählen").check();
  await page.getByLabel("Akte 61.10.30/2 auswählen").check();
  await page.getByText("2 Akten ausgewählt").waitFor();
  await page.getByRole("button", { name: "Löschsperre auf die ausgewählten setzen" }).click();
  await page.getByLabel("Grund").fill("Klageverfahren 4 K 12/26");
  await page.getByLabel("Wer entscheidet").fill("Rechtsamt");
  await page.getByLabel("Zu prüfen am").fill(`${later}-06-30`);
  await page.getByRole("button", { name: "Löschsperre setzen" }).click();
  await page.getByText("2 Löschsperren sind gesetzt.").first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tbody .kern-badge--warning").length === 2);
  await picture(page, "faellig");
  await page.locator("#faellig-year").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Anzeigen" }).click();
  await page.waitForURL(/jahr=\d{4}/);
});

await check("holds to be reviewed are listed, and one is lifted", async () => {
  await page.goto(`/loeschsperren?bis=${later}-12-31`);
  await page.waitForFunction(() => document.querySelectorAll("[data-hold]").length === 2);
  await picture(page, "loeschsperren");
  const first = page.locator("[data-hold]").first();
  await first.locator("summary").click();
  await first.getByLabel("Warum sie nicht mehr nötig ist").fill("Urteil rechtskräftig");
  await page.keyboard.press("Enter");
  await page.getByText("Die Löschsperre ist aufgehoben.").first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll("[data-hold]").length === 1);
});

await check("one person proposes a destruction, is not offered to approve it, and hears why others are refused", async () => {
  await page.goto("/vernichtung");
  await page.getByText("Es ist nichts zur Vernichtung vorgeschlagen.").waitFor();
  await page.getByLabel("Nummer des Schreibens").fill("LHA-2026-17");
  await page.getByLabel("Vom").fill("2020-01-01");
  await page.getByLabel("Gültig bis").fill("2099-12-31");
  await page.getByLabel("Kennzeichen im Aktenplan").fill("61");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "LHA-2026-17" }).waitFor();
  await page.goto(`/faellig?stichtag=${later}-01-01`);
  await page.getByLabel("Akte 61.10.30/1 auswählen").check();
  await page.getByLabel("Akte 61.10.30/3 auswählen").check();
  await page.getByRole("button", { name: "Vernichtung der ausgewählten vorschlagen" }).click();
  await page.getByText("1 Akte ist zur Vernichtung vorgeschlagen").first().waitFor();
  await reads(page.locator(".kern-alert--warning"), /61\.10\.30\/3: .+/);
  await picture(page, "faellig-vorgeschlagen");
  await page.getByRole("link", { name: "Zu den Vernichtungen" }).click();
  await page.getByText("Freigeben muss eine andere Person.").first().waitFor();
  assert.equal(await page.getByRole("button", { name: /freigeben/i }).count(), 0);
  await logOut(page);
});

await check("a second person approves, and takes it back while it waits", async () => {
  await firstLogIn(page, "z.zweit");
  await page.goto("/vernichtung");
  await page.getByRole("button", { name: "Vernichtung von 61.10.30/1 freigeben" }).click();
  await page.getByText("Die Vernichtung von 61.10.30/1 ist freigegeben.").first().waitFor();
  await page.getByText("wird frühestens am").waitFor();
  await picture(page, "vernichtung");
  await page.locator("[data-destruction] summary").click();
  await page.locator("[data-destruction]").getByLabel("Grund").fill("Anfrage der Presse");
  await page.keyboard.press("Enter");
  await page.getByText("zurückgenommen von z.zweit: Anfrage der Presse").waitFor();
  await logOut(page);
  await logIn(page, "m.akte");
});

const views = [
  ["vernichtung", "/vernichtung"],
  ["akten", "/akten"],
  ["faellig", `/faellig?stichtag=${later}-01-01`],
  ["loeschsperren", `/loeschsperren?bis=${later}-12-31`],
  ["konten", "/konten"],
  ["nachweise", "/nachweise"],
];
await page.goto("/akten?q=61.10.30/1");
await page.locator("tbody a").first().waitFor();
views.push(["akte", await page.locator("tbody a").first().getAttribute("href")]);
await inEveryLook(openPage, page, async (other, look) => {
  for (const [view, address] of views) {
    await check(`${view}, ${look}: no barrier, nothing runs out of the window`, async () => {
      await other.goto(address);
      await other.locator("h1").first().waitFor();
      await settled(other);
      if (view === "konten") await other.locator(".account-menu summary").click();
      await picture(other, `${view}-${look}`);
      await noBarrier(other);
    });
  }
});

await check("an auditor reads and is offered nothing that changes", async () => {
  await logOut(page);
  await firstLogIn(page, "r.pruef");
  await page.goto(`/faellig?stichtag=${later}-01-01`);
  await page.locator("tbody tr").first().waitFor();
  assert.equal(await page.locator("input[type=checkbox]").count(), 0);
  await page.locator("tbody a").first().click();
  await page.locator(".retention").waitFor();
  assert.equal(await page.getByRole("button", { name: /schließen|öffnen|setzen|anlegen/ }).count(), 0);
});

await check("an auditor finds what is proven, what was read, and who did what; and takes the head away", async () => {
  await page.getByRole("navigation").getByRole("link", { name: "Nachweise" }).click();
  await page.getByRole("heading", { name: "Beweise der Tage" }).waitFor();
  await page.locator(".evidence-days tbody tr").first().waitFor();
  await page.getByRole("button", { name: "Alle Beweise jetzt prüfen" }).click();
  await page.getByText(/Geprüft am .*: alle Beweise halten/).waitFor();
  await page.getByText("Es ist keine beschädigte Datei bekannt").waitFor();
  await page.getByLabel("Handlung").fill("hold");
  await page.getByLabel("Person oder Stelle").fill("m.akte");
  await page.keyboard.press("Enter");
  await page.locator(".audit-trail tbody tr").first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll(".audit-trail tbody tr")].every((row) => /m\.akte.*hold\./s.test(row.textContent)));
  await picture(page, "nachweise-revision");
  await page.getByLabel("Handlung").fill("gibt.es.nicht");
  await page.keyboard.press("Enter");
  await page.getByText("Es gibt keine solchen Einträge").waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Stand des Protokolls ausgeben" }).click();
  assert.match((await saved).suggestedFilename(), /^protokoll-.*\.p7m$/);
});

await check("the browser had nothing to complain about: no error, no violation of the security policy", () =>
  // A request or event stream that is under way when its session ends is reported by the browser itself.
  assert.deepEqual(complaints.filter((text) => !/Failed to load resource: .*(401|net::ERR_)/.test(text)), []),
);

await close();
end();
