// Makes the search's index of one language from the records of macros/pages/search_records.py, and lays MiniSearch beside it.
// node scripts/site/search_index.mjs OUT LANGUAGE <records.json: [record, …]
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import MiniSearch from "minisearch";
import { OPTIONS } from "../../macros/theme/assets/search-engine.mjs";

const [out = "build/search", language = "ja"] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const index = new MiniSearch(OPTIONS);
index.addAll(JSON.parse(readFileSync(0, "utf8")));
writeFileSync(join(out, `search.${language}.json`), JSON.stringify(index));
copyFileSync(fileURLToPath(import.meta.resolve("minisearch")), join(out, "minisearch.mjs"));
