// How it looks: axe-core in light and dark on a telephone and a desk, and nothing that runs off the side.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { openPage } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  // A text is evaluated by the driver, outside the page's policy, so axe needs no hole in it.
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(`${AXE}\n;0`);
  return page.evaluate(async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ").slice(0, 600)}`);
  });
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    test(`no violation of WCAG 2.2 AA, and nothing runs off the side: ${colorScheme}, ${width} pixels`, async () => {
      const tester = await openPage({ width, height: 900, colorScheme });
      const check = async (state) => {
        assert.deepEqual(await violations(tester.page), [], state);
        const over = await tester.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${state}: ${over} pixels too wide`);
      };
      await check("start");
      await tester.launch();
      await tester.say("mijn baby huilt steeds en eenheelerglangwoordzonderspatiesdatnergensafgebrokenkanwordenomdathetzolangis");
      await tester.page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
      await check("why, everything unfolded");
      await tester.page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = false; });
      await tester.say("stuur de kaart");
      await check("a card");
      for (const [device, words] of [["show", "mijn baby huilt steeds"], ["round", "wat kan ik vragen"]]) {
        await tester.page.check(`[name="device"][value="${device}"]`);
        await tester.say(words);
        await check(`${device}: ${words}`);
      }
      await tester.page.click("#everything");
      await check("everything you can say");
      await tester.page.click("#all-dialog [data-close]");
      await tester.page.setInputFiles("#file", { name: "x.yaml", mimeType: "application/yaml", buffer: Buffer.from("name: x\nsteps:\n  - open: true\n  - say: troosten\n    section: spelen\n") });
      await tester.page.waitForSelector("#replay-dialog[open]");
      await check("a difference");
      const narrowest = await tester.page.evaluate(() => Math.min(...[...document.querySelectorAll("#replay tbody :is(th, td)")].map((cell) => cell.clientWidth)));
      assert.ok(narrowest >= 60, `a cell of ${narrowest} pixels breaks its words`);
      await tester.close();
    });
  }
}

for (const colorScheme of ["light", "dark"]) {
  test(`a mistake in the content is shown without a violation: ${colorScheme}`, async () => {
    const tester = await openPage({ width: 360, height: 900, colorScheme, answers: { mistakes: [
      { file: "skill/content/tips/troosten.toml", line: 2, column: 9, text: "Dit kan zo niet.", shown: ["title = ", `Troosten${"x".repeat(200)}`] },
      { file: "skill/content/utterances/gevaar/geweld.txt", line: null, column: null, text: "Dit bestand ontbreekt.", shown: null },
    ] } });
    await tester.page.waitForSelector("#mistakes li");
    assert.deepEqual(await violations(tester.page), []);
    assert.ok(await tester.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await tester.close();
  });
}

test("motion stops for who asks for that", async () => {
  const tester = await openPage();
  await tester.page.emulateMedia({ reducedMotion: "reduce" });
  await tester.launch();
  assert.equal(await tester.page.evaluate(() => getComputedStyle(document.querySelector(".ring")).animationName), "none");
  await tester.close();
});
