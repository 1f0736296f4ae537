// Makes tests/schemas/*.schema.json, their SOURCES.toml and the licence; with --check only compares. See README.md.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { ADJUSTMENTS, adjust } from "./adjustments.mjs";
import { schemaFromSwagger } from "./from-swagger.mjs";
import { schemaFromTypes } from "./from-types.mjs";
import { print } from "./shape.mjs";

const TARGET = new URL("../../tests/schemas/", import.meta.url);
const MAX_BYTES = 600_000; // a schema is read at every test run and kept in the repository
const LICENCE_FILE = "LICENSE.ask-models";

const read = (packagePath) => readFileSync(new URL(`node_modules/${packagePath}`, import.meta.url));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const SCHEMAS = [
  { name: "request", package: "ask-sdk-model", input: "index.d.ts", root: "RequestEnvelope" },
  { name: "response", package: "ask-sdk-model", input: "index.d.ts", root: "ResponseEnvelope" },
  { name: "interaction_model", package: "ask-smapi-model", input: "spec.json", root: "v1.skill.interactionModel.InteractionModelData" },
  { name: "skill_manifest", package: "ask-smapi-model", input: "spec.json", root: "v1.skill.Manifest.SkillManifestEnvelope" },
];

function make({ name, package: packageName, input, root }) {
  const { version, license } = JSON.parse(read(`${packageName}/package.json`));
  const schema = input === "spec.json" ? schemaFromSwagger(JSON.parse(read(`${packageName}/${input}`)), root) : schemaFromTypes(root);
  schema.$comment =
    `Made by tools/schemas from npm ${packageName} ${version} (${license}), changed as SOURCES.toml lists; do not edit. ` +
    "Says nothing about SSML, lengths or the size of a whole response.";
  const text = print(adjust(schema, ADJUSTMENTS[name]));
  if (Buffer.byteLength(text) > MAX_BYTES) throw new Error(`${name}: larger than ${MAX_BYTES} bytes`);
  const lines = [
    `[${name}]`,
    `file = "${name}.schema.json"`,
    `sha256 = "${sha256(text)}"`,
    `package = "${packageName}"`,
    `version = "${version}"`,
    `licence = "${license}"`,
    `input = "${input}"`,
    `input_sha256 = "${sha256(read(`${packageName}/${input}`))}"`,
    `root = "${root}"`,
    "changes = [",
    ...ADJUSTMENTS[name].map(({ definition, change, why }) => `  ${literal(`${definition}: ${change}; ${why}`)},`),
    "]",
  ];
  return { file: `${name}.schema.json`, text, lines };
}

/** A TOML literal string: nothing in it is an escape. */
function literal(text) {
  if (/['\n]/.test(text)) throw new Error(`no quote or line end in: ${text}`);
  return `'${text}'`;
}

function files() {
  const schemas = SCHEMAS.map(make);
  const head = [
    "# Where the schemas beside this file come from. Made by tools/schemas (npm run generate); do not edit.",
    "# Both packages (ASK SMAPI MODEL and ASK SDK MODEL for Node.js): Copyright 2019 Amazon.com, Inc. or its affiliates,",
    "# Apache License 2.0 (LICENSE.ask-models); the schemas are a changed form of what they publish.",
    `generator = "ts-json-schema-generator ${JSON.parse(read("ts-json-schema-generator/package.json")).version}"`,
  ];
  const sources = [head, ...schemas.map(({ lines }) => lines)].map((block) => block.join("\n")).join("\n\n");
  return new Map([
    ...schemas.map(({ file, text }) => [file, text]),
    ["SOURCES.toml", `${sources}\n`],
    [LICENCE_FILE, read("ask-smapi-model/LICENSE").toString()],
  ]);
}

function differences(wanted) {
  const present = existsSync(TARGET) ? readdirSync(TARGET) : [];
  const content = (file) => (present.includes(file) ? readFileSync(new URL(file, TARGET), "utf8") : undefined);
  const stale = [...wanted].filter(([file, text]) => content(file) !== text).map(([file]) => file);
  const strangers = present.filter((file) => file.endsWith(".schema.json") && !wanted.has(file));
  return [...stale, ...strangers];
}

const wanted = files();
const different = differences(wanted);
if (!process.argv.includes("--check")) {
  mkdirSync(TARGET, { recursive: true });
  for (const [file, text] of wanted) writeFileSync(new URL(file, TARGET), text);
  console.log(`tests/schemas: ${wanted.size} files, changed: ${different.join(", ") || "none"}`);
} else if (different.length > 0) {
  console.error(`tests/schemas: not what tools/schemas makes: ${different.join(", ")}. Run: cd tools/schemas && npm run generate`);
  process.exitCode = 1;
} else {
  console.log(`tests/schemas: ${wanted.size} files, all as generated`);
}
