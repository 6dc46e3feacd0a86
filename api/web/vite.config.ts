import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/**
 * Moves pictures that a style sheet holds as data: addresses into files of their own, so that the page
 * works under `img-src 'self'`.
 */
function picturesToFiles(): Plugin {
  return {
    name: "pictures-to-files",
    apply: "build",
    generateBundle(_options, bundle) {
      const written = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        file.source = String(file.source).replace(/url\("data:image\/svg\+xml,([^"]*)"\)/g, (_match, encoded: string) => {
          const source = decodeURIComponent(encoded);
          const name = `picture-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.svg`;
          if (!written.has(name)) this.emitFile({ type: "asset", fileName: `assets/${name}`, source });
          written.add(name);
          return `url("./${name}")`;
        });
      }
    },
  };
}

/** The licences of what the page ships, in a file beside it. */
function licenceTexts(): Plugin {
  const shipped = ["@kern-ux/native", "@lit/reactive-element", "lit", "lit-element", "lit-html"];
  return {
    name: "licence-texts",
    apply: "build",
    generateBundle() {
      const texts = shipped.map((name) => {
        const directory = new URL(`node_modules/${name}/`, import.meta.url);
        const file = readdirSync(directory).find((entry) => /^LICEN[CS]E/i.test(entry));
        if (!file) throw new Error(`no licence in ${directory.pathname}`);
        return `${name}\n\n${readFileSync(new URL(file, directory), "utf8").trim()}\n`;
      });
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join(`\n${"-".repeat(80)}\n\n`) });
    },
  };
}

export default defineConfig({
  plugins: [picturesToFiles(), licenceTexts()],
  build: {
    target: ["chrome109", "firefox115", "safari16.4"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": process.env["EAKTE_SERVER"] ?? "http://127.0.0.1:8080" } },
});
