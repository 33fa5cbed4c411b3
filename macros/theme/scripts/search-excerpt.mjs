// A line of what the search found, with what matched marked.

import { foldForms, foldHiragana, HAN } from "./search-terms.mjs";

/** @typedef {{text: string, isMatch: boolean}} Piece */

const HIRAGANA = /^[ぁ-ゖー]+$/;
const LATIN = /[\p{Script=Latin}\p{N}]/u;

/**
 * Cut a line out of a text, around what matched.
 * @param {string} text
 * @param {string[]} terms of the index that matched
 * @param {import("./search-terms.mjs").Tokenizer} tokenizer
 * @param {number} limit letters that the line may have
 * @returns {Piece[]} which together are the line; "…" stands where it was cut
 */
export function cutExcerpt(text, terms, tokenizer, limit) {
  const letters = [...text];
  const marks = markLetters(letters, new Set(terms), tokenizer);
  const start = findStart(letters, marks, limit);
  const end = Math.min(letters.length, start + limit);
  /** @type {Piece[]} */
  const pieces = start > 0 ? [{ text: "…", isMatch: false }] : [];
  for (let at = start; at < end; at++) {
    const isMatch = marks[at] === true;
    const last = pieces.at(-1);
    if (last?.isMatch === isMatch) last.text += letters[at];
    else pieces.push({ text: letters[at] ?? "", isMatch });
  }
  if (end < letters.length) pieces.push({ text: "…", isMatch: false });
  return pieces;
}

/**
 * Tell of each letter whether it is part of a match. Pairs of hiragana are particles and endings: not marked.
 * @param {string[]} letters
 * @param {Set<string>} terms
 * @param {import("./search-terms.mjs").Tokenizer} tokenizer
 * @returns {boolean[]}
 */
function markLetters(letters, terms, tokenizer) {
  const marks = letters.map(() => false);
  const folded = letters.map(foldForms);
  /** Which letter each folded one comes from. */
  const origins = folded.flatMap((form, at) => [...form].flatMap((unit) => Array(unit.length).fill(at)));
  const forms = folded.join("");
  const words = foldHiragana(forms);
  /** @param {number} from @param {number} to in the folded text */
  const mark = (from, to) => marks.fill(true, origins[from], origins[to - 1] + 1);
  for (const { term, at, length } of tokenizer.findSynonyms(forms))
    if (terms.has(term)) mark(at, at + length);
  for (const term of terms) {
    for (let at = words.indexOf(term); at >= 0; at = words.indexOf(term, at + 1)) {
      const end = at + term.length;
      const isWord = !LATIN.test(words.charAt(at - 1)) && !LATIN.test(words.charAt(end));
      if (HAN.test(term) ? !HIRAGANA.test(forms.slice(at, end)) : isWord) mark(at, end);
    }
  }
  return marks;
}

/**
 * Find where a line has to begin to hold the most of what matched, a little before it.
 * @param {string[]} letters
 * @param {boolean[]} marks
 * @param {number} limit
 */
function findStart(letters, marks, limit) {
  if (letters.length <= limit) return 0;
  const lead = Math.floor(limit / 5);
  let best = { start: 0, count: marks.slice(0, limit).filter(Boolean).length };
  marks.forEach((isMarked, at) => {
    if (!isMarked || marks[at - 1]) return;
    const start = Math.min(Math.max(0, at - lead), letters.length - limit);
    const count = marks.slice(start, start + limit).filter(Boolean).length;
    if (count > best.count) best = { start, count };
  });
  const space = letters.indexOf(" ", best.start);
  return best.start > 0 && space >= 0 && space < best.start + lead ? space + 1 : best.start;
}
