// Runs certcheck's wheel in Pyodide over files and prints the reports, as JSON:
// node report_in_pyodide.mjs WHEEL AT PASSWORD FILE...

import { readFileSync } from "node:fs";
import { start } from "../wheels/runtime.mjs";

const REPORTS = `
import json, sys
sys.path.insert(0, "/certcheck.whl")
from certcheck.browser import report_json
json.dumps([report_json([("file", content.to_bytes(), password)], at) for content in contents])
`;

const [wheel, at, password, ...files] = process.argv.slice(2);
if (wheel === undefined) throw new Error("no wheel given");
const pyodide = await start();
pyodide.FS.writeFile("/certcheck.whl", new Uint8Array(readFileSync(wheel)));
pyodide.globals.set("at", at);
pyodide.globals.set("password", password);
pyodide.globals.set(
  "contents",
  files.map((file) => new Uint8Array(readFileSync(file))),
);
process.stdout.write(pyodide.runPython(REPORTS));
