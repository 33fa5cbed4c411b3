// Runs the search's engine for the tests: reads {"fold": [text…]} or {"index": path, "find": [words…]} from the standard
// input, and writes the folded texts, or for each words the ids of the steps found.
import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { find, fold, OPTIONS } from "../../macros/theme/assets/search-engine.mjs";

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.fold ? asked.fold.map(fold) : answers()));

function answers() {
  const index = MiniSearch.loadJSON(readFileSync(asked.index, "utf8"), OPTIONS);
  return asked.find.map((/** @type {string} */ words) => find(index, words).map(({ id }) => id));
}
