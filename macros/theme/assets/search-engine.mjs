// The search's rules, the same for the index that the build makes (scripts/site/search_index.mjs) and for what a person
// types: how words are folded and cut, and what counts how much. MiniSearch does the counting.

/**
 * @typedef {{id: string, url: string, title: string, guide: string, authority: string}} Found
 * @typedef {Found & {begins: string, job: string, system: string, text: string, more: string, other: string}} Entry
 * @typedef {import("minisearch").default<Entry>} Index
 */

// Fields and what a word in them counts. A guide as a whole (begins, job) leads to its first step.
const WEIGHTS = { title: 4, begins: 4, job: 2, system: 2, guide: 1, text: 1, other: 1, more: 0.5 };
const SMALL_KANA = "ァィゥェォッャュョヮヵヶ";
const LARGE_KANA = "アイウエオツヤユヨワカケ";
// After NFKC all long vowel marks are U+30FC; hyphens, dashes and the minus sign stay as many as they were.
const STROKES = /[\u30fc\u30a0\u002d\u2010-\u2015\u2212]/g;
const RUNS =
  /(?<han>[\p{Script=Han}\p{Script=Katakana}]+)|(?<word>(?:(?![\p{Script=Han}\p{Script=Katakana}])[\p{L}\p{N}])+)/gu;
const LATIN_PAIR = /(?<=(?<first>[a-z]+)) (?=(?<second>[a-z]+))/g;
// Of a whole mail that was pasted, in characters: what comes first tells, and all of it would take a second.
const LONGEST = 300;
const HAN = /^[\p{Script=Han}\p{Script=Katakana}]/u;

/** @type {import("minisearch").Options<Entry>} */
export const OPTIONS = {
  fields: Object.keys(WEIGHTS),
  storeFields: ["url", "title", "guide", "authority"],
  tokenize: (text, field) => (field === "text" || field === "more" ? terms(text) : asked(text)),
  processTerm: (term) => term,
};

/**
 * One spelling for what people spell in several ways: full and half width, capitals, hiragana for katakana,
 * ウィザード and ウイザード, ヴァ and バ, サーバー and サーバ, "-", "–" and "－".
 * @param {string} text
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
 * What the index counts: of Japanese, which has no spaces, every two neighbouring characters; of the rest, words.
 * @param {string} text
 * @returns {string[]}
 */
export function terms(text) {
  return [...fold(text).matchAll(RUNS)].flatMap((run) => (run.groups?.han ? bigrams(run[0]) : [run[0]]));
}

/** @param {string} run */
function bigrams(run) {
  const letters = [...run];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

/**
 * Short English words that are as often written as one: log in, back up, set up.
 * @param {string} text
 * @returns {string[]}
 */
function pairs(text) {
  const found = [...fold(text).matchAll(LATIN_PAIR)].map(({ groups }) => `${groups?.first}${groups?.second}`);
  return found.filter((pair) => pair.length <= 8);
}

/** @param {string} text */
function asked(text) {
  return [...terms(text), ...pairs(text)];
}

/**
 * The steps that fit, the best first. One word that fits is enough, more count more: a message pasted with what stood
 * around it, or with a typing error in it, still finds its step. A word that is repeated counts once.
 * @param {Index} index
 * @param {string} words as typed or pasted
 * @returns {(Found & {score: number})[]}
 */
export function find(index, words) {
  const found = index.search(words.slice(0, LONGEST), {
    tokenize: (text) => [...new Set(asked(text))],
    boost: WEIGHTS,
    combineWith: "OR",
    prefix: (term) => !HAN.test(term) || [...term].length === 1,
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.25 : false),
  });
  return /** @type {(Found & {score: number})[]} */ (/** @type {unknown} */ (found));
}
