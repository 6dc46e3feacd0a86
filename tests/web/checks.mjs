import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const password = "Wolke Treppe Ahorn";

/** Prints one line per check, takes a picture of one that failed; `end` ends the program with 1 when one did. */
export function beginChecks(name, page, pictures) {
  if (pictures) mkdirSync(pictures, { recursive: true });
  let failed = 0;

  async function check(sentence, run) {
    try {
      await run();
      console.log(`ok - ${sentence}`);
    } catch (problem) {
      failed += 1;
      console.log(`not ok - ${sentence}\n  ${String(problem.stack ?? problem).replace(/\n/g, "\n  ")}`);
      if (pictures) await page.screenshot({ path: join(pictures, `failed-${name}-${failed}.png`) }).catch(() => undefined);
    }
  }

  function end() {
    console.log(failed === 0 ? "all checks passed" : `${failed} failed`);
    process.exit(failed === 0 ? 0 : 1);
  }

  return { check, end };
}

export async function logIn(page, name) {
  await page.getByLabel("Benutzername").fill(name);
  await page.getByLabel("Passwort").fill(password);
  await page.keyboard.press("Enter");
  await page.locator(".account-menu").waitFor();
}

export async function logOut(page) {
  await page.locator(".account-menu summary").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Abmelden" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Sie sind abgemeldet.").waitFor();
}

/** The standing looks of the page: names and what openPage takes. */
export const looks = [
  ["hell", { width: 1280, height: 860 }],
  ["dunkel", { width: 1280, height: 860, colorScheme: "dark" }],
  ["schmal", { width: 390, height: 800 }],
  ["reflow", { width: 320, height: 640 }],
];
