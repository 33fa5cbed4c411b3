// Prints, as JSON, which imports of each native module nothing in Pyodide provides.
//
// Emscripten's loader does not mind a missing function until it is called; a module that was built with another
// Emscripten than Pyodide's could hide one for long.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { start } from "./runtime.mjs";

const PATHS = `
import json, _cffi_backend
from cryptography.hazmat.bindings import _rust
json.dumps([_rust.__file__, _cffi_backend.__file__])
`;

// Given by the dynamic loader to every side module.
const LINKAGE = ["memory", "__indirect_function_table", "__stack_pointer", "__memory_base", "__table_base"];

/** @param {WebAssembly.Module} module */
function exported(module) {
  return WebAssembly.Module.exports(module).map(({ name }) => name);
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {Set<string>} provided */
function unresolved(bytes, provided) {
  const module = new WebAssembly.Module(bytes);
  const known = new Set([...provided, ...exported(module), ...LINKAGE]);
  return WebAssembly.Module.imports(module)
    .map(({ name }) => name)
    .filter((name) => !known.has(name));
}

const pyodide = await start();
const wasm = createRequire(import.meta.url).resolve("pyodide/pyodide.asm.wasm");
// What the main module exports, and what its JavaScript side adds.
const provided = new Set([
  ...exported(new WebAssembly.Module(readFileSync(wasm))),
  // @ts-expect-error `_module` is Emscripten's own object, which Pyodide's declarations leave out.
  ...Object.keys(pyodide._module.LDSO.loadedLibsByName.__main__.exports),
]);
/** @type {string[]} */
const paths = JSON.parse(pyodide.runPython(PATHS));
const found = paths.map((path) => [path.split("/").at(-1), unresolved(pyodide.FS.readFile(path), provided)]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
