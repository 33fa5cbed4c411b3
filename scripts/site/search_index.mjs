// Makes the search's index of one language from the records of macros/pages/search_records.py.
// node scripts/site/search_index.mjs <records.json: [record, …], and writes the index to its output.
import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { OPTIONS } from "../../macros/theme/assets/search-engine.mjs";

const index = new MiniSearch(OPTIONS);
index.addAll(JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(index));
