// Amazon's verifier for Node judges the cases on standard input; one line of JSON a case: name, accepted, why.
'use strict';

const given = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));

// The clock of the cases. It is set before anything is loaded that could keep the true one.
const TrueDate = Date;
globalThis.Date = class extends TrueDate {
  constructor(...when) {
    super(...(when.length ? when : [given.now]));
  }
  static now() {
    return given.now;
  }
};

// The root of the cases in place of the public ones: `tls.rootCertificates` cannot be replaced, its reader can.
const helper = require('ask-sdk-express-adapter/dist/verifier/helper');
const makeStore = helper.generateCAStore;
helper.generateCAStore = () => makeStore([given.root]);

const { SkillRequestSignatureVerifier, TimestampVerifier } = require('ask-sdk-express-adapter');
const { asyncVerifyRequestAndDispatch } = require('ask-sdk-express-adapter/dist/util');
const { SkillBuilders } = require('ask-sdk-core');

const skill = SkillBuilders.custom()
  .withSkillId(given.skill)
  .addRequestHandlers({ canHandle: () => true, handle: (input) => input.responseBuilder.getResponse() })
  .create();

async function judge(one) {
  const signature = new SkillRequestSignatureVerifier();
  signature._getCertChainByUrl = async () => {
    if (one.chain === null) throw new Error('nothing at this address');
    return Buffer.from(one.chain, 'base64').toString('utf8');
  };
  // Node hands header names over in lower case, and the body as express reads it.
  const headers = Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const body = Buffer.from(one.body, 'base64').toString('utf8');
  try {
    await asyncVerifyRequestAndDispatch(headers, body, skill, [signature, new TimestampVerifier()]);
    return { name: one.name, accepted: true, why: '' };
  } catch (error) {
    return { name: one.name, accepted: false, why: String(error.message).split('\n')[0].slice(0, 120) };
  }
}

(async () => {
  for (const one of given.cases) {
    console.log(JSON.stringify(await judge(one)));
  }
})();
