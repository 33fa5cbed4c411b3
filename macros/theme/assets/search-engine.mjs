// The search's rules, the same for the index that the build makes (scripts/site/search_index.mjs) and for the query: how text
// is folded and cut into terms, and the weight of each field. MiniSearch does the scoring.

/**
 * @typedef {{id: string, url: string, title: string, guide: string, authority: string}} Match
 * @typedef {Match & {begins: string, job: string, system: string, text: string, more: string, other: string}} Entry
 * @typedef {import("minisearch").default<Entry>} Index
 */

// Weights of the fields. A guide as a whole (begins, job) leads to its first step.
const WEIGHTS = { title: 4, begins: 4, job: 2, system: 2, guide: 1, text: 1, other: 1, more: 0.5 };
const SMALL_KANA = "ァィゥェォッャュョヮヵヶ";
const LARGE_KANA = "アイウエオツヤユヨワカケ";
// After NFKC all long vowel marks are U+30FC; hyphens, dashes and the minus sign stay as many as they were.
const STROKES = /[\u30fc\u30a0\u002d\u2010-\u2015\u2212]/g;
const RUNS =
  /(?<han>[\p{Script=Han}\p{Script=Katakana}]+)|(?<word>(?:(?![\p{Script=Han}\p{Script=Katakana}])[\p{L}\p{N}])+)/gu;
const LATIN_PAIR = /(?<=(?<first>[a-z]+)) (?=(?<second>[a-z]+))/g;
// Characters of a query, of which a whole mail may be pasted: its beginning is enough, and all of it would take a second.
const MAX_LENGTH = 300;
const HAN = /^[\p{Script=Han}\p{Script=Katakana}]/u;

/** @type {import("minisearch").Options<Entry>} */
export const OPTIONS = {
  fields: Object.keys(WEIGHTS),
  storeFields: ["url", "title", "guide", "authority"],
  tokenize: (text, field) => (field === "text" || field === "more" ? splitTerms(text) : splitQuery(text)),
  processTerm: (term) => term,
};

/**
 * Fold a text to one spelling of what people spell in several ways: full and half width, capitals, hiragana for katakana,
 * ウィザード and ウイザード, ヴァ and バ, サーバー and サーバ, "-", "–" and "－".
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[ァィゥェォッャュョヮヵヶ]/g, (kana) => LARGE_KANA.charAt(SMALL_KANA.indexOf(kana)))
    .replace(/ヴ([アイエオ])?/g, (_, vowel) => (vowel ? "バビベボ".charAt("アイエオ".indexOf(vowel)) : "ブ"))
    .replace(STROKES, "");
}

/**
 * Split a text into terms: of Japanese, which has no spaces, every two neighbouring characters; of the rest, words.
 * @param {string} text
 * @returns {string[]}
 */
export function splitTerms(text) {
  return [...fold(text).matchAll(RUNS)].flatMap((run) => (run.groups?.han ? splitBigrams(run[0]) : [run[0]]));
}

/** @param {string} run of Japanese characters */
function splitBigrams(run) {
  const letters = [...run];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

/**
 * Join short English words that are as often written as one: log in, back up, set up.
 * @param {string} text
 * @returns {string[]}
 */
function joinPairs(text) {
  const pairs = [...fold(text).matchAll(LATIN_PAIR)].map(({ groups }) => `${groups?.first}${groups?.second}`);
  return pairs.filter((pair) => pair.length <= 8);
}

/** @param {string} text a query, or a short field */
function splitQuery(text) {
  return [...splitTerms(text), ...joinPairs(text)];
}

/**
 * Find the steps that match, the best first. One matching term is enough and more score higher, so that a message pasted with
 * its surroundings, or with a typing error in it, still finds its step. A repeated term counts once.
 * @param {Index} index
 * @param {string} query as typed or pasted
 * @returns {(Match & {score: number})[]}
 */
export function findSteps(index, query) {
  const matches = index.search(query.slice(0, MAX_LENGTH), {
    tokenize: (text) => [...new Set(splitQuery(text))],
    boost: WEIGHTS,
    combineWith: "OR",
    prefix: (term) => !HAN.test(term) || [...term].length === 1,
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.25 : false),
  });
  return /** @type {(Match & {score: number})[]} */ (/** @type {unknown} */ (matches));
}
