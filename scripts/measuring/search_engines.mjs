// The three searches that scripts/search-compare measures, each behind the same two functions: prepare loads what a
// reader's browser would load, find returns addresses of steps, the best first. Runs in a page of the compared site.

/**
 * @typedef {{location: string, score: number}} Section a result of lunr's worker
 * @typedef {{worker: string, assets: string, language: string}} Setup addresses, and the language of the queries
 */

/** Create the theme's own search: its worker, with the index that MkDocs' plug-in writes. */
function createLunr() {
  /** @type {Worker} */
  let worker;
  /** @param {{type: number, data: unknown}} message */
  const ask = (message) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data.data);
      worker.postMessage(message);
    });
  return {
    /** @param {Setup} setup */
    async prepare(setup) {
      const { config, docs } = await (await fetch("/search/search_index.json")).json();
      worker = new Worker(setup.worker);
      await ask({ type: 0, data: { config, docs, options: { suggest: false } } });
    },
    /** @param {string} query */
    async find(query) {
      const { items } = /** @type {{items: Section[][]}} */ (await ask({ type: 2, data: query }));
      return items
        .flat()
        .sort((a, b) => b.score - a.score)
        .map(({ location }) => location);
    },
  };
}

/** Create Pagefind's search: the sections of the first pages, all together, by their own score. */
function createPagefind() {
  /** @type {any} */
  let engine;
  return {
    /** @param {Setup} setup */
    async prepare({ language }) {
      document.documentElement.lang = language; // by it Pagefind chooses its index
      const address = "/pagefind/pagefind.js";
      engine = await import(address);
      await engine.init();
    },
    /** @param {string} query */
    async find(query) {
      const { results } = await engine.search(query);
      const pages = await Promise.all(results.slice(0, 8).map((/** @type {any} */ result) => result.data()));
      return pages
        .flatMap(({ sub_results }) => sub_results.map(scoreSection))
        .sort((a, b) => b.score - a.score)
        .map(({ url }) => url);
    },
  };
}

/** @param {any} section of a page */
function scoreSection(section) {
  const score = section.weighted_locations.reduce(
    (/** @type {number} */ sum, /** @type {any} */ match) => sum + match.balanced_score,
    0,
  );
  return { url: section.url, score };
}

/** Create this site's search. */
function createMiniSearch() {
  /** @type {any} */
  let search;
  return {
    /** @param {Setup} setup */
    async prepare({ assets, language }) {
      const [{ default: MiniSearch }, { openSearch }, answer] = await Promise.all([
        import(`${assets}/minisearch.mjs`),
        import(`${assets}/search-engine.mjs`),
        fetch(`${assets}/search.${language}.json`),
      ]);
      search = openSearch(MiniSearch, await answer.json());
    },
    /** @param {string} query */
    async find(query) {
      return search.find(query).map((/** @type {{url: string}} */ { url }) => url);
    },
  };
}

const FACTORIES = { lunr: createLunr, pagefind: createPagefind, minisearch: createMiniSearch };

/**
 * Run all queries with one search, each twice, and measure the second time, when everything has been loaded.
 * @param {keyof typeof FACTORIES} name
 * @param {Setup} setup
 * @param {string[]} queries
 * @returns {Promise<{found: string[], took: number}[]>} at most 20 addresses, and milliseconds
 */
export async function measure(name, setup, queries) {
  const engine = FACTORIES[name]();
  await engine.prepare(setup);
  const results = [];
  for (const query of queries) {
    await engine.find(query);
    const start = performance.now();
    const found = await engine.find(query);
    results.push({ found: found.slice(0, 20), took: performance.now() - start });
  }
  return results;
}
