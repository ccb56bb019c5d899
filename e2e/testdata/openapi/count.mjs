// Prints the error codes of an OpenAPI file, one a line: node count.mjs MODULES FILE
// It follows every reference, and looks for keys named code or errorCode in the error responses
// of operations, and in the components that describe errors. A file without any has the HTTP
// statuses of its error responses.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);
const { parse } = await import(pathToFileURL(`${modules}/yaml/dist/index.js`));
const root = parse(readFileSync(file, "utf8"));
const target = (ref) => ref.slice(2).split("/").reduce((v, k) => v[decodeURIComponent(k).replaceAll("~1", "/").replaceAll("~0", "~")], root);
const codes = new Set();
const statuses = new Set();
const add = (v) => {
  if (typeof v === "string" || typeof v === "number") codes.add(String(v));
};
const visit = (v, seen) => {
  if (!v || typeof v !== "object" || seen.includes(v)) return;
  seen = [...seen, v];
  if (typeof v.$ref === "string") return visit(target(v.$ref), seen);
  for (const [key, inner] of Object.entries(v)) {
    if (/^(error_?)?code$/i.test(key)) {
      const schema = inner?.$ref ? target(inner.$ref) : inner;
      if (schema && typeof schema === "object") [schema.const, schema.example, ...(schema.enum ?? [])].forEach(add);
      else add(inner);
    }
    if (key !== "additionalProperties") visit(inner, seen); // keys that are not fixed: import reports them
  }
};
const operations = Object.values(root.paths).flatMap((path) => Object.entries(path).filter(([k]) => /^(get|put|post|delete|patch|head|options)$/.test(k)).map(([, op]) => op));
for (const operation of operations)
  for (const [status, response] of Object.entries(operation.responses ?? {}))
    if (/^[45]|default/.test(status)) {
      if (/^[45]\d\d$/.test(status)) statuses.add(status);
      visit(response, []);
    }
const listed = [...codes].filter((c) => !/^[45]\d\d$/.test(c) && !/^\d$/.test(c) && !c.includes(" "));
console.log((listed.length ? listed : [...statuses]).sort().join("\n"));
