// What can be said: some examples beside the conversation, and everything in a dialog.
import { byId, make } from "./dom.js";
import { CONTROLS, named } from "./words.js";

const says = (texts, say) => make("div", { class: "says" }, ...texts.map((text) => make("button", { type: "button", onclick: () => say(text) }, text)));

/** `say(text)` says it, `launch()` opens the skill. */
export function showExamples({ launch, sections, danger, controls }, { say, launch: open }) {
  byId("examples").replaceChildren(
    make("div", { class: "launch" }, make("button", { type: "button", onclick: open }, `Alexa, open ${launch}`)),
    ...sections.map(({ title, examples }, index) => make("details", { open: index === 3 }, make("summary", {}, title), says(examples, say))),
    make("details", {}, make("summary", {}, "Gevaar"), says(danger.flatMap(({ examples }) => examples.slice(0, 1)), say)),
    make("details", {}, make("summary", {}, "Bediening"), says(Object.values(controls).map(([first]) => first), say)),
  );
  const sayAndClose = (text) => { byId("all-dialog").close(); say(text); };
  byId("everything").onclick = () => {
    if (!byId("all").children.length) {
      byId("all").append(
        ...sections.map(({ title, all }) => make("section", {}, make("h3", {}, title), says(all, sayAndClose))),
        ...Object.entries(controls).map(([name, phrases]) => make("section", {}, make("h3", {}, named(CONTROLS, name)), says(phrases, sayAndClose))),
      );
    }
    byId("all-dialog").showModal();
  };
  byId("all").replaceChildren();
}
