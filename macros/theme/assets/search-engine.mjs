// The search's rules, the same for the index that the build makes (scripts/site/search_index.mjs) and for the query: the
// weight of each field, and what ranks before what. MiniSearch does the scoring, search-terms.mjs cuts texts into terms.

import { cutExcerpt } from "../scripts/search-excerpt.mjs";
import { createTokenizer, HAN, MARK } from "../scripts/search-terms.mjs";

/**
 * @typedef {import("../scripts/search-terms.mjs").Tokenizer} Tokenizer
 * @typedef {object} Match
 * @property {string} id
 * @property {string} url from the site's root
 * @property {string} title
 * @property {string} guide what it is a part of
 * @property {string} authority whose it is, as shown
 * @property {string} owner the authority's id, or empty
 * @property {string} text of which a line is shown
 * @property {string[]} terms of the index that matched
 * @typedef {Match & {begins: string, job: string, system: string, more: string, other: string}} Entry
 * @typedef {import("minisearch").default<Entry>} Index
 * @typedef {Record<string, string[]>} Synonyms words of each group
 * @typedef {Record<string, string[]>} Systems names of the authorities by their ids, the first of which is shown
 * @typedef {{synonyms: Synonyms, systems: Systems, index: import("minisearch").AsPlainObject}} SearchFile
 * @typedef {{synonyms: Synonyms, systems: Systems, records: Entry[]}} Source
 * @typedef {object} Scope
 * @property {string} [system] only what this authority's id owns, and what is for all
 * @property {string} [nearby] what this authority's id owns ranks higher, where the query names no other
 */

// Weights of the fields. A guide as a whole (begins, job) leads to its first step.
const WEIGHTS = { title: 4, begins: 4, job: 2, system: 2, guide: 1, text: 1, other: 1, more: 0.5 };
/** An answer of the start page says what to do; a step is one act of it. */
const ANSWER = 1.2;
/** What the system owns whose page one reads. */
const NEARBY = 1.6;
/** A group of synonyms is one term, where other words of Japanese are several pairs. */
const SYNONYM = 2;
// Characters of a query, of which a whole mail may be pasted: its beginning is enough, and all of it would take a second.
const MAX_LENGTH = 300;

/**
 * Build MiniSearch's options, for making the index and for loading it.
 * @param {Tokenizer} tokenizer
 * @returns {import("minisearch").Options<Entry>}
 */
function buildOptions(tokenizer) {
  return {
    fields: Object.keys(WEIGHTS),
    storeFields: ["url", "title", "guide", "authority", "owner", "text"],
    tokenize: (text, field) => tokenizer.listTerms(text, field !== "text" && field !== "more"),
    processTerm: (term) => term,
  };
}

/**
 * Make the search's file from what macros/pages/search_records.py knows.
 * @param {typeof import("minisearch").default} MiniSearch
 * @param {Source} source
 * @returns {SearchFile}
 */
export function buildSearchFile(MiniSearch, { synonyms, systems, records }) {
  const index = new MiniSearch(buildOptions(createTokenizer(synonyms)));
  index.addAll(records);
  return { synonyms, systems, index: index.toJSON() };
}

/**
 * Open the search's file.
 * @param {typeof import("minisearch").default} MiniSearch
 * @param {SearchFile} file
 */
export function openSearch(MiniSearch, { synonyms, systems, index }) {
  const tokenizer = createTokenizer(synonyms);
  const names = createTokenizer(systems);
  const engine = /** @type {Index} */ (MiniSearch.loadJS(index, buildOptions(tokenizer)));
  return {
    systems,
    /** @param {string} query @param {Scope} [scope] */
    find(query, scope = {}) {
      const [named] = names.listQueryTerms(query).filter((term) => term.startsWith(MARK));
      const nearby = named?.slice(MARK.length) ?? scope.nearby ?? "";
      return findMatches(engine, tokenizer, query, { ...scope, nearby });
    },
    /** @param {string} text @param {string[]} terms @param {number} limit */
    cutExcerpt: (text, terms, limit) => cutExcerpt(text, terms, tokenizer, limit),
  };
}

/**
 * Find what matches, the best first. One matching term is enough and more score higher, so that a message pasted with its
 * surroundings, or with a typing error in it, still finds its step. A repeated term counts once.
 * @param {Index} index
 * @param {Tokenizer} tokenizer
 * @param {string} query as typed or pasted
 * @param {Scope} scope
 * @returns {Match[]}
 */
function findMatches(index, tokenizer, query, { system = "", nearby = "" } = {}) {
  const matches = index.search(query.slice(0, MAX_LENGTH), {
    tokenize: (text) => tokenizer.listQueryTerms(text),
    boost: WEIGHTS,
    boostDocument: (id, _term, entry) =>
      (id.startsWith("index#") ? ANSWER : 1) * (nearby && entry?.owner === nearby ? NEARBY : 1),
    boostTerm: (term) => (term.startsWith(MARK) ? SYNONYM : 1),
    combineWith: "OR",
    filter: (match) => !system || match.owner === system || !match.owner,
    prefix: (term) => !term.startsWith(MARK) && (!HAN.test(term) || [...term].length === 1),
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.25 : false),
  });
  return /** @type {Match[]} */ (/** @type {unknown} */ (matches));
}
