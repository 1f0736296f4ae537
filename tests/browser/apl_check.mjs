// Reads an APL document on standard input and prints what Amazon's checker has against it, as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { StaticAplTemplateValidator } = createRequire(import.meta.url)("apl-suggester/dist/src/index.js");
const found = await new StaticAplTemplateValidator().validate(JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(found));
process.exit(0);
