// The conversation so far. A reply is a button: it shows what happened in that turn.
import { byId, make } from "./dom.js";
import { OUTCOMES, named } from "./words.js";
import { saidBy } from "./stage.js";

export function showHistory(turns, chosen, choose) {
  byId("no-turns").hidden = turns.length > 0;
  byId("turns").replaceChildren(...turns.map((turn, index) => {
    const said = saidBy(turn);
    const text = turn.said.map((part) => part.sentences.join(" ")).join(" ");
    const facts = [turn.record.outcome && named(OUTCOMES, turn.record.outcome), turn.card ? "kaart verstuurd" : null, turn.open ? null : "gesprek gesloten"];
    return make(
      "li", {},
      said ? make("p", { class: `bubble ${said.words ? "mine" : "act"}` }, said.text) : make("p", { class: "bubble act" }, "Alexa opent de skill"),
      make(
        "button", { type: "button", class: "bubble hers", "aria-pressed": String(index === chosen), onclick: () => choose(index) },
        text || "(Alexa zegt niets)", make("span", { class: "facts" }, facts.filter(Boolean).join(" · ")),
      ),
    );
  }));
  if (chosen === turns.length - 1) byId("turns").scrollTop = byId("turns").scrollHeight;
}

/** The utterances of a conversation for a link, one a line; launches come of themselves. */
export function utterances(turns) {
  return turns.filter((turn) => turn.kind !== "launch").map((turn) => ({ say: turn.value, silence: ":stil", touch: `:touch ${turn.value}`, intent: `:intent ${turn.value}` }[turn.kind]));
}

const MARK = "#gesprek=";
const MOST = 60;

export const toFragment = (lines) => MARK + encodeURIComponent(lines.join("\n"));

/** The utterances in an address' fragment; none where there are none or it is damaged. */
export function fromFragment(fragment) {
  if (!fragment.startsWith(MARK)) return [];
  try {
    return decodeURIComponent(fragment.slice(MARK.length)).split("\n").map((line) => line.slice(0, 500)).filter((line) => line.trim()).slice(0, MOST);
  } catch {
    return [];
  }
}
