// Prints, as JSON, which imports of each native module nothing in Pyodide provides.
//
// Emscripten's loader reports a missing function only when it is called: a module that was built with another Emscripten
// than Pyodide's could lack one unnoticed.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { startPyodide } from "./start_pyodide.mjs";

const PATHS = `
import json, _cffi_backend
from cryptography.hazmat.bindings import _rust
json.dumps([_rust.__file__, _cffi_backend.__file__])
`;

// Provided by the dynamic loader to every side module.
const LOADER_IMPORTS = [
  "memory",
  "__indirect_function_table",
  "__stack_pointer",
  "__memory_base",
  "__table_base",
];

/** @param {WebAssembly.Module} module */
function listExports(module) {
  return WebAssembly.Module.exports(module).map(({ name }) => name);
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {Set<string>} provided */
function listUnresolved(bytes, provided) {
  const module = new WebAssembly.Module(bytes);
  const known = new Set([...provided, ...listExports(module), ...LOADER_IMPORTS]);
  return WebAssembly.Module.imports(module)
    .map(({ name }) => name)
    .filter((name) => !known.has(name));
}

const pyodide = await startPyodide();
const wasm = createRequire(import.meta.url).resolve("pyodide/pyodide.asm.wasm");
// What the main module exports, and what its JavaScript side adds.
const provided = new Set([
  ...listExports(new WebAssembly.Module(readFileSync(wasm))),
  // @ts-expect-error `_module` is Emscripten's own object, which Pyodide's declarations leave out.
  ...Object.keys(pyodide._module.LDSO.loadedLibsByName.__main__.exports),
]);
/** @type {string[]} */
const paths = JSON.parse(pyodide.runPython(PATHS));
const unresolved = paths.map((path) => [
  path.split("/").at(-1),
  listUnresolved(pyodide.FS.readFile(path), provided),
]);
process.stdout.write(JSON.stringify(Object.fromEntries(unresolved)));
