// Request and response envelopes: JSON Schema from the TypeScript types of npm ask-sdk-model.
import { createGenerator } from "ts-json-schema-generator";
import { choose, prune } from "./shape.mjs";

/**
 * @param {string} typeName a type that envelopes.ts exports
 * @returns {object} JSON Schema (draft 7), unions of typed objects turned into if/then so that errors name the field
 */
export function schemaFromTypes(typeName) {
  const generator = createGenerator({
    path: new URL("envelopes.ts", import.meta.url).pathname,
    tsconfig: new URL("tsconfig.json", import.meta.url).pathname,
    type: typeName,
    skipTypeCheck: true, // the package's own declarations do not pass a strict check; only their shapes are read
    additionalProperties: false, // an unknown key is an error
  });
  const schema = prune(generator.createSchema(typeName));
  for (const [name, definition] of Object.entries(schema.definitions)) {
    if (definition.anyOf?.every((branch) => branch.$ref)) {
      schema.definitions[name] = unionByConstant(definition, schema.definitions);
    }
  }
  return schema;
}

/** A union whose members each fix the same property to a value of their own ({"type": {"const": ...}}). */
function unionByConstant(union, definitions) {
  const members = union.anyOf.map((branch) => ({ branch, ...definitions[branch.$ref.split("/").pop()] }));
  const constants = (member) => Object.keys(member.properties ?? {}).filter((key) => member.properties[key].const);
  const property = constants(members[0]).find((key) => members.every((member) => member.properties?.[key]?.const));
  if (!property) return union;
  return choose(property, members.map((member) => [member.properties[property].const, member.branch]));
}
