// Why: what Alexa heard, what the skill made of it, and the JSON that went over the line.
import { byId, copy, fold, make } from "./dom.js";
import { CONFIDENCE, CONTROLS, OUTCOMES, PENDING, ROUTES, named } from "./words.js";

// Below this share of danger nothing of it decided the answer.
const WORTH_A_WORD = 0.05;

export function showWhy(turn, sections) {
  if (!turn) {
    byId("inspect").replaceChildren(make("p", { class: "empty" }, "Zeg iets. Dan zie je hier wat Alexa hoorde, en waarom de skill dit antwoord koos."));
    return;
  }
  byId("inspect").replaceChildren(
    list(facts(turn, sections)),
    ...ranking(turn, sections),
    ...why(turn),
    json("Geheugen van het gesprek", turn.attributes),
    ...(turn.request ? [json("Verzoek van Alexa", turn.request)] : []),
    json("Antwoord van de skill", turn.response),
  );
}

const list = (pairs) => make("dl", { class: "facts-list" }, ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));

function facts(turn, sections) {
  const { record, slot, attributes } = turn;
  const told = attributes.turn || {};
  const pairs = [];
  if (record.intent) pairs.push(["Intent", `${record.intent} (${ROUTES[record.route] || record.route})`]);
  else pairs.push(["Verzoek", turn.request ? turn.request.request.type : "geen; Alexa zegt zelf de herhaalvraag"]);
  if (slot) pairs.push([`Slot ${slot.name}`, slot.value === null ? "leeg" : slot.value]);
  if (slot && slot.entities) pairs.push(["Alexa herkent", slot.entities.map(([id, name]) => id || name).join(", ") || "geen vaste waarde"]);
  if (record.outcome) pairs.push(["Uitkomst", named(OUTCOMES, record.outcome)]);
  if (record.section) pairs.push(["Onderwerp", named(sections, record.section)]);
  if (record.danger) pairs.push(["Gevaar", record.danger]);
  if (told.confidence && record.intent === "VraagIntent") pairs.push(["Zekerheid", named(CONFIDENCE, told.confidence)]);
  if (record.choices.length) pairs.push(["Keuze", record.choices.map((id) => named(sections, id)).join(" of ")]);
  if (record.age_months !== null) pairs.push(["Leeftijd", `${record.age_months} maanden`]);
  pairs.push(["Open vraag", turn.open ? pending(attributes.pending, sections) : "geen; het gesprek is gesloten"]);
  pairs.push(["Duur", `${Number(record.ms).toLocaleString("nl-NL", { maximumFractionDigits: 1 })} ms in de skill, ${turn.ms.toLocaleString("nl-NL", { maximumFractionDigits: 1 })} ms heen en terug`]);
  return pairs;
}

function pending(asked, sections) {
  if (!asked) return "geen";
  const about = [asked.section, asked.other].filter(Boolean).map((id) => named(sections, id)).join(" of ");
  return [named(PENDING, asked.kind), about || asked.danger].filter(Boolean).join(": ");
}

function ranking({ why: reasons }, sections) {
  if (!reasons || !reasons.ranking || !reasons.ranking.length) return [];
  const shown = [...reasons.ranking.slice(0, 4), ["buiten de pagina", reasons.out_of_scope], ["gevaar", reasons.danger]];
  return [
    make("h3", {}, "Waar lijkt het op?"),
    make("ul", { class: "ranking" }, ...shown.map(([id, share]) => make(
      "li", {}, make("span", {}, sections[id] || id),
      bar(share),
      make("span", { class: "share" }, `${Math.round(share * 100)}%`),
    ))),
  ];
}

/** A share as a bar; the number stands beside it. */
function bar(share) {
  const filled = make("i");
  filled.style.width = `${share * 100}%`;
  return make("span", { class: "bar", "aria-hidden": "true" }, filled);
}

function why({ why: reasons }) {
  if (!reasons || !reasons.words || !reasons.words.length) return [];
  const pairs = [["Woorden", reasons.words.join(" ")]];
  if (reasons.control) pairs.push(["Stuurwoord", named(CONTROLS, reasons.control)]);
  if (reasons.lead) pairs.push(["Begint met", named(CONTROLS, reasons.lead)]);
  if (reasons.named) pairs.push(["Noemt", reasons.named]);
  if (reasons.rule) pairs.push(["Gevaarregel", `${reasons.rule.kind}${reasons.rule.certain ? "" : " (twijfel)"}: ${reasons.rule.pattern}`]);
  const parts = [make("h3", {}, "Waarom?"), list(pairs)];
  const danger = reasons.danger >= WORTH_A_WORD ? [["Telde mee voor gevaar", reasons.for_danger]] : [];
  for (const [title, marks] of [["Telde mee voor dit onderwerp", reasons.for_first], ...danger]) {
    const counted = (marks || []).filter(([, share]) => share > 0);
    if (counted.length) {
      parts.push(make("dl", { class: "facts-list" }, make("dt", {}, title), make("dd", {}, make("ul", { class: "marks" }, ...counted.map(([mark]) => make("li", {}, inPlain(mark)))))));
    }
  }
  parts.push(make("p", { class: "help" }, "Een begrip is een groep woorden die hetzelfde betekenen. Wat tussen puntjes staat, is een stukje van een woord."));
  return parts;
}

/** A mark of the learnt part: whole words, ideas that words stand for, or a piece of a word. */
function inPlain(mark) {
  if (mark.startsWith("=")) return `“${mark.slice(1)}”`;
  if (mark.startsWith("@")) return `begrip ${mark.slice(1)}`;
  if (mark.startsWith("%")) return `begrippen ${mark.slice(1).replace(/[<>]/g, "")}`;
  return `…${mark.trim()}…`;
}

function json(title, value) {
  return fold(title, () => {
    const text = JSON.stringify(value, null, 2);
    return [
      make("button", { type: "button", onclick: (event) => copy(text, event.currentTarget) }, "Kopieer"),
      make("pre", { tabindex: 0, role: "region", "aria-label": title }, text),
    ];
  });
}
