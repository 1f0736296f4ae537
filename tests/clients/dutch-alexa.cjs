// virtual-alexa speaks Dutch: a thin wrapper around its traps. Conversations come in as JSON on standard input; every request and
// response goes out as a line of JSON.
//
// Traps of virtual-alexa 0.7.8, and what is done here:
// - any text that holds "open", "ask", "tell" or "launch" silently becomes a LaunchRequest ("lopen", "basketbal", "vertellen");
//   such a text never reaches its `utter`, and opening is asked for by anchored Dutch words only
// - yes, no, exit and the like are understood in English; here they are words like any other
// - words that a closed slot type does not list throw; Alexa sends them, with ER_SUCCESS_NO_MATCH
// - after Dialog.ElicitSlot the words belong to that slot, which it does not know
// - without a match it throws; never AMAZON.FallbackIntent
// - an entity without a match has `values: []`, slots lack `slotValue` and `source`, and a session's end has a number for a reason
'use strict';

const { VirtualAlexa } = require('virtual-alexa');

const given = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const language = given.model.interactionModel.languageModel;
const NAME = language.invocationName;
const TRAP = /ask|open|launch|talk to|tell/i;
const ENGLISH = new Set(['yes', 'no', 'exit', 'cancel', 'repeat', 'next', 'previous', 'start over', 'pause', 'resume']);
const OPENS = new RegExp(`^(?:open|start|begin(?: met)?) ${NAME}$`);
const ONE_SHOT = new RegExp(`^(?:vraag|zeg tegen) ${NAME} (?:over|naar|voor|om|of|dat) (.+)$`);

const samples = new Map();
const carriers = [];
for (const intent of language.intents) {
  for (const sample of intent.samples || []) {
    if (!(intent.slots || []).length) samples.set(sample, intent.name);
    else if (sample.startsWith('{')) continue;
    else if (sample.endsWith('}')) carriers.push(sample.slice(0, sample.indexOf('{')));
  }
}
carriers.sort((one, other) => other.length - one.length);

const asHeard = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function asAlexaSends(request) {
  const asked = request.request;
  if (asked.type === 'SessionEndedRequest') asked.reason = 'EXCEEDED_MAX_REPROMPTS';
  for (const slot of Object.values((asked.intent && asked.intent.slots) || {})) {
    if (slot.value === undefined || slot.value === null) continue;
    for (const authority of (slot.resolutions || {}).resolutionsPerAuthority || []) {
      if (authority.values && !authority.values.length) delete authority.values;
    }
    slot.source = 'USER';
    slot.slotValue = { type: 'Simple', value: slot.value, resolutions: slot.resolutions };
  }
  // Proof that nothing else of an earlier turn is sent along, see "dialog state" in the notes of virtual-alexa.
  request.context.System.device.deviceId = 'amzn1.ask.device.client';
}

class DutchAlexa {
  constructor() {
    this.alexa = VirtualAlexa.Builder()
      .skillURL(given.url)
      .interactionModel(given.model)
      .locale('nl-NL')
      .applicationID(given.skill)
      .create();
    this.alexa.filter((request) => {
      asAlexaSends(request);
      this.request = JSON.parse(JSON.stringify(request));
    });
    this.open = false;
    this.elicits = false;
  }

  async step(step) {
    this.request = null;
    let response;
    if (step.silence !== undefined) response = await this.alexa.endSession('EXCEEDED_MAX_REPROMPTS');
    else if (step.intent) response = await this.alexa.intend(step.intent);
    else if (step.say === undefined) response = await this.alexa.launch();
    else response = await this.say(step.say);
    const body = JSON.parse(JSON.stringify(response)).response || {};
    this.open = body.shouldEndSession === false;
    this.elicits = (body.directives || []).some((one) => one.type === 'Dialog.ElicitSlot');
    return JSON.parse(JSON.stringify(response));
  }

  async say(text) {
    const words = asHeard(text);
    if (OPENS.test(words)) return this.alexa.launch();
    const oneShot = ONE_SHOT.exec(words);
    if (oneShot) return this.say(oneShot[1]);
    if (!this.open) await this.alexa.launch();
    if (!words) return this.alexa.intend('AMAZON.FallbackIntent');
    if (TRAP.test(words) || ENGLISH.has(words)) return this.bySamples(words);
    if (this.elicits && !samples.has(words)) return this.bySamples(words);
    try {
      return await this.alexa.utter(words);
    } catch (error) {
      if (!/Unable to match/.test(error.message)) throw error;
      return this.bySamples(words);
    }
  }

  async bySamples(words) {
    if (samples.has(words)) return this.alexa.intend(samples.get(words));
    const carrier = carriers.find((one) => words.startsWith(one) && words.length > one.length);
    return this.alexa.intend('VraagIntent', { vraag: carrier ? words.slice(carrier.length) : words });
  }
}

(async () => {
  for (const conversation of given.conversations) {
    const alexa = new DutchAlexa();
    for (const [number, step] of conversation.steps.entries()) {
      const said = { conversation: conversation.name, step: number };
      try {
        said.response = await alexa.step(step);
        said.request = alexa.request;
      } catch (error) {
        said.error = String(error.message || error);
      }
      process.stdout.write(`${JSON.stringify(said)}\n`);
    }
  }
})();
