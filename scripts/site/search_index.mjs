// Makes the search's file of one language: the source that macros/pages/search_records.py builds on its input, the file that
// the pages load on its output.
import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { buildSearchFile } from "../../macros/theme/assets/search-engine.mjs";

const source = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(buildSearchFile(MiniSearch, source)));
