// How the search cuts a text into terms: one spelling for what people spell in several ways, pairs of characters for
// Japanese, words for the rest, and a mark for words that mean the same (docs/shared/synonyms.yaml).

/**
 * @typedef {object} Tokenizer
 * @property {(text: string, hasPairs: boolean) => string[]} listTerms of a text for the index; with joined English pairs
 * @property {(text: string) => string[]} listQueryTerms of what was typed
 * @property {(text: string) => {term: string, at: number, length: number}[]} findSynonyms in what foldForms returns
 */

const SMALL_KANA = "ァィゥェォッャュョヮヵヶ";
const LARGE_KANA = "アイウエオツヤユヨワカケ";
// After NFKC all long vowel marks are U+30FC; hyphens, dashes and the minus sign stay as many as they were.
const STROKES = /[\u30fc\u30a0\u002d\u2010-\u2015\u2212]/g;
const RUNS =
  /(?<han>[\p{Script=Han}\p{Script=Katakana}]+)|(?<word>(?:(?![\p{Script=Han}\p{Script=Katakana}])[\p{L}\p{N}])+)/gu;
const LATIN_PAIR = /(?<=(?<first>[a-z]+)) (?=(?<second>[a-z]+))/g;
/** Letters that a word has to end before, where it begins or ends with one of them itself. */
const WHOLE_WORDS = ["[a-z0-9]", "[\\u30a1-\\u30fa]"];
/** Particles and endings that are left where a synonym was taken out: を, が, た. */
const KANA = /^[\u30a1-\u30fa]$/;
export const HAN = /^[\p{Script=Han}\p{Script=Katakana}]/u;
/** Begins the term of a group of synonyms; no text has it. */
export const MARK = "\u0001";

/**
 * Fold a text to one spelling of what people spell in several ways: full and half width, capitals, hiragana for katakana,
 * ウィザード and ウイザード, ヴァ and バ, サーバー and サーバ, "-", "–" and "－".
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return foldHiragana(foldForms(text));
}

/** Fold all but hiragana, which tells where a word of katakana ends. @param {string} text */
export function foldForms(text) {
  return enlarge(text.normalize("NFKC").toLowerCase().replaceAll("ゔ", "ヴ"))
    .replace(/ヴ([アイエオ])?/g, (_, vowel) => (vowel ? "バビベボ".charAt("アイエオ".indexOf(vowel)) : "ブ"))
    .replace(STROKES, "");
}

/** @param {string} text whose letters keep their places */
export function foldHiragana(text) {
  return enlarge(text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60)));
}

/** @param {string} text */
function enlarge(text) {
  return text.replace(/[ァィゥェォッャュョヮヵヶ]/g, (kana) => LARGE_KANA.charAt(SMALL_KANA.indexOf(kana)));
}

/**
 * Split a folded text into terms: of Japanese, which has no spaces, every two neighbouring characters; of the rest, words.
 * @param {string} folded
 * @returns {string[]}
 */
function splitTerms(folded) {
  return [...folded.matchAll(RUNS)].flatMap((run) => (run.groups?.han ? splitBigrams(run[0]) : [run[0]]));
}

/** @param {string} run of Japanese characters */
function splitBigrams(run) {
  const letters = [...run];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

/**
 * Join short English words that are as often written as one: log in, back up, set up.
 * @param {string} folded
 * @returns {string[]}
 */
function joinPairs(folded) {
  const pairs = [...folded.matchAll(LATIN_PAIR)].map(({ groups }) => `${groups?.first}${groups?.second}`);
  return pairs.filter((pair) => pair.length <= 8);
}

/**
 * Create what cuts texts into terms. In the index the mark of a group stands beside the words themselves, so that their
 * beginnings are still found; in a query it stands instead of them, so that each word of a group finds the same.
 * @param {Record<string, string[]>} synonyms words by group
 * @returns {Tokenizer}
 */
export function createTokenizer(synonyms) {
  const groups = new Map(
    Object.entries(synonyms).flatMap(([group, words]) => words.map((word) => [foldForms(word), group])),
  );
  const pattern = compilePattern([...groups.keys()]);
  /** @param {string} text */
  const findSynonyms = (text) =>
    [...text.matchAll(pattern)].map(({ 0: word, index }) => ({
      term: MARK + groups.get(word.replaceAll(/\s+/g, " ")),
      at: index,
      length: word.length,
    }));
  return {
    listTerms(text, hasPairs) {
      const forms = foldForms(text);
      const folded = foldHiragana(forms);
      const marks = findSynonyms(forms).map(({ term }) => term);
      return [...splitTerms(folded), ...(hasPairs ? joinPairs(folded) : []), ...marks];
    },
    listQueryTerms(text) {
      const forms = foldForms(text);
      const marks = findSynonyms(forms).map(({ term }) => term);
      const rest = foldHiragana(forms.replace(pattern, "\n"));
      const terms = [...splitTerms(rest), ...joinPairs(rest), ...marks];
      const words = marks.length ? terms.filter((term) => !KANA.test(term)) : terms;
      return [...new Set(words)];
    },
    findSynonyms,
  };
}

/**
 * Compile a pattern that finds words, of several at one place the longest; Latin and katakana only as whole words.
 * @param {string[]} words
 */
function compilePattern(words) {
  const parts = words
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const before = WHOLE_WORDS.find((letters) => new RegExp(`^${letters}`).test(word));
      const after = WHOLE_WORDS.find((letters) => new RegExp(`${letters}$`).test(word));
      const letters = word.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&").replaceAll(" ", "\\s+");
      return (before ? `(?<!${before})` : "") + letters + (after ? `(?!${after})` : "");
    });
  return new RegExp(parts.join("|") || "(?!)", "g");
}
