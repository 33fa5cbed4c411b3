// Runs certcheck's wheel in Pyodide over files and prints what judge_files.py makes of them:
// node report_in_pyodide.mjs WHEEL AT PASSWORD LIST STDLIB IMPORTED, where LIST names a file a line. Python's standard
// library is the archive STDLIB, and IMPORTED gets the names of the files that were imported from it.

import { readFileSync, writeFileSync } from "node:fs";
import { startPyodide } from "../wheels/start_pyodide.mjs";

const [wheel, at, password, list, stdlib, imported] = process.argv.slice(2);
if (wheel === undefined || list === undefined) throw new Error("no wheel or no list given");
if (stdlib === undefined || imported === undefined)
  throw new Error("no standard library or no file to list it given");
const files = readFileSync(list, "utf8").split("\n").filter(Boolean);
const pyodide = await startPyodide(stdlib);
pyodide.FS.writeFile("/certcheck.whl", new Uint8Array(readFileSync(wheel)));
pyodide.globals.set("at", at);
pyodide.globals.set("password", password);
pyodide.globals.set(
  "contents",
  files.map((file) => new Uint8Array(readFileSync(file))),
);
pyodide.runPython('import sys; sys.path.insert(0, "/certcheck.whl")');
pyodide.runPython(readFileSync(new URL("judge_files.py", import.meta.url), "utf8"));
const judge = "judge([content.to_bytes() for content in contents], at, password)";
process.stdout.write(pyodide.runPython(judge));

// Tracebacks must work as well, which imports more.
let traceback = "";
try {
  pyodide.runPython('inspect_files([], "never")');
} catch (error) {
  traceback = String(error);
}
if (!traceback.includes("parse_instant")) throw new Error(`an error without its place: ${traceback}`);

const ORIGINS = `
import json, sys
specs = (getattr(module, "__spec__", None) for module in list(sys.modules.values()))
archive = next(path for path in sys.path if path.endswith(".zip"))
origins = [spec.origin for spec in specs if spec and (spec.origin or "").startswith(archive)]
json.dumps(sorted(origin.removeprefix(f"{archive}/") for origin in origins))
`;
writeFileSync(imported, pyodide.runPython(ORIGINS));
