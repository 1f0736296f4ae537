// The pictures of the README, small and always the same.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openPage } from "./browser.mjs";
import { shrink } from "./png.mjs";

const PICTURES = process.env.PICTURES;
const MOST_BYTES = 150_000;

const pictures = [
  { name: "pagina.png", size: { width: 1320, height: 900 }, says: ["mijn baby huilt steeds", "stuur de kaart", "ik voel geen band met mijn kind"] },
  { name: "pagina-scherm.png", size: { width: 1320, height: 900 }, settings: { device: "show" }, says: ["mijn baby huilt steeds"] },
  { name: "pagina-telefoon.png", size: { width: 390, height: 844, colorScheme: "dark" }, says: ["mijn kind is boos"] },
];
for (const { name, size, settings = {}, says } of pictures) {
  test(`picture ${name}`, async () => {
    const tester = await openPage({ ...size, settings });
    await tester.launch();
    for (const words of says) await tester.say(words);
    await tester.page.evaluate(() => {
      document.activeElement.blur();
      const first = document.querySelector("#now .sentence");
      document.getElementById("device").dataset.phase = "speaking";
      document.getElementById("phase").textContent = "Alexa praat";
      if (first) first.dataset.now = "";
      for (const id of ["mistakes", "notices"]) document.getElementById(id).replaceChildren();
      scrollTo(0, 0);
      for (const time of document.querySelectorAll("time")) time.textContent = "Vandaag, 20:15";
    });
    await tester.page.emulateMedia({ reducedMotion: "reduce", colorScheme: size.colorScheme || "light" });
    const small = await shrink(tester.page, await tester.page.screenshot());
    assert.ok(small.length < MOST_BYTES, `${small.length} bytes`);
    if (PICTURES) { await mkdir(PICTURES, { recursive: true }); await writeFile(join(PICTURES, name), small); }
    await tester.close();
  });
}
