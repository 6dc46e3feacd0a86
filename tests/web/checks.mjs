import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findBarriers, openBrowser, overflow, settled } from "./browser.mjs";

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

/** What an administrator writes down for the person of a new account. */
export const given = "Zettel im Umschlag 4711";

export async function logIn(page, name, withPassword = password) {
  await page.getByLabel("Benutzername").fill(name);
  await page.getByLabel("Passwort").fill(withPassword);
  await page.keyboard.press("Enter");
  await page.locator(".account-menu").waitFor();
}

/** The first login of an account somebody else has made: nothing goes before an own password. */
export async function firstLogIn(page, name, look = async () => undefined) {
  await logIn(page, name, given);
  await page.getByRole("heading", { name: "Eigenes Passwort wählen" }).waitFor();
  assert.equal(await page.getByRole("navigation", { name: "Hauptnavigation" }).count(), 0, "nothing to go to before");
  await look();
  await page.getByLabel("Bisheriges Passwort").fill(given);
  await page.getByLabel("Neues Passwort").fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Hauptnavigation" }).waitFor();
}

export async function logOut(page) {
  await page.locator(".account-menu summary").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Abmelden" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Sie sind abgemeldet.").waitFor();
}

/** The standing looks of the page: names and what openPage takes. */
const looks = [
  ["hell", { width: 1280, height: 860 }],
  ["dunkel", { width: 1280, height: 860, colorScheme: "dark" }],
  ["schmal", { width: 390, height: 800 }],
  ["reflow", { width: 320, height: 640 }],
];

/** Calls `visit` with a page of each standing look, whose person is logged in as that of `page`. */
export async function inEveryLook(openPage, page, visit) {
  const storageState = await page.context().storageState();
  for (const [look, options] of looks) {
    const other = await openPage({ ...options, storageState });
    await visit(other, look);
    await other.context().close();
  }
}

/** Nothing on the page is a barrier by axe, and it is not wider than its window. */
export async function noBarrier(page) {
  assert.deepEqual((await findBarriers(page)).map(({ text }) => text), []);
  assert.ok((await overflow(page)) <= 0, "wider than the window");
}

/** A browser with one page whose person is logged in and out, and views that axe looks at in every look. */
export async function openChecks(base, pictures, name) {
  const { openPage, picture, complaints, close } = await openBrowser(base, pictures);
  const page = await openPage();
  const { check, end } = beginChecks(name, page, pictures);

  /** `views`: name and address of each. */
  async function lookAt(views) {
    await inEveryLook(openPage, page, async (other, look) => {
      for (const [view, address] of views) {
        await check(`${view}, ${look}: no barrier, nothing runs out of the window`, async () => {
          await other.goto(address);
          await other.locator("h1").first().waitFor();
          await settled(other);
          if (pictures) await other.screenshot({ path: join(pictures, `${view}-${look}.png`), fullPage: true });
          await noBarrier(other);
        });
      }
    });
  }

  async function finish() {
    // The browser itself reports what the service refused, and requests that are under way when a session ends.
    await check("the browser had nothing to complain about but what was refused", () =>
      assert.deepEqual(complaints.filter((text) => !/Failed to load resource: .*(409|403|401|net::ERR_)/.test(text)), []),
    );
    await close();
    end();
  }

  return {
    page,
    check,
    picture: (view) => picture(page, view),
    logIn: (account) => logIn(page, account),
    logOut: () => logOut(page),
    lookAt,
    end: finish,
  };
}
