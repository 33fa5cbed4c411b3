// Runs the search engine for the tests: reads {"fold": [text…]} or {"index": path, "find": [query…]} from the standard
// input, and writes the folded texts, or for each query the ids of the steps found.
import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { findSteps, fold, OPTIONS } from "../../macros/theme/assets/search-engine.mjs";

const request = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(request.fold ? request.fold.map(fold) : findAll(request)));

/** @param {{index: string, find: string[]}} request @returns {string[][]} */
function findAll({ index: path, find: queries }) {
  const index = MiniSearch.loadJSON(readFileSync(path, "utf8"), OPTIONS);
  return queries.map((query) => findSteps(index, query).map(({ id }) => id));
}
