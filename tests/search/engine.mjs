// Runs the search engine for the tests: reads {"fold": [text…]} or {"index": path, "find": [query…], "scope": {…}} from the
// standard input, and writes the folded texts, or for each query the ids of what was found.
import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { openSearch } from "../../macros/theme/assets/search-engine.mjs";
import { fold } from "../../macros/theme/scripts/search-terms.mjs";

const request = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(request.fold ? request.fold.map(fold) : findAll(request)));

/**
 * @param {{index: string, find: string[], scope?: import("../../macros/theme/assets/search-engine.mjs").Scope}} request
 * @returns {string[][]}
 */
function findAll({ index: path, find: queries, scope }) {
  const { find } = openSearch(MiniSearch, JSON.parse(readFileSync(path, "utf8")));
  return queries.map((query) => find(query, scope).map(({ id }) => id));
}
