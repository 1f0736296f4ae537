// The device on the table: its light, what is being said, and its screen.
import { byId, make } from "./dom.js";
import { VIEWPORTS, renderApl } from "./apl.js";

const PHASES = {
  idle: "Uit", listening: "Alexa luistert", thinking: "Even denken…", speaking: "Alexa praat", waiting: "Alexa wacht op antwoord",
  paused: "Alexa wacht op antwoord", ended: "Het gesprek is klaar", fault: "Er ging iets mis",
};

export function setPhase(phase, more = "") {
  byId("device").dataset.phase = phase === "paused" ? "waiting" : phase;
  if (phase === "paused") setLeft(1);
  byId("phase").textContent = PHASES[phase] + more;
  document.body.dataset.phase = phase;
}

/** How much of the eight seconds is left, from 1 to 0. */
export function setLeft(part) {
  byId("device").style.setProperty("--left", `${Math.round(part * 360)}deg`);
}

/** Write what was said and what Alexa says, by sentence. The result is called with the sentence that is being said. */
export function showAnswer(turn) {
  const sentences = new Map();
  const answer = make("p", { class: "answer" });
  turn.said.forEach((part, number) => {
    const asks = turn.asks && number === turn.said.length - 1;
    part.sentences.forEach((text, index) => {
      const span = make("span", { class: asks ? "sentence question" : "sentence" }, text);
      sentences.set(`${number}.${index}`, span);
      answer.append(span, " ");
    });
  });
  if (!turn.said.length) answer.append(make("span", { class: "sentence" }, turn.open ? "(Alexa zegt niets)" : "(Alexa zwijgt; het gesprek is gesloten)"));
  const said = saidBy(turn);
  byId("now").replaceChildren(...(said ? [make("p", { class: said.words ? "you" : "empty" }, said.text)] : []), answer);
  let now = null;
  return (part, sentence) => {
    if (now) delete now.dataset.now;
    now = sentences.get(`${part}.${sentence}`) || null;
    if (now) now.dataset.now = "";
  };
}

/** What the tester did, as text; null at launch. */
export function saidBy(turn) {
  if (turn.kind === "launch") return null;
  if (turn.kind === "say") return { text: turn.value || "…", words: true };
  return { text: { silence: "acht seconden stil", touch: `scherm aangeraakt: ${turn.value}`, intent: `intent ${turn.value}` }[turn.kind], words: false };
}

/** Show the device that is chosen, and what its screen holds. `touch(id)` says what was touched. */
export function showDevice(device, turn, touch) {
  const viewport = VIEWPORTS[device];
  byId("echo").hidden = Boolean(viewport);
  byId("show").hidden = !viewport;
  if (!viewport) return;
  const screen = byId("screen");
  byId("show").dataset.shape = viewport.shape;
  screen.style.aspectRatio = `${viewport.width} / ${viewport.height}`;
  if (!turn || !turn.screen) {
    screen.replaceChildren(make("p", { class: "off" }, turn ? "De skill stuurde bij deze beurt niets naar het scherm." : "Het scherm is nog leeg."));
    return;
  }
  try {
    const drawn = renderApl(turn.screen, viewport, ([what, id]) => { if (what === "touch") touch(id); });
    screen.replaceChildren(drawn);
    fit();
  } catch (error) {
    screen.replaceChildren(make("p", { class: "off" }, error.message));
  }
}

/** Scale the drawing to the width that there is. */
export function fit() {
  const drawn = byId("screen").querySelector(".apl");
  if (drawn) drawn.style.transform = `scale(${byId("screen").clientWidth / Number.parseFloat(drawn.style.width)})`;
}
