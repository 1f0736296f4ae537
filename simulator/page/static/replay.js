// A dialogue file played again: what was expected or said then beside what is now, with the words that differ marked.
import { byId, make } from "./dom.js";
import { FACTS, inWords, named } from "./words.js";

export function showReplay({ name, steps, different }) {
  const sum = different === 0 ? `Alles is hetzelfde: ${steps.length} stappen.` : `${different} van de ${steps.length} stappen ${different === 1 ? "is" : "zijn"} anders.`;
  byId("replay").replaceChildren(
    make("p", { class: "sum" }, name ? `${name}. ${sum}` : sum),
    make("ol", {}, ...steps.map(showStep)),
  );
  byId("replay-dialog").showModal();
}

function showStep({ kind, value, now, differences }) {
  const did = { say: value, launch: "Alexa, open de skill", silence: "acht seconden stil", intent: `intent ${value}` }[kind];
  const item = make("li", {}, make("span", { class: "verdict" }, differences.length ? "Anders" : "Hetzelfde"), make("strong", {}, did || "…"));
  if (!differences.length) {
    item.append(make("p", {}, now));
    return item;
  }
  item.dataset.different = "";
  item.append(make(
    "table", {},
    make("thead", {}, make("tr", {}, ...["Wat", "Toen", "Nu"].map((title) => make("th", { scope: "col" }, title)))),
    make("tbody", {}, ...differences.map(row)),
  ));
  return item;
}

function row({ what, then, now }) {
  const [before, after] = typeof then === "string" && typeof now === "string" ? marked(then, now) : [[inWords(then)], [inWords(now)]];
  return make("tr", {}, make("th", { scope: "row" }, named(FACTS, what)), make("td", { "data-title": "Toen" }, ...before), make("td", { "data-title": "Nu" }, ...after));
}

/** Both texts as nodes, with what stands in one only marked; by the longest common row of words. */
function marked(before, after) {
  const [a, b] = [before.split(" "), after.split(" ")];
  const length = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  }
  const [left, right] = [[], []];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) { left.push(a[i], " "); right.push(b[j], " "); i += 1; j += 1; }
    else if (j >= b.length || (i < a.length && length[i + 1][j] >= length[i][j + 1])) { left.push(make("del", {}, a[i]), " "); i += 1; }
    else { right.push(make("ins", {}, b[j]), " "); j += 1; }
  }
  return [left, right];
}
