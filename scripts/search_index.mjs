// Makes the search's index of each language from the records of macros/searchindex.py, and lays MiniSearch beside it.
// node scripts/search_index.mjs OUT <records.json: {"ja": [record, …], "en": […]}
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import MiniSearch from "minisearch";
import { OPTIONS } from "../macros/theme/assets/search-engine.mjs";

const out = process.argv[2] ?? "build/search";
mkdirSync(out, { recursive: true });
for (const [language, records] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(records);
  writeFileSync(join(out, `search.${language}.json`), JSON.stringify(index));
}
copyFileSync(fileURLToPath(import.meta.resolve("minisearch")), join(out, "minisearch.mjs"));
