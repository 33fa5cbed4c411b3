// Writes the standard library of modules.txt: node build.mjs FILE; or a wheel's modules: node build.mjs FILE WHEEL. See trim.py.

import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

/** @param {string} name */
const readText = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

const [file, wheel] = process.argv.slice(2);
if (file === undefined) throw new Error("no file to write given");
// A fixed seed, so that the same modules make the same bytes.
const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
pyodide.runPython(readText("trim.py"));
if (wheel === undefined) {
  const names = readText("modules.txt").trim().split("\n");
  writeFileSync(file, pyodide.globals.get("compile_stdlib")(pyodide.toPy(names)).toJs());
} else {
  pyodide.FS.writeFile("/wheel", new Uint8Array(readFileSync(wheel)));
  writeFileSync(file, pyodide.globals.get("compile_wheel")("/wheel").toJs());
}
