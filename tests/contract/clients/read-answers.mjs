// Reads every answer with the zod schemas that hey-api and orval have made, and prints what fails.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as heyApi from "./hey-api/zod.gen.ts";
import * as orval from "./orval/zod.ts";

const capital = (name) => name[0].toUpperCase() + name.slice(1);
const schemas = {
  "hey-api": (name) => heyApi[`z${capital(name)}Response`],
  // orval knows no lines of JSON: pages of the export are those of getPage.
  orval: (name) => orval[`${capital(name === "exportPages" ? "getPage" : name)}Response`],
};

const failures = [];
let read = 0;
for (const { operation, data } of JSON.parse(readFileSync("answers.json", "utf8"))) {
  for (const [client, schemaOf] of Object.entries(schemas)) {
    if (client === "orval" && data.kind === "end") continue;
    const result = schemaOf(operation).safeParse(data);
    read += 1;
    if (!result.success) failures.push([client, operation, result.error.issues.slice(0, 3)]);
    // A field that the schema does not know is dropped.
    else if (!isDeepStrictEqual(result.data, data)) failures.push([client, operation, "differs"]);
  }
}
console.log(JSON.stringify({ read, failures: failures.slice(0, 20) }));
