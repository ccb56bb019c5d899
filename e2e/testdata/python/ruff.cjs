// Formats and lints Python files: node ruff.cjs RUFF FILE...
// Prints the first difference and all findings of each file.

const { readFileSync } = require("node:fs");

const [, , ruff, ...files] = process.argv;
const { PositionEncoding, Workspace } = require(ruff);

const lint = { select: ["E4", "E7", "E9", "F"] }; // the rules of ruff without a configuration
const settings = { "target-version": "py39", "line-length": 88, lint };
const workspace = new Workspace(settings, PositionEncoding.Utf16);
for (const file of files) {
  const source = readFileSync(file, "utf8");
  const formatted = workspace.format(source).split("\n");
  const lines = source.split("\n");
  const i = lines.findIndex((line, i) => line !== formatted[i]);
  if (i >= 0) console.log(`${file}:${i + 1}: ruff format: ${formatted[i]}`);
  for (const { code, message, start_location: at } of workspace.check(source))
    console.log(`${file}:${at.row}:${at.column}: ${code} ${message}`);
}
