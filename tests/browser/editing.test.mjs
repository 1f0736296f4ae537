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
  await tester.page.waitForSelector("#mistakes code");
  const line = good.split("\n").findIndex((text) => text.startsWith("title")) + 1;
  assert.equal(await tester.page.innerText("#mistakes code"), `skill/content/tips/troosten.toml, regel ${line}`);
  assert.match(await tester.page.innerText("#mistakes"), /laatste goede inhoud blijft draaien/);
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over het troosten\./);

  await writeFile(TIP, before);
  await tester.page.waitForFunction(() => document.getElementById("mistakes").childElementCount === 0);
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over troosten\./);
  await tester.close();
});
