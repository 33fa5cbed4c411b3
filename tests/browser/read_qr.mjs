// Reads a QR code that qr-code.mjs has drawn, given its path on standard input, with a library that did not draw it.
import { readFileSync } from "node:fs";
import decode from "qr/decode.js";

const QUIET_ZONE = 4;
const SCALE = 4;
/** @type {{side: number, path: string}} */
const { side, path } = JSON.parse(readFileSync(0, "utf8"));
const width = side * SCALE;
const data = new Uint8ClampedArray(width * width * 4).fill(255);
for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
  for (let row = 0; row < SCALE; row++) {
    const at = ((Number(y) + QUIET_ZONE) * SCALE + row) * width + (Number(x) + QUIET_ZONE) * SCALE;
    for (let column = 0; column < SCALE; column++) data.fill(0, (at + column) * 4, (at + column) * 4 + 3);
  }
}
process.stdout.write(decode({ width, height: width, data }));
