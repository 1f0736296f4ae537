// The conversations once more, by ask-sdk-test: it keeps the session itself, and knows a rule of certification that our own tests
// were not written from: a question mark if and only if the session stays open. Run by mocha; CASES names a file with url and sequences.
'use strict';

const http = require('node:http');
const { AlexaTest, IntentRequestBuilder, LaunchRequestBuilder, SessionEndedRequestBuilder } = require('ask-sdk-test');

const given = JSON.parse(require('node:fs').readFileSync(process.env.CASES, 'utf8'));
const settings = { appId: given.skill, userId: 'amzn1.ask.account.client', deviceId: 'amzn1.ask.device.client', locale: 'nl-NL' };
const target = new URL(given.url);

function handler(event, context, callback) {
  const body = JSON.stringify(event);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  // Options in one object: the mock of http inside ask-sdk-test knows no other form.
  const options = { hostname: target.hostname, port: target.port, path: target.pathname, method: 'POST', headers };
  const request = http.request(options, (response) => {
    const pieces = [];
    response.on('data', (piece) => pieces.push(piece));
    response.on('end', () => callback(null, JSON.parse(Buffer.concat(pieces).toString('utf8'))));
  });
  request.on('error', callback);
  request.end(body);
}

function asked(step) {
  if (step.kind === 'launch') return new LaunchRequestBuilder(settings).build();
  if (step.kind === 'ended') return new SessionEndedRequestBuilder(settings, 'EXCEEDED_MAX_REPROMPTS').build();
  const builder = new IntentRequestBuilder(settings, step.intent);
  return (step.words ? builder.withSlot('vraag', step.words) : builder).build();
}

describe('the conversations', () => {
  const tester = new AlexaTest(handler, settings);
  for (const { name, steps } of given.sequences) {
    const items = steps.map((step) => {
      const item = { request: asked(step) };
      if (step.kind === 'ended') return { ...item, saysNothing: true, shouldEndSession: undefined };
      if (step.card) item.hasCardTitle = 'Hulp en advies voor ouders';
      if (step.elicits) item.elicitsSlot = 'vraag';
      return { ...item, shouldEndSession: !step.open, repromptsNothing: !step.open };
    });
    tester.test(items, name);
  }
});
