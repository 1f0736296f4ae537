// The page: what the tester does goes to the server, what comes back is shown and said.
import * as api from "./api.js";
import { byId, copy, make } from "./dom.js";
import { fromFragment, showHistory, toFragment, utterances } from "./history.js";
import { showWhy } from "./inspect.js";
import { showCards } from "./phone.js";
import { showReplay } from "./replay.js";
import { fit, setLeft, setPhase, showAnswer, showDevice } from "./stage.js";
import { showExamples } from "./tryout.js";
import { Voice, makeMicrophone } from "./voice.js";

const SECONDS = 8;
const NEWS_MS = 2000;
const MOST_MISTAKES = 5;
const voice = new Voice();
const page = { id: null, turns: [], chosen: -1, sections: {}, clips: false, content: null, busy: false, wait: null, listening: false };

const settings = () => {
  const form = byId("settings").elements;
  const on = (name) => form[name].checked;
  return { device: form.device.value, voice: form.voice.value, mute: on("mute"), waits: on("waits"), quick: on("quick"), slow: on("slow"), lost: on("lost"), broken: on("broken") };
};

/** One thing that the tester does; what it brings about is shown and said. */
async function act(kind, value = "") {
  if (page.busy) return;
  page.busy = true;
  stopWaiting();
  voice.stop();
  setPhase("thinking");
  try {
    if (!page.id) page.id = (await api.open()).id;
    const { device, slow, broken, voice: speech, lost } = settings();
    const answer = await api.turn(page.id, kind, value, { device, slow, broken, voice: speech, lost });
    hearNews(answer);
    page.busy = false;
    for (const turn of answer.turns) {
      page.turns.push({ ...turn, at: new Date() });
      page.chosen = page.turns.length - 1;
      if (!(await present())) return;
    }
    afterwards();
  } catch (error) {
    page.busy = false;
    setPhase("fault");
    notice(error.message);
    if (error.gone) { page.id = null; page.turns = []; page.chosen = -1; refresh(); }
  }
}

/** Show the last turn and say it; false when it was interrupted. */
async function present() {
  const turn = page.turns.at(-1);
  const follow = showAnswer(turn);
  refresh();
  byId("announcer").textContent = turn.said.map((part) => part.sentences.join(" ")).join(" ");
  if (!turn.said.length) return true;
  setPhase("speaking");
  const result = await voice.say(turn.said, { ...settings(), onSentence: follow });
  if (result === "stopped") return false;
  follow(-1, -1);
  if (result === "missing") soundHelp("Het geluid kwam niet. Op een Echo is het hier stil; hier kun je de tekst nog lezen.");
  else if (result === "silent" && page.clips) soundHelp("Van deze tekst is er nog geen opname, dus een deel hoor je niet. Maak hem met: make audio");
  else soundHelp();
  return true;
}

/** After speaking: wait for an answer, or the end. */
function afterwards() {
  const turn = page.turns.at(-1);
  if (!turn || !turn.open) { setPhase("ended"); return; }
  setPhase("paused");
  if (settings().waits && turn.kind !== undefined) startWaiting();
}

function startWaiting() {
  stopWaiting();
  let left = SECONDS * 1000;
  let before = performance.now();
  page.wait = setInterval(() => {
    const now = performance.now();
    const paused = byId("utterance").value !== "" || page.listening || document.hidden || document.querySelector("dialog[open]") || !settings().waits;
    if (!paused) left -= now - before;
    before = now;
    setLeft(Math.max(0, left) / (SECONDS * 1000));
    if (left <= 0) act("silence");
  }, 100);
  setPhase("waiting");
}

function stopWaiting() {
  clearInterval(page.wait);
  page.wait = null;
}

/** Everything that follows from the turns. */
function refresh() {
  const turn = page.turns[page.chosen] || null;
  showDevice(settings().device, page.turns.at(-1) || null, (id) => act("touch", id));
  showCards(page.turns);
  showHistory(page.turns, page.chosen, (index) => { page.chosen = index; refresh(); byId("inspect-title").scrollIntoView({ block: "nearest" }); });
  showWhy(turn, page.sections);
  for (const id of ["undo", "restart", "save", "share"]) byId(id).disabled = page.turns.length === 0;
}

function notice(text, ...more) {
  const close = make("button", { type: "button", onclick: (event) => event.currentTarget.parentElement.remove() }, "Sluit");
  byId("notices").replaceChildren(make("p", { class: "notice" }, make("span", {}, text), ...more, close));
}

function soundHelp(text = "") {
  const { mute, voice: speech } = settings();
  const plain = page.clips ? "" : "Er zijn geen opnamen, dus je hoort niets. Lees mee met de tekst. Opnamen maak je met: make audio";
  const alexa = speech === "alexa" && page.clips ? "Alexa’s eigen stem is hier niet. Je hoort de opnamen van dezelfde tekst." : "";
  byId("sound-help").textContent = mute ? "Het geluid staat uit." : text || plain || alexa;
}

/** A mistake in the content: its place, what to do, and the line as it stands with the place where it goes wrong marked. */
function showMistake({ file, line, column, text, shown }) {
  const where = [file, line && `regel ${line}`, column && `teken ${column}`].filter(Boolean).join(", ");
  const [before, after] = shown || ["", ""];
  const rest = column ? [make("mark", {}, after.slice(0, 1) || "\u00a0"), after.slice(1)] : [after];
  return make("li", {}, make("strong", { class: "where" }, where), make("p", {}, text), shown && make("code", {}, before, ...rest));
}

/** What changed behind the page: content, mistakes, sound. */
function hearNews({ content, edited, mistakes, clips }) {
  page.clips = clips;
  const list = mistakes.slice(0, MOST_MISTAKES).map(showMistake);
  if (mistakes.length > list.length) list.push(make("li", {}, `En nog ${mistakes.length - list.length} andere.`));
  const shown = JSON.stringify(mistakes);
  if (byId("mistakes").dataset.shown !== shown) {
    byId("mistakes").dataset.shown = shown;
    byId("mistakes").replaceChildren(...(list.length ? [make("div", { class: "notice bad" }, make("strong", {}, mistakes.length === 1 ? "Er staat een fout in de inhoud. De laatste goede inhoud blijft draaien." : `Er staan ${mistakes.length} fouten in de inhoud. De laatste goede inhoud blijft draaien.`), make("ul", {}, ...list))] : []));
  }
  if (page.content !== null && page.content !== content && edited) {
    notice("De inhoud is veranderd. Je volgende zin krijgt al de nieuwe tekst. Bewaar hem met: make content");
    prepare();
  }
  page.content = content;
}

async function prepare() {
  const known = await api.about();
  page.sections = known.sections;
  showExamples(known.try, { say: (text) => act("say", text), launch: () => act("launch") });
  byId("utterance").placeholder = known.try.sections[3]?.examples[0] || "";
  if (known.elsewhere) notice(`Deze pagina praat met ${known.elsewhere}. De uitleg onder “Waarom?” komt van de inhoud op deze computer.`);
  if (known.elsewhere) byId("settings").elements.broken.disabled = true;
  hearNews(known);
  soundHelp();
}

async function undo() {
  if (page.busy || !page.turns.length) return;
  stopWaiting();
  voice.stop();
  await api.undo(page.id);
  page.turns.pop();
  page.chosen = page.turns.length - 1;
  refresh();
  if (!page.turns.length) return start();
  showAnswer(page.turns.at(-1));
  setPhase(page.turns.at(-1).open ? "paused" : "ended");
}

async function restart() {
  stopWaiting();
  voice.stop();
  if (page.id) await api.restart(page.id);
  page.turns = [];
  page.chosen = -1;
  refresh();
  start();
}

function start() {
  setPhase("idle");
  byId("now").replaceChildren(make("p", { class: "hint" }, "Zeg om te beginnen: ", make("button", { type: "button", id: "open", class: "primary", onclick: () => act("launch") }, "Alexa, open band met mijn kind")));
}

async function save() {
  const first = page.turns.find((turn) => turn.kind === "say");
  const name = first ? first.value : "gesprek";
  const text = await api.dialogue(page.id, name);
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })), download: `${name.normalize("NFD").replace(/[^a-zA-Z0-9]+/g, "-").toLowerCase().slice(0, 40).replace(/^-|-$/g, "") || "gesprek"}.yaml` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  notice("Het gesprek is bewaard als bestand. Zet het in tests/dialogues, dan wordt het bij elke test nagespeeld.");
}

function share() {
  byId("link").value = `${location.origin}/${toFragment(utterances(page.turns))}`;
  byId("share-dialog").showModal();
  byId("link").select();
}

async function playShared(lines) {
  byId("notices").replaceChildren();
  await restart();
  for (const line of lines) await act("say", line);
}

function offerShared() {
  const lines = fromFragment(location.hash);
  if (!lines.length) return;
  notice(`Dit is een gedeeld gesprek van ${lines.length} ${lines.length === 1 ? "zin" : "zinnen"}.`, make("button", { type: "button", class: "primary", onclick: () => playShared(lines) }, "Speel het af"));
}

function listen() {
  const button = byId("microphone");
  const help = byId("microphone-help");
  const microphone = makeMicrophone({
    onWords: (words) => { byId("utterance").value = ""; act("say", words); },
    onEnd: () => { page.listening = false; button.setAttribute("aria-pressed", "false"); if (document.body.dataset.phase === "listening") afterwards(); },
    onFault: (fault) => { help.textContent = `Je browser kan nu geen spraak verstaan (${fault}). Typ je zin.`; },
  });
  if (!microphone) { help.textContent = "Deze browser kan je niet verstaan. Typ wat je zegt."; return; }
  button.hidden = false;
  button.setAttribute("aria-pressed", "false");
  help.textContent = "Praten kan ook met de spatiebalk, als je niet in het typvak staat. Je browser stuurt je stem soms naar zijn maker.";
  const begin = () => { if (page.busy || page.listening) return; voice.stop(); page.listening = true; button.setAttribute("aria-pressed", "true"); setPhase("listening"); microphone.start(); };
  const end = () => { if (page.listening) microphone.stop(); };
  button.addEventListener("pointerdown", begin);
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) button.addEventListener(name, end);
  const ours = (event) => event.code === "Space" && (document.activeElement === button || document.activeElement === document.body);
  document.addEventListener("keydown", (event) => { if (ours(event)) { event.preventDefault(); if (!event.repeat) begin(); } });
  document.addEventListener("keyup", (event) => { if (event.code === "Space") end(); });
}

function listenToTester() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("utterance").value;
    if (!text.trim() || page.busy) return;
    byId("utterance").value = "";
    act("say", text);
  });
  const orTell = (work) => () => Promise.resolve(work()).catch((error) => notice(error.message));
  for (const [id, work] of Object.entries({ undo, restart, save, share })) byId(id).addEventListener("click", orTell(work));
  byId("load").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", orTell(async () => {
    const [file] = byId("file").files;
    byId("file").value = "";
    if (file) showReplay(await api.replay(await file.text()));
  }));
  byId("copy-link").addEventListener("click", (event) => copy(byId("link").value, event.currentTarget));
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
  byId("settings").addEventListener("change", (event) => {
    soundHelp();
    if (event.target.name === "device") showDevice(settings().device, page.turns.at(-1) || null, (id) => act("touch", id));
    if (event.target.name === "waits" && document.body.dataset.phase.match(/waiting|paused/)) { stopWaiting(); afterwards(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && document.body.dataset.phase === "speaking") { voice.stop(); afterwards(); } });
  window.addEventListener("resize", fit);
  window.addEventListener("hashchange", offerShared);
}

listenToTester();
listen();
start();
await prepare().catch((error) => notice(error.message));
offerShared();
setInterval(() => { if (!document.hidden && !page.busy) api.news().then(hearNews).catch(() => {}); }, NEWS_MS);
document.body.dataset.ready = "";
