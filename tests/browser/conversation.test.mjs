// Conversations as a tester has them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { openPage, settled } from "./browser.mjs";

test("a conversation with a card", async () => {
  const tester = await openPage();
  assert.equal(await tester.page.isVisible("#no-cards"), true);
  await tester.launch();
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Over troosten\./);
  await tester.say("stuur de kaart");
  const card = tester.page.locator("#cards li");
  assert.equal(await card.count(), 1);
  assert.match(await card.innerText(), /^Vandaag, \d\d:\d\d\s+Hulp en advies voor ouders[\s\S]*0800-2000/);
  assert.equal(await tester.page.getAttribute("body", "data-phase"), "ended");
  await tester.say("troosten");
  await tester.say("stuur de kaart");
  const under = await tester.page.evaluate(() => document.querySelector("#cards li:last-child").getBoundingClientRect().top - document.querySelector(".phone-name").getBoundingClientRect().bottom);
  assert.ok(under >= 0 && under < 40, `the newest card begins ${under} pixels under the app's name`);
  const below = await tester.page.evaluate(() => document.querySelector("#turns > li:last-child").getBoundingClientRect().bottom - document.getElementById("turns").getBoundingClientRect().bottom);
  assert.ok(below <= 1, `the newest reply is ${below} pixels out of sight`);
  assert.match(await tester.page.locator("#turns").innerText(), /Welkom bij Band met mijn kind[\s\S]*Welkom bij Band met mijn kind/, "a new session opens");
  await tester.close();
});

test("a choice", async () => {
  const tester = await openPage();
  await tester.launch();
  for (const words of [":intent AMAZON.FallbackIntent", ":intent AMAZON.FallbackIntent"]) await tester.say(words);
  assert.match(await tester.answer(), /Bedoel je .+, of bedoel je .+\?$/);
  await tester.say("de tweede");
  assert.match(await tester.answer(), /^Over /);
  await tester.close();
});

test("a danger answer ends, says whom to call, and says why", async () => {
  const tester = await openPage();
  await tester.launch();
  await tester.say("mijn baby ademt niet meer");
  assert.match(await tester.answer(), /^Bel nu één, één, twee\./);
  assert.equal(await tester.page.innerText("#phase"), "Het gesprek is klaar");
  assert.match(await tester.page.innerText("#inspect"), /Gevaar\s+levensgevaar/);
  await tester.say("mijn man slaat mij");
  assert.match(await tester.page.innerText("#inspect"), /Gevaarregel\s+geweld: [\s\S]*Telde mee voor gevaar/);
  await tester.say("hoe troost ik mijn kind");
  assert.match(await tester.page.innerText("#inspect"), /Telde mee voor dit onderwerp/);
  assert.doesNotMatch(await tester.page.innerText("#inspect"), /Telde mee voor gevaar/);
  await tester.close();
});

test("script in an utterance is shown as text", async () => {
  const tester = await openPage();
  const nasty = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  await tester.launch();
  await tester.say(nasty);
  assert.equal(await tester.page.innerText("#now .you"), nasty);
  assert.equal(await tester.page.locator("#turns .mine").innerText(), nasty);
  assert.equal(await tester.page.locator("main img, main script").count(), 0);
  assert.doesNotMatch(await tester.page.title(), /1/);
  await tester.close();
});

test("script in a link is shown as text, and played only when asked", async () => {
  const nasty = "<b onclick=alert(1)>troosten</b>";
  const tester = await openPage({ fragment: `#gesprek=${encodeURIComponent(`${nasty}\nja`)}` });
  assert.match(await tester.page.innerText("#notices"), /gedeeld gesprek van 2 zinnen/);
  assert.equal(await tester.page.locator("#turns > li").count(), 0);
  await tester.page.click("#notices .primary");
  await settled(tester.page, 3);
  assert.equal(await tester.page.locator("#turns .mine").first().innerText(), nasty);
  assert.equal(await tester.page.locator("#turns b").count(), 0);
  await tester.close();
});

test("a conversation is shared as a link that says the same again", async () => {
  const tester = await openPage();
  await tester.launch();
  for (const words of ["mijn baby huilt steeds", "ja", ":stil"]) await tester.say(words);
  const before = await tester.page.locator("#turns .hers").allInnerTexts();
  await tester.page.click("#share");
  const link = await tester.page.inputValue("#link");
  await tester.close();
  const other = await openPage({ fragment: new URL(link).hash });
  await other.page.click("#notices .primary");
  await settled(other.page, before.length);
  assert.deepEqual(await other.page.locator("#turns .hers").allInnerTexts(), before);
  await other.close();
});

test("a step is taken back, and everything starts again", async () => {
  const tester = await openPage();
  await tester.launch();
  await tester.say("mijn baby huilt steeds");
  await tester.say("stuur de kaart");
  await tester.page.click("#undo");
  await tester.page.waitForFunction(() => document.querySelectorAll("#turns > li").length === 2);
  assert.equal(await tester.page.locator("#cards li").count(), 0);
  assert.match(await tester.answer(), /^Over troosten\./);
  await tester.say("ja");
  assert.match(await tester.page.innerText("#inspect"), /AMAZON\.YesIntent/);
  await tester.page.click("#restart");
  await tester.page.waitForSelector("#open");
  assert.equal(await tester.page.locator("#turns > li").count(), 0);
  await tester.close();
});

test("it waits eight seconds, asks again, and ends", async () => {
  const tester = await openPage({ settings: { waits: true }, init: () => { const real = performance.now.bind(performance); performance.now = () => real() * 8; } });
  await tester.page.click("#open");
  await tester.page.waitForSelector('body[data-phase="ended"]', { timeout: 20_000 });
  const turns = await tester.page.locator("#turns > li").allInnerTexts();
  assert.equal(turns.length, 3);
  assert.match(turns[1], /acht seconden stil[\s\S]*Zeg bijvoorbeeld/);
  assert.match(turns[2], /acht seconden stil\s+\(Alexa zegt niets\)\s+gesprek gesloten$/);
  await tester.close();
});

test("the keyboard is enough, and the answer is announced", async () => {
  const tester = await openPage();
  const { keyboard } = tester.page;
  await keyboard.press("Tab");
  assert.equal(await tester.page.evaluate(() => document.activeElement.className), "skip");
  await keyboard.press("Enter");
  await keyboard.type("mijn baby huilt steeds");
  await keyboard.press("Enter");
  await settled(tester.page, 2);
  assert.match(await tester.page.textContent("#announcer"), /^Over troosten\..*\?$/);
  assert.equal(await tester.page.getAttribute("#announcer", "aria-live"), "polite");
  await tester.page.focus("#everything");
  await keyboard.press("Enter");
  await tester.page.waitForSelector("#all-dialog[open]");
  await keyboard.press("Escape");
  assert.equal(await tester.page.locator("#all-dialog[open]").count(), 0);
  await tester.close();
});

test("a fault in the skill is a calm sentence, a slow network is thinking", async () => {
  const tester = await openPage({ settings: { broken: true } });
  await tester.launch();
  await tester.say("mijn baby huilt steeds");
  assert.match(await tester.answer(), /^Er ging iets mis bij mij\./);
  await tester.page.check('[name="slow"]');
  await tester.page.uncheck('[name="broken"]');
  await tester.page.fill("#utterance", "troosten");
  await tester.page.press("#utterance", "Enter");
  await tester.page.waitForSelector('body[data-phase="thinking"]');
  await settled(tester.page, 4);
  await tester.close();
});

test("a conversation is kept as a file, and played again with its differences", async () => {
  const tester = await openPage();
  await tester.launch();
  await tester.say("mijn baby huilt steeds");
  const [download] = await Promise.all([tester.page.waitForEvent("download"), tester.page.click("#save")]);
  assert.equal(download.suggestedFilename(), "mijn-baby-huilt-steeds.yaml");
  const text = await readFile(await download.path(), "utf8");
  const play = async (content) => {
    await tester.page.setInputFiles("#file", { name: "x.yaml", mimeType: "application/yaml", buffer: Buffer.from(content) });
    await tester.page.waitForSelector("#replay-dialog[open]");
    const shown = await tester.page.innerText("#replay");
    return shown;
  };
  assert.match(await play(text), /Alles is hetzelfde: 2 stappen\./);
  await tester.page.click("#replay-dialog [data-close]");
  const other = text.replace("# Alexa: Over troosten.", "# Alexa: Over huilen.");
  assert.notEqual(other, text);
  assert.match(await play(other), /1 van de 2 stappen is anders/);
  assert.equal(await tester.page.locator("#replay del").first().innerText(), "huilen.");
  assert.equal(await tester.page.locator("#replay ins").first().innerText(), "troosten.");
  await tester.page.click("#replay-dialog [data-close]");
  await tester.page.setInputFiles("#file", { name: "x.yaml", mimeType: "application/yaml", buffer: Buffer.from("a: [") });
  await tester.page.waitForFunction(() => document.getElementById("notices").innerText.includes("geen geldige YAML"));
  await tester.close();
});
