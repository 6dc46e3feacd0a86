import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a page may take for a step: not a bound on how slow a machine may be, only an end for a page that hangs. */
const patience = 120_000;

/** What each page has asked the service for and not yet been answered; the stream of events never ends. */
const underWay = new WeakMap();

function watchRequests(page) {
  const requests = new Set();
  underWay.set(page, requests);
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") requests.add(request);
  });
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => requests.delete(request));
}

/** Waits until the page has shown what it asked for: nothing is under way, nor begun while the page was painted. */
export async function settled(page) {
  const requests = underWay.get(page);
  const end = Date.now() + patience;
  for (let quiet = 0; quiet < 2; quiet = requests.size === 0 ? quiet + 1 : 0) {
    assert.ok(Date.now() < end, `the page still waits for ${[...requests].map((one) => one.url()).join(", ")}`);
    await page.evaluate(
      () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted)))),
    );
  }
}

/** Waits until what is shown there, as a person reads it, matches. */
export async function reads(locator, pattern) {
  const end = Date.now() + patience;
  let shown = await locator.innerText();
  while (!pattern.test(shown) && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 50));
    shown = await locator.innerText();
  }
  assert.match(shown, pattern);
}

/** A browser with a fresh profile, and everything it complains about. */
export async function openBrowser(base, pictures) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: flags,
  });
  const complaints = [];

  async function openPage({ width = 1280, height = 860, colorScheme = "light", storageState } = {}) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width, height },
      colorScheme,
      locale: "de-DE",
      reducedMotion: "reduce",
      ...(storageState ? { storageState } : {}),
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    watchRequests(page);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
      );
    });
    return page;
  }

  const picture = (page, name) => (pictures ? page.screenshot({ path: join(pictures, `${name}.png`) }) : undefined);

  return { openPage, picture, complaints, close: () => browser.close() };
}

/** What axe finds on the page by WCAG 2.2 AA and good practice. */
export async function findBarriers(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  return violations.map(({ id, impact, nodes }) => ({
    serious: impact === "serious" || impact === "critical",
    text: `${impact} ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  }));
}

/** How many CSS pixels the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
