// The file plan in a real browser against a running service: looked through, edited, previewed, proposed by one
// person and released by another:
//   node plan.mjs BASE_URL FILE_PLAN [PICTURES_DIR]
// Expects the accounts and folders of tests/end_to_end/plan_page_test.py; FILE_PLAN is the plan as a file with one
// longer rule. Prints one line per check and ends with 1 when one failed.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { findBarriers, openBrowser, reads, settled } from "./browser.mjs";
import { beginChecks, inEveryLook, logIn, logOut, noBarrier } from "./checks.mjs";

const [base, planFile, pictures] = process.argv.slice(2);
const { openPage, picture, complaints, close } = await openBrowser(base, pictures);
const page = await openPage();
const { check, end } = beginChecks("plan", page, pictures);
const views = [];

/** Opens the groups on the way to an entry and chooses it. */
async function choose(number) {
  await page.locator(".plan-tree").waitFor();
  const parts = number.split(".");
  for (let depth = 1; depth < parts.length; depth += 1) {
    const group = parts.slice(0, depth).join(".");
    const toggle = page.getByRole("button", { name: `Einträge unter ${group} zeigen`, exact: true });
    if ((await toggle.count()) === 1 && (await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  }
  await page.locator(`.plan-tree a`, { hasText: new RegExp(`^\\s*${number.replaceAll(".", "\\.")}\\s`) }).click();
  await page.waitForURL((url) => url.searchParams.get("eintrag") === number);
  await page.locator(".plan-entry h2", { hasText: number }).waitFor();
}

await check("the plan is a tree that is searched by word, with what an entry inherits", async () => {
  await page.goto("/aktenplan");
  await logIn(page, "e.erste");
  await page.goto("/aktenplan");
  await page.locator(".plan-tree").waitFor();
  const top = await page.locator(".plan-tree a").count();
  await page.getByLabel("Nummer oder Wort").fill("Hundesteuer");
  await page.waitForFunction((before) => document.querySelectorAll(".plan-tree a").length !== before, top);
  await reads(page.locator(".plan-tree"), /61\.10\.30\s+Hundesteuer/);
  await page.getByLabel("Nummer oder Wort").fill("");
  await choose("61.10.30");
  for (const fact of [/8 Jahre/, /vernichten/, /wie 61/]) await reads(page.locator(".plan-facts"), fact);
  await picture(page, "plan-eintrag");
});

await check("a shorter rule and another title go into the draft, nothing counts yet", async () => {
  await page.getByRole("button", { name: "Eintrag ändern" }).click();
  await page.getByLabel("Dauer").fill("2");
  await page.getByLabel("Rechtsgrundlage").fill("Satzung § 4");
  await page.getByLabel("Zugriff").fill("Steueramt, Kasse");
  await picture(page, "plan-formular");
  assert.deepEqual((await findBarriers(page)).map(({ text }) => text), []);
  await page.getByRole("button", { name: "In den Entwurf übernehmen" }).click();
  await page.getByText("1 Änderung im Entwurf").waitFor();
  await reads(page.locator(".plan-facts"), /Steueramt, Kasse/);
});

await check("a new entry is made below a group, one with a used number is not", async () => {
  await choose("61");
  await page.getByRole("button", { name: "Eintrag darunter anlegen" }).click();
  await page.getByLabel("Kennzeichen").fill("61.10.30");
  await page.getByLabel("Titel").fill("Katzensteuer");
  await page.getByRole("button", { name: "In den Entwurf übernehmen" }).click();
  await page.getByText("ist oder war schon vergeben").waitFor();
  await page.getByLabel("Kennzeichen").fill("61.10.99");
  await page.getByLabel("Dokumentarten").fill("Anmeldung\nBescheid");
  await page.getByRole("button", { name: "In den Entwurf übernehmen" }).click();
  await page.locator(".plan-entry h2", { hasText: "61.10.99 Katzensteuer" }).waitFor();
  await page.getByText("2 Änderungen im Entwurf").waitFor();
});

await check("an entry is closed in the draft, and the draft survives a reload", async () => {
  await choose("61.10.20");
  await page.getByRole("button", { name: "Eintrag schließen" }).click();
  await page.getByLabel("Letzter Tag").fill("2099-12-31");
  await page.getByRole("button", { name: "In den Entwurf übernehmen" }).click();
  await page.getByText("geschlossen zum 31.12.2099").first().waitFor();
  await page.reload();
  await page.getByText("3 Änderungen im Entwurf").waitFor();
  await picture(page, "plan-entwurf-im-baum");
});

await check("the preview tells what it does to the folders, one change is dropped, the rest proposed", async () => {
  await page.getByRole("link", { name: "Ansehen und vorschlagen" }).click();
  await page.getByText("muss eine zweite Person die Version freigeben").waitFor();
  await reads(page.locator(".plan-counts"), /Akten unter geänderten Einträgen\s+2/);
  await reads(page.locator(".plan-counts"), /davon sofort fällig\s+1/);
  await reads(page.locator("tbody"), /Hundesteuer 1[\s\S]*sofort fällig/);
  await picture(page, "plan-entwurf");
  await page.getByRole("button", { name: "Änderung an 61.10.20 verwerfen" }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-edit]").length === 2);
  await page.locator(".plan-counts").waitFor();
  views.push(["plan-entwurf", "/aktenplan/entwurf"]);
});

await check("the draft is looked at in every light and width", () => look());

await check("what shortens waits for a second person; the first is not offered to release it", async () => {
  await page.goto("/aktenplan/entwurf");
  await page.locator(".plan-counts").waitFor();
  await page.getByLabel("Bezeichnung der Version").fill("2026.B");
  await page.getByLabel("Warum der Aktenplan geändert wird").fill("Neue Satzung");
  await page.getByRole("button", { name: "Version vorschlagen" }).click();
  await page.waitForURL(/\/aktenplan\/vorschlag\//);
  await page.getByText("Freigeben muss eine andere Person").waitFor();
  assert.equal(await page.getByRole("button", { name: "Freigeben" }).count(), 0);
  await picture(page, "plan-vorschlag-eigener");
  await page.goto("/aktenplan");
  await page.locator(".plan-tree").waitFor();
  assert.equal(await page.getByText("im Entwurf").count(), 0, "the draft is gone once it is proposed");
  await logOut(page);
});

await check("the second person sees what it does, and releases it with a reason", async () => {
  await logIn(page, "z.zweit");
  await page.goto("/aktenplan/versionen");
  await page.locator("[data-proposal]").first().waitFor();
  await page.getByRole("link", { name: "2026.B" }).click();
  await page.locator(".plan-counts").waitFor();
  await picture(page, "plan-vorschlag");
  views.push(["plan-vorschlag", new URL(page.url()).pathname]);
  await page.getByLabel("Begründung der Entscheidung").fill("Satzung liegt vor");
  await page.getByRole("button", { name: "Freigeben" }).click();
  await page.getByText("Die Version ist freigegeben.").first().waitFor();
  await page.getByText("in Kraft").waitFor();
  await page.goto("/aktenplan?eintrag=61.10.30");
  await page.locator(".plan-facts").waitFor();
  await reads(page.locator(".plan-facts"), /2 Jahre[\s\S]*Satzung § 4/);
});

await check("two versions are compared, each goes out as a file", async () => {
  await page.goto("/aktenplan/versionen");
  await page.getByRole("button", { name: "Unterschiede zeigen" }).click();
  await page.getByText("Von 2026.1 zu 2026.B").waitFor();
  await page.getByText(/Frist kürzer/).waitFor();
  await picture(page, "plan-versionen");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV, Version 2026.1" }).click();
  assert.equal((await download).suggestedFilename(), "aktenplan-2026.1.csv");
  views.push(["plan-versionen", new URL(page.url()).pathname + new URL(page.url()).search]);
});

await check("a plan from a file is checked before it is proposed; a longer rule counts at once", async () => {
  await page.goto("/aktenplan/versionen");
  writeFileSync(`${planFile}.bad`, 'aktenplan: {bezeichnung: P, version: "9"}\neinheiten:\n- {kz: "11", titel: T, aktenbildend: true}\n');
  await page.locator("#plan-datei").setInputFiles(`${planFile}.bad`);
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.getByText("Zeile 3 (11)").waitFor();
  await page.locator("#plan-datei").setInputFiles(planFile);
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.getByText("gilt ohne zweite Person").waitFor();
  await picture(page, "plan-datei");
  await page.getByLabel("Warum der Aktenplan geändert wird").fill("Hinweis der Rechnungsprüfung");
  await page.getByRole("button", { name: "Version vorschlagen" }).click();
  await page.getByText("Die Version gilt.").waitFor();
});

await check("a proposal is rejected with its reason", async () => {
  await page.goto("/aktenplan?eintrag=61.10.30");
  await page.getByRole("button", { name: "Eintrag ändern" }).click();
  await page.getByLabel("Dauer").fill("1");
  await page.getByRole("button", { name: "In den Entwurf übernehmen" }).click();
  await page.getByRole("link", { name: "Ansehen und vorschlagen" }).click();
  await page.locator(".plan-counts").waitFor();
  await page.getByLabel("Bezeichnung der Version").fill("2026.D");
  await page.getByLabel("Warum der Aktenplan geändert wird").fill("Noch kürzer");
  await page.getByRole("button", { name: "Version vorschlagen" }).click();
  await page.waitForURL(/\/aktenplan\/vorschlag\//);
  await logOut(page);
  await logIn(page, "e.erste");
  await page.goto("/aktenplan/versionen");
  await page.getByRole("link", { name: "2026.D" }).click();
  await page.getByLabel("Begründung der Entscheidung").fill("Zu kurz für Widersprüche");
  await page.getByRole("button", { name: "Ablehnen" }).click();
  await page.getByText("Der Vorschlag ist abgelehnt.").first().waitFor();
  await page.getByText("Zu kurz für Widersprüche").waitFor();
});

views.push(["plan", "/aktenplan"], ["plan-eintrag", "/aktenplan?eintrag=12.20.10"]);

async function look() {
  await inEveryLook(openPage, page, async (other, name) => {
    for (const [view, address] of views) {
      await other.goto(address);
      await other.locator("h1").first().waitFor();
      await settled(other);
      await picture(other, `${view}-${name}`);
      await noBarrier(other);
    }
  });
}

await check("no barrier and nothing out of the window in every light and width", look);

await check("a clerk reads the plan and is offered nothing that changes it", async () => {
  await logOut(page);
  await logIn(page, "s.arbeit");
  await page.goto("/aktenplan?eintrag=61.10.30");
  await page.locator(".plan-facts").waitFor();
  assert.equal(await page.getByRole("button", { name: /ändern|anlegen|schließen/ }).count(), 0);
  await page.goto("/aktenplan/versionen");
  await page.locator("[data-version]").first().waitFor();
  assert.equal(await page.locator("#plan-datei").count(), 0);
});

await check("the browser had nothing to complain about", () =>
  assert.deepEqual(complaints.filter((text) => !/Failed to load resource: .*(401|net::ERR_)/.test(text)), []),
);

await close();
end();
