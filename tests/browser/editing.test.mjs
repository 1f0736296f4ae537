// An editor with the page open: a saved change is heard on the next turn, a mistake is shown with its place.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openPage } from "./browser.mjs";

const TIP = join(process.env.CONTENT, "tips", "troosten.toml");

test("content edited on the fly", async () => {
  const tester = await openPage();
  const before = await readFile(TIP, "utf8");
  await tester.launch();
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over troosten\./);

  const good = before.replace("Over troosten.", "Over <b>troosten.").replace("<b>", "het ");
  await writeFile(TIP, good);
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over het troosten\./);
  assert.match(await tester.page.innerText("#notices"), /inhoud is veranderd/);

  await writeFile(TIP, good.replace('title = "', "title = "));
  await tester.page.waitForSelector("#mistakes li");
  const line = good.split("\n").findIndex((text) => text.startsWith("title")) + 1;
  assert.equal(await tester.page.innerText("#mistakes .where"), `skill/content/tips/troosten.toml, regel ${line}, teken 9`);
  assert.equal(await tester.page.innerText("#mistakes li p"), 'Dit kan zo niet: Troosten". Zet een tekst tussen rechte aanhalingstekens ("). Schrijf true en false zonder hoofdletter.');
  assert.equal(await tester.page.innerText("#mistakes code"), 'title = Troosten"');
  assert.equal(await tester.page.innerText("#mistakes mark"), "T");
  assert.match(await tester.page.innerText("#mistakes"), /^Er staat een fout in de inhoud\. De laatste goede inhoud blijft draaien\./);
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over het troosten\./);

  const long = before.replace("Over troosten.", "Over troosten. <b> Nu zijn er 2 fouten.");
  await writeFile(TIP, long);
  await tester.page.waitForFunction(() => document.querySelectorAll("#mistakes li").length > 1);
  const told = await tester.page.innerText("#mistakes");
  const text = before.split("\n").findIndex((one) => one.includes("Over troosten.")) + 1;
  assert.match(told, /^Er staan \d fouten in de inhoud\./);
  assert.match(told, new RegExp(`troosten\\.toml, regel ${text}\\s+In een gesproken tekst staat “<”\\. Dat kan Alexa niet voorlezen\\. Haal het weg\\.`));
  assert.equal(await tester.page.locator("#mistakes b").count(), 0, "what stands in a file is shown as text");

  await writeFile(TIP, before);
  await tester.page.waitForFunction(() => document.getElementById("mistakes").childElementCount === 0);
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over troosten\./);
  await tester.close();
});
