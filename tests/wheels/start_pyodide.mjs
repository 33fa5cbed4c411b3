// Pyodide with the committed wheels, by the committed lock file.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const WHEELS = new URL("../../wasm/wheels/", import.meta.url);

/**
 * Start Pyodide, with cryptography and what it depends on from wasm/wheels.
 * @param {string} [stdLibURL] archive of the standard library, by default Pyodide's own
 */
export function startPyodide(stdLibURL) {
  return loadPyodide({
    ...(stdLibURL && { stdLibURL }),
    lockFileContents: readFileSync(new URL("pyodide-lock.json", WHEELS), "utf8"),
    packageBaseUrl: fileURLToPath(WHEELS),
    packages: ["cryptography"],
  });
}
