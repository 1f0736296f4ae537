// Says an answer: plays its clips, or passes over the text at reading pace, and tells which sentence is being said.

const MS_A_WORD = 370;
const LEAST_MS = 900;
const PAUSE_MS = 300;

export class Voice {
  constructor() {
    this.audio = null;
    this.turn = 0;
    this.finish = null;
  }

  /** Stop at once. */
  stop() {
    this.turn += 1;
    if (this.audio) { this.audio.pause(); this.audio = null; }
    if (this.finish) this.finish();
    this.finish = null;
  }

  /**
   * Say parts in order. `onSentence(part, sentence)` at each beginning. Resolves to "heard", "silent" (no sound for some part),
   * "missing" (a sound file did not come) or "stopped".
   */
  async say(parts, { mute, quick, lost, onSentence }) {
    this.stop();
    const turn = this.turn;
    let result = "heard";
    for (const [part, { sentences, clip }] of parts.entries()) {
      if (turn !== this.turn) return "stopped";
      if (quick) { onSentence(part, sentences.length - 1); continue; }
      let played = "silent";
      if (clip && !mute) played = await this.#play(clip, sentences, lost, (sentence) => onSentence(part, sentence), turn);
      if (turn !== this.turn) return "stopped";
      if (played !== "heard") {
        result = played === "missing" || result === "missing" ? "missing" : mute ? result : "silent";
        await this.#read(sentences, (sentence) => onSentence(part, sentence), turn);
      }
      if (part < parts.length - 1) await this.#wait(PAUSE_MS);
    }
    return turn === this.turn ? result : "stopped";
  }

  /** One clip; the sentences share its time by their length. */
  #play(clip, sentences, lost, onSentence, turn) {
    return new Promise((done) => {
      const audio = new Audio(`/audio/${lost ? "weg-" : ""}${encodeURIComponent(clip.file)}`);
      const lengths = sentences.map((sentence) => sentence.length);
      const whole = lengths.reduce((sum, length) => sum + length, 0) || 1;
      let now = -1;
      const follow = () => {
        if (turn !== this.turn || !audio.duration) return;
        const reached = (audio.currentTime / audio.duration) * whole;
        let sentence = 0;
        for (let passed = lengths[0]; passed < reached && sentence < lengths.length - 1; passed += lengths[sentence]) sentence += 1;
        if (sentence !== now) { now = sentence; onSentence(sentence); }
      };
      const end = (result) => { this.audio = null; this.finish = null; done(result); };
      audio.addEventListener("timeupdate", follow);
      audio.addEventListener("playing", () => { if (now < 0) { now = 0; onSentence(0); } });
      audio.addEventListener("ended", () => { document.body.dataset.played = String(Number(document.body.dataset.played || 0) + 1); end("heard"); });
      audio.addEventListener("error", () => end("missing"));
      this.audio = audio;
      this.finish = () => end("stopped");
      audio.play().catch((error) => { if (error.name !== "AbortError") end(error.name === "NotAllowedError" ? "silent" : "missing"); });
    });
  }

  async #read(sentences, onSentence, turn) {
    for (const [index, sentence] of sentences.entries()) {
      if (turn !== this.turn) return;
      onSentence(index);
      await this.#wait(Math.max(LEAST_MS, sentence.split(" ").length * MS_A_WORD));
    }
  }

  #wait(milliseconds) {
    return new Promise((done) => {
      const timer = setTimeout(() => { this.finish = null; done(); }, milliseconds);
      this.finish = () => { clearTimeout(timer); done(); };
    });
  }
}

/** The browser's own speech recognition, or null where there is none. */
export function makeMicrophone({ onWords, onEnd, onFault }) {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  if (!Recognition) return null;
  const recognition = new Recognition();
  recognition.lang = "nl-NL";
  recognition.interimResults = false;
  let words = "";
  let running = false;
  recognition.addEventListener("result", (event) => { words = [...event.results].map((result) => result[0].transcript).join(" "); });
  recognition.addEventListener("error", (event) => { if (event.error !== "aborted" && event.error !== "no-speech") onFault(event.error); });
  recognition.addEventListener("end", () => { running = false; onEnd(); if (words.trim()) onWords(words.trim()); });
  return {
    start() { if (running) return; running = true; words = ""; try { recognition.start(); } catch { running = false; } },
    stop() { if (running) recognition.stop(); },
  };
}
