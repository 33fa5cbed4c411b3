/**
 * The oldest browsers that the checker supports: Chrome and Edge 96, Firefox 114, Safari 16.4 (string `trouble.floor`).
 * What sets them: Pyodide 314 is compiled with WebAssembly's exceptions (Chrome 95, Safari 15.2) and reference types
 * (Chrome 96), its loader uses class static blocks (Safari 16.4), and it runs in module workers only (Firefox 114;
 * `createWorkerFactory` in interpreter.mjs tests that). A browser too old to parse our modules keeps the sentence that the
 * page came with.
 */

// (module (tag) (func (param externref) try catch_all end)): the two proposals in the form that Pyodide uses.
const PROBE = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  ...[0x01, 0x08, 0x02, 0x60, 0x00, 0x00, 0x60, 0x01, 0x6f, 0x00], // types: [] -> [], [externref] -> []
  ...[0x03, 0x02, 0x01, 0x01], // one function of type 1
  ...[0x0d, 0x03, 0x01, 0x00, 0x00], // one tag of type 0
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x06, 0x40, 0x19, 0x0b, 0x0b], // try (empty) catch_all end, end
]);

/** Test the features. @returns {"webassembly" | "old" | null} the code of what this browser lacks, null where it has all */
export function findMissingFeature() {
  // Switched off by policy or by a "lockdown" mode, which is worth telling apart from an old browser.
  if (typeof WebAssembly !== "object") return "webassembly";
  const isModern = WebAssembly.validate(PROBE) && "hasOwn" in Object && "stream" in Blob.prototype;
  return isModern ? null : "old";
}
