// Interaction model and skill manifest: JSON Schema from the Swagger 2.0 document in npm ask-smapi-model.
// Swagger differs in three ways: inheritance is `allOf` with a reference to the parent, a union is a `discriminator`
// on the parent, and unknown keys are allowed. Here children become flat objects, unions if/then, unknown keys errors.
import { choose, prune } from "./shape.mjs";

const PREFIX = "#/definitions/";

/**
 * @param {object} document the parsed spec.json
 * @param {string} root name of the definition that the file as a whole must match
 * @returns {object} JSON Schema (draft 7) with the definitions that the root reaches
 */
export function schemaFromSwagger(document, root) {
  const source = document.definitions;
  const schema = { $schema: "http://json-schema.org/draft-07/schema#", $ref: PREFIX + root, definitions: {} };
  const waiting = [root];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (schema.definitions[name]) continue;
    const isUnion = source[name].discriminator && childrenOf(name, source).length > 0;
    const definition = isUnion ? union(name, source) : flat(name, source);
    schema.definitions[name] = prune(definition);
    waiting.push(...references(definition));
  }
  return schema;
}

function childrenOf(parent, source) {
  return Object.keys(source).filter((name) => source[name].allOf?.some((part) => part.$ref === PREFIX + parent));
}

function union(name, source) {
  const values = childrenOf(name, source).map((child) => [source[child]["x-discriminator-value"], { $ref: PREFIX + child }]);
  const unnamed = values.find(([value]) => !value);
  if (unnamed) throw new Error(`${unnamed[1].$ref}: a child of ${name} without x-discriminator-value`);
  return choose(source[name].discriminator, values);
}

/** One object of everything that a definition and its parents say; closed to other keys unless it says otherwise. */
function flat(name, source) {
  const { allOf, ...own } = source[name];
  if (!allOf) return closed(own);
  const parts = allOf.map((part) => (part.$ref ? source[part.$ref.slice(PREFIX.length)] : part));
  if (parts.some((part) => part.allOf)) throw new Error(`${name}: inherits over two levels, which flat() does not do`);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const merged = { type: "object", properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})) };
  return closed(required.size > 0 ? { ...merged, required: [...required] } : merged);
}

function closed(definition) {
  const isObject = definition.properties && definition.additionalProperties === undefined;
  return isObject ? { ...definition, additionalProperties: false } : definition;
}

function references(node) {
  if (node === null || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "$ref" ? [value.slice(PREFIX.length)] : references(value),
  );
}
