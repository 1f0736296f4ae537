// Small operations on JSON Schema that both sources share.

const UNUSED = new Set(["description", "example", "discriminator", "default", "format"]);
const MAPS = new Set(["properties", "definitions"]); // their keys are names, not keywords

/** A copy without prose and without Swagger's own keywords. `format` goes too: Amazon writes prose in it. */
export function prune(node, isMap = false) {
  if (Array.isArray(node)) return node.map((item) => prune(item));
  if (node === null || typeof node !== "object") return node;
  const kept = Object.entries(node).filter(([key]) => isMap || !(UNUSED.has(key) || key.startsWith("x-")));
  return Object.fromEntries(kept.map(([key, value]) => [key, prune(value, !isMap && MAPS.has(key))]));
}

/** `property` decides which schema applies. Unlike anyOf, an error then names the wrong field, not the whole object. */
export function choose(property, branches) {
  const sorted = [...branches].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    type: "object",
    required: [property],
    properties: { [property]: { enum: sorted.map(([value]) => value) } },
    allOf: sorted.map(([value, then]) => ({ if: { properties: { [property]: { const: value } } }, then })),
  };
}

/** One line a definition, keys sorted: small, and a change shows as the lines that it touches. */
export function print(schema) {
  const { definitions, ...head } = sorted(schema);
  const lines = Object.entries(definitions).map(([name, body]) => `${JSON.stringify(name)}:${JSON.stringify(body)}`);
  return `${JSON.stringify(head).slice(0, -1)},"definitions":{\n${lines.join(",\n")}\n}}\n`;
}

function sorted(node) {
  if (Array.isArray(node)) return node.map(sorted);
  if (node === null || typeof node !== "object") return node;
  const keys = Object.keys(node).sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, sorted(node[key])]));
}
