// nlp.js behind lines of JSON: {"train": [[text, intent]...]} gives its model, {"load": model} takes one back,
// {"rank": text} gives [[intent, score]...]. Every answer holds the CPU seconds that this process has used.
"use strict";

console.log = () => {}; // nlp.js tells its progress on stdout, which is the line of answers here
const { createInterface } = require("node:readline");
const { containerBootstrap } = require("@nlpjs/core");
const { Nlp } = require("@nlpjs/nlp");
const { LangNl } = require("@nlpjs/lang-nl");

const container = containerBootstrap();
container.use(LangNl);
const nlp = new Nlp({ container, languages: ["nl"], autoSave: false, autoLoad: false });

async function answer(question) {
  if (question.train) {
    for (const [text, intent] of question.train) nlp.addDocument("nl", text, intent);
    await nlp.train();
    return { model: nlp.export(true) };
  }
  if (question.load) {
    nlp.import(question.load);
    return {};
  }
  const { classifications } = await nlp.process("nl", question.rank);
  return { scores: classifications.map(({ intent, score }) => [intent, score]) };
}

function say(message) {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ ...message, cpu: (user + system) / 1e6 })}\n`);
}

async function main() {
  say({});
  for await (const line of createInterface({ input: process.stdin })) say(await answer(JSON.parse(line)));
}

main();
