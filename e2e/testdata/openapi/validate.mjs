// Validates OpenAPI files: node validate.mjs MODULES FILE...
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { Validator } = await import(pathToFileURL(`${modules}/@seriousme/openapi-schema-validator/index.js`));
let failed = false;
for (const file of files) {
  const result = await new Validator().validate(file);
  if (!result.valid) {
    failed = true;
    console.log(file, JSON.stringify(result.errors).slice(0, 2000));
  }
}
process.exit(failed ? 1 : 0);
