// Runs certcheck's wheel in Pyodide over files and prints what judge_files.py makes of them:
// node report_in_pyodide.mjs WHEEL AT PASSWORD LIST, where LIST names a file a line.

import { readFileSync } from "node:fs";
import { start } from "../wheels/runtime.mjs";

const [wheel, at, password, list] = process.argv.slice(2);
if (wheel === undefined || list === undefined) throw new Error("no wheel or no list given");
const files = readFileSync(list, "utf8").split("\n").filter(Boolean);
const pyodide = await start();
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
