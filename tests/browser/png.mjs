// A screenshot as a small PNG: 255 colours at most. The browser itself unpacks it.
import { deflateSync } from "node:zlib";

const COLOURS = 255;

export async function shrink(page, png) {
  const { width, height, pixels } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = "";
    for (let start = 0; start < data.length; start += 32_768) text += String.fromCharCode(...data.subarray(start, start + 32_768));
    return { width: bitmap.width, height: bitmap.height, pixels: btoa(text) };
  }, png.toString("base64"));
  return encode(width, height, Buffer.from(pixels, "base64"));
}

function encode(width, height, rgba) {
  const palette = choose(rgba);
  const nearest = new Map();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const colour = (rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2];
      if (!nearest.has(colour)) nearest.set(colour, closest(palette, colour));
      rows[y * (width + 1) + 1 + x] = nearest.get(colour);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

/** Median cut: the box of colours that is widest, by its number of pixels, is split until there are enough; each gives its commonest. */
function choose(rgba) {
  const counts = new Map();
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = (rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2];
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  const boxes = [box([...counts])];
  while (boxes.length < COLOURS) {
    const widest = boxes.reduce((best, one) => (one.weight > best.weight ? one : best));
    if (widest.weight === 0) break;
    const { colours, shift } = widest;
    colours.sort((a, b) => ((a[0] >> shift) & 255) - ((b[0] >> shift) & 255));
    boxes.splice(boxes.indexOf(widest), 1, box(colours.slice(0, colours.length >> 1)), box(colours.slice(colours.length >> 1)));
  }
  return boxes.map(({ colours }) => colours.reduce((best, one) => (one[1] > best[1] ? one : best))[0]);
}

function box(colours) {
  let [range, shift, pixels] = [0, 0, 0];
  for (const bits of [16, 8, 0]) {
    let [low, high] = [255, 0];
    for (const [colour] of colours) { const part = (colour >> bits) & 255; low = Math.min(low, part); high = Math.max(high, part); }
    if (high - low > range) [range, shift] = [high - low, bits];
  }
  for (const [, count] of colours) pixels += count;
  return { colours, shift, weight: colours.length > 1 ? range * Math.cbrt(pixels) : 0 };
}

function closest(palette, colour) {
  let best = 0;
  let least = Infinity;
  palette.forEach((other, index) => {
    const [red, green, blue] = [(colour >> 16) - (other >> 16), ((colour >> 8) & 255) - ((other >> 8) & 255), (colour & 255) - (other & 255)];
    const distance = 2 * red * red + 4 * green * green + 3 * blue * blue;
    if (distance < least) { least = distance; best = index; }
  });
  return best;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
}

/** CRC-32, as PNG wants it. */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
