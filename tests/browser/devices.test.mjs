// The screen of an Echo Show, sound, and speech recognition.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settled } from "./browser.mjs";

test("a touch on the Echo Show is the same as saying it", async () => {
  const tester = await openPage({ settings: { device: "show" } });
  await tester.launch();
  await tester.say("wat kan ik vragen");
  await tester.page.click('.apl button:has-text("Samen spelen")');
  await settled(tester.page, 3);
  assert.match(await tester.answer(), /^Over samen spelen\./);
  assert.equal(await tester.page.locator(".apl [role=heading]").innerText(), "Samen spelen");
  await tester.page.click('.apl button:has-text("Nee")');
  await settled(tester.page, 4);
  assert.match(await tester.page.innerText("#inspect"), /UserEvent/);
  await tester.close();
});

for (const device of ["show", "small", "round"]) {
  test(`what stands on the screen fits it: ${device}`, async () => {
    const tester = await openPage({ settings: { device } });
    await tester.launch();
    for (const words of ["mijn baby huilt steeds", "wat kan ik vragen", "stuur de kaart"]) {
      await tester.say(words);
      const outside = await tester.page.evaluate(() => {
        const screen = document.getElementById("screen").getBoundingClientRect();
        const round = document.getElementById("show").dataset.shape === "round";
        const seen = [...document.querySelectorAll(".apl button, .apl [role=heading]")].filter((element) => !element.closest("[data-scrolls]"));
        // Of a heading its lines of text, from the height of its capitals down; of a button the whole.
        const boxes = (element) => {
          if (element.getAttribute("role") !== "heading") return [element.getBoundingClientRect()];
          const range = document.createRange();
          range.selectNodeContents(element);
          return [...range.getClientRects()].map(({ left, right, top, bottom }) => ({ left, right, top: top + (bottom - top) * 0.25, bottom }));
        };
        return seen.filter((element) => {
          const corners = boxes(element).flatMap((box) => [[box.left, box.top], [box.right, box.top], [box.left, box.bottom], [box.right, box.bottom]]);
          const [x, y, radius] = [screen.left + screen.width / 2, screen.top + screen.height / 2, screen.width / 2];
          return corners.some(([left, top]) => left < screen.left || left > screen.right || top < screen.top || top > screen.bottom
            || (round && Math.hypot(left - x, top - y) > radius));
        }).map((element) => element.textContent);
      });
      assert.deepEqual(outside, [], words);
      const wide = await tester.page.evaluate(() => [...document.querySelectorAll(".apl [data-scrolls]")].filter((element) => getComputedStyle(element).flexDirection !== "row" && element.scrollWidth > element.clientWidth + 1).length);
      assert.equal(wide, 0, "text runs out of its column");
    }
    await tester.close();
  });
}

test("after violence at home the screen shows the neutral title only", async () => {
  const tester = await openPage({ settings: { device: "show" } });
  await tester.launch();
  await tester.say("mijn man slaat mij");
  assert.equal((await tester.page.innerText(".apl")).trim(), "Hulp en advies voor ouders");
  await tester.close();
});

test("the recordings play to the end, sentence by sentence", async () => {
  const tester = await openPage({ settings: { quick: false } });
  await tester.page.evaluate(() => {
    window.seen = [];
    new MutationObserver(() => { const now = document.querySelector(".sentence[data-now]"); if (now && window.seen.at(-1) !== now.textContent) window.seen.push(now.textContent); })
      .observe(document.getElementById("now"), { subtree: true, attributes: true, childList: true });
    window.ended = [];
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      this.addEventListener("ended", () => window.ended.push([this.currentTime, this.duration, this.error]));
      return play.call(this);
    };
  });
  await tester.launch();
  const ended = await tester.page.evaluate(() => window.ended);
  assert.equal(ended.length, await tester.page.evaluate(() => Number(document.body.dataset.played)));
  assert.ok(ended.length >= 2, "the welcome and its question");
  for (const [now, whole, error] of ended) {
    assert.equal(error, null);
    assert.ok(whole > 0.5 && Math.abs(now - whole) < 0.1, `${now} of ${whole}`);
  }
  assert.equal((await tester.page.evaluate(() => window.seen)).join(" "), await tester.answer());
  assert.match(await tester.page.innerText("#sound-help"), /Je hoort de opnamen/);
  await tester.close();
});

test("sound that cannot be found is told, and the text goes on", async () => {
  const tester = await openPage({ settings: { quick: false, lost: true, voice: "clips" } });
  await tester.page.click("#open");
  await tester.page.waitForFunction(() => document.body.dataset.phase === "paused", null, { timeout: 60_000 });
  assert.match(await tester.page.innerText("#sound-help"), /geluid kwam niet/);
  assert.match(await tester.answer(), /^Welkom/);
  await tester.close();
});

test("the recordings are what the skill sends when they are chosen", async () => {
  const tester = await openPage({ settings: { voice: "clips" } });
  await tester.launch();
  await tester.page.locator("summary", { hasText: "Antwoord van de skill" }).click();
  assert.match(await tester.page.locator("pre").last().innerText(), /<audio src=/);
  assert.match(await tester.answer(), /^Welkom/);
  await tester.close();
});

test("speech is recognised where the browser can, while the button is held", async () => {
  const tester = await openPage({ init: () => {
    window.SpeechRecognition = class extends EventTarget {
      start() { window.started = this.lang; }
      stop() {
        const result = new Event("result");
        result.results = [[{ transcript: "mijn baby huilt steeds" }]];
        this.dispatchEvent(result);
        this.dispatchEvent(new Event("end"));
      }
    };
  } });
  const button = await tester.page.locator("#microphone").boundingBox();
  await tester.page.mouse.move(button.x + 20, button.y + 10);
  await tester.page.mouse.down();
  await tester.page.waitForSelector('body[data-phase="listening"]');
  await tester.page.mouse.up();
  await settled(tester.page, 2);
  assert.equal(await tester.page.evaluate(() => window.started), "nl-NL");
  assert.match(await tester.answer(), /^Over troosten\./);
  await tester.page.evaluate(() => document.activeElement.blur());
  await tester.page.keyboard.down("Space");
  await tester.page.waitForSelector('body[data-phase="listening"]');
  await tester.page.keyboard.up("Space");
  await settled(tester.page, 3);
  await tester.close();
});

test("without speech recognition that is said plainly", async () => {
  const tester = await openPage({ init: () => { delete window.SpeechRecognition; delete window.webkitSpeechRecognition; } });
  assert.equal(await tester.page.isVisible("#microphone"), false);
  assert.match(await tester.page.innerText("#microphone-help"), /Typ wat je zegt/);
  await tester.close();
});
