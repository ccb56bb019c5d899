// Writes the JavaScript of the TypeScript run time: node strip.mjs RUNTIME_DIR PRETTIER_DIR [OUT].
// Types are removed by Node.js (module.stripTypeScriptTypes), so the marks of features stay.

import { readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , runtime, prettierDir, out = join(runtime, "js")] = process.argv;
const { format } = await import(pathToFileURL(join(prettierDir, "index.mjs")).href);
mkdirSync(out, { recursive: true });
for (const name of readdirSync(runtime)) {
  if (!name.endsWith(".ts") || name === "standin.ts") continue;
  const imports = /^import [^;]*;(?: *\/\/.*)?\n/gm; // modules are one file, and types need none
  const source = readFileSync(join(runtime, name), "utf8").replace(imports, "");
  const lines = stripTypeScriptTypes(source).split("\n").map((line) => line.trimEnd());
  // A comment without its declaration describes nothing.
  const text = lines.join("\n").replace(/\/\*\*(?:[^*]|\*(?!\/))*\*\/\n(?=\s*\n)/g, "");
  writeFileSync(join(out, name.replace(/\.ts$/, ".js")), await format(text, { parser: "babel" }));
}
