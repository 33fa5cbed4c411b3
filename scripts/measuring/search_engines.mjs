// The three searches that scripts/search-compare measures, each behind the same two functions: prepare loads what a
// reader's browser would load, find answers with addresses of steps, the best first. Runs in a page of the compared site.

/** @typedef {{location: string, score: number}} Section what lunr's worker answers with */

/** The theme's own search: its worker, with the index that MkDocs' plug-in writes. */
function lunr() {
  /** @type {Worker} */
  let worker;
  /** @param {{type: number, data: unknown}} message */
  const ask = (message) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data.data);
      worker.postMessage(message);
    });
  return {
    /** @param {{worker: string}} given */
    async prepare(given) {
      const { config, docs } = await (await fetch("/search/search_index.json")).json();
      worker = new Worker(given.worker);
      await ask({ type: 0, data: { config, docs, options: { suggest: false } } });
    },
    /** @param {string} words */
    async find(words) {
      const { items } = /** @type {{items: Section[][]}} */ (await ask({ type: 2, data: words }));
      return items
        .flat()
        .sort((one, other) => other.score - one.score)
        .map(({ location }) => location);
    },
  };
}

/** Pagefind: the parts of the pages that it found, all of the first pages' together, by their own score. */
function pagefind() {
  /** @type {any} */
  let engine;
  return {
    /** @param {{language: string}} given */
    async prepare(given) {
      document.documentElement.lang = given.language; // by it Pagefind chooses its index
      const address = "/pagefind/pagefind.js";
      engine = await import(address);
      await engine.init();
    },
    /** @param {string} words */
    async find(words) {
      const { results } = await engine.search(words);
      const pages = await Promise.all(results.slice(0, 8).map((/** @type {any} */ one) => one.data()));
      return pages
        .flatMap(({ sub_results }) => sub_results.map(weighed))
        .sort((one, other) => other.score - one.score)
        .map(({ url }) => url);
    },
  };
}

/** @param {any} part of a page */
function weighed(part) {
  const score = part.weighted_locations.reduce(
    (/** @type {number} */ sum, /** @type {any} */ place) => sum + place.balanced_score,
    0,
  );
  return { url: part.url, score };
}

/** This site's search. */
function minisearch() {
  /** @type {any} */
  let index;
  /** @type {typeof import("../../macros/theme/assets/search-engine.mjs")} */
  let engine;
  return {
    /** @param {{assets: string, language: string}} given */
    async prepare({ assets, language }) {
      const [{ default: MiniSearch }, loaded, answer] = await Promise.all([
        import(`${assets}/minisearch.mjs`),
        import(`${assets}/search-engine.mjs`),
        fetch(`${assets}/search.${language}.json`),
      ]);
      engine = loaded;
      index = MiniSearch.loadJSON(await answer.text(), engine.OPTIONS);
    },
    /** @param {string} words */
    async find(words) {
      return engine.find(index, words).map(({ url }) => url);
    },
  };
}

const ENGINES = { lunr, pagefind, minisearch };

/**
 * Ask one search all queries, each twice: what it answered, and how long the second time took in milliseconds, when
 * everything has been loaded.
 * @param {keyof typeof ENGINES} name
 * @param {{worker: string, assets: string, language: string}} given
 * @param {string[]} queries
 */
export async function measure(name, given, queries) {
  const engine = ENGINES[name]();
  await engine.prepare(given);
  const answers = [];
  for (const words of queries) {
    await engine.find(words);
    const before = performance.now();
    const found = await engine.find(words);
    answers.push({ found: found.slice(0, 20), took: performance.now() - before });
  }
  return answers;
}
