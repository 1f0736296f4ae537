// What the browser tests share: one Chromium, a fresh page a test, and a tester's hands.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const URL_ = process.env.PAGE_URL;
const DONE = ["paused", "waiting", "ended", "fault"];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(async () => { await browser.close(); });

/** A page with its switches set; every error in it and every request to another host fails the test that closes it. */
export async function openPage({ width = 1440, height = 900, colorScheme = "light", fragment = "", settings = {}, init, answers } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, acceptDownloads: true, permissions: ["clipboard-write", "clipboard-read"] });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error" && !/404|422/.test(message.text())) wrong.push(`console: ${message.text()}`); });
  page.on("request", (request) => { if (!request.url().startsWith(URL_) && !/^(blob|data):/.test(request.url())) wrong.push(`request: ${request.url()}`); });
  // What the server tells of itself, changed for a look at it.
  if (answers) await page.route(/\/api\/(about|news)$/, async (route) => { const answer = await (await route.fetch()).json(); await route.fulfill({ json: { ...answer, ...answers } }); });
  if (init) await page.addInitScript(init);
  await page.goto(URL_ + fragment);
  await page.waitForSelector("body[data-ready]");
  await page.evaluate((chosen) => {
    const form = document.getElementById("settings").elements;
    for (const [name, value] of Object.entries(chosen)) {
      if (typeof value === "boolean") { if (form[name].checked !== value) form[name].click(); } else [...form[name]].find((radio) => radio.value === value).click();
    }
  }, { quick: true, waits: false, ...settings });
  return {
    page,
    async launch() { await page.click("#open"); await settled(page, 1); },
    async say(text) {
      const turns = await page.locator("#turns > li").count();
      await page.fill("#utterance", text);
      await page.press("#utterance", "Enter");
      await settled(page, turns + 1);
    },
    answer: () => page.locator("#now .answer").innerText(),
    async close() { await context.close(); assert.deepEqual(wrong, []); },
  };
}

/** Wait until there are so many turns and Alexa is silent. */
export async function settled(page, turns) {
  await page.waitForFunction(
    ([count, done]) => document.querySelectorAll("#turns > li").length >= count && done.includes(document.body.dataset.phase), [turns, DONE], { timeout: 60_000 },
  );
}
