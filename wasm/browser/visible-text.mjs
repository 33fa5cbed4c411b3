/**
 * Text from a file, made so that nothing in it hides or pretends: characters that are not seen, or that turn the order of
 * others, become marks such as [U+202E]; so do letters that look like Latin ones, among Latin letters.
 */

// Control, format (bidirectional overrides, zero widths, tags), private and unpaired surrogate characters, ends of lines and
// paragraphs (Unicode 16, 4.5), and letters without a glyph. Variation selectors stay: names in kanji use them.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

// Marks that are drawn over or through other letters. Where they are part of a letter, NFC has joined them; voicing marks of
// kana and variation selectors stay.
const PAINTED_OVER = /(?!\u3099|\u309a|\p{Variation_Selector})(?=\p{Script=Inherited})[\p{Mn}\p{Me}]/gu;

// Letters that imitate Latin ones (Unicode Technical Standard 39, 4 and 5), told by their properties and not by its table of
// confusables: docs-dev/decisions/040-look-alikes-by-properties.md.
const SCRIPTS_OF_JAPAN =
  /[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Greek}\p{Script=Common}]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{Nd}]/u;
const GREEK_OF_LATIN_SHAPE = /[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγηικνορστυωχϲϳϹͿ]/u; // Japanese names have Greek letters
const OTHER_LETTERS = /[ªºÆæØøÐðÞþßĐđĦħŁłŊŋŒœ]/u; // Latin ones by themselves, which look like no other
const FULL_WIDTH = /[Ａ-Ｚａ-ｚ]/u;
const LATIN = /\p{Script=Latin}/u;
const ASCII_LETTER = /[A-Za-z]/;

// Digits of either width are common in Japanese; in the middle of others they change a user id.
const DIGITS_AMONG_ASCII = /(?<=[A-Za-z0-9])[０-９]+|[０-９]+(?=[A-Za-z0-9])/gu;

/** @param {string} character */
const formatCodePoint = (character) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** @param {string} text @param {(character: string) => boolean} isMarked */
const markCharacters = (text, isMarked) =>
  Array.from(text, (character) =>
    isMarked(character) ? character + formatCodePoint(character) : character,
  ).join("");

/**
 * Tell whether a character imitates a Latin letter or a digit: one of another script, a phonetic or a mathematical one.
 * @param {string} character
 */
function isLookAlike(character) {
  if (character <= "\x7f" || OTHER_LETTERS.test(character) || /[０-９\p{No}]/u.test(character)) return false;
  if (LETTER_OR_DIGIT.test(character) && !SCRIPTS_OF_JAPAN.test(character)) return true;
  if (GREEK_OF_LATIN_SHAPE.test(character) || /^[A-Za-z0-9]$/.test(character.normalize("NFKC"))) return true;
  return LATIN.test(character) && !ASCII_LETTER.test(character.normalize("NFD"));
}

/**
 * Put marks in place of what is invisible or paints over others, and behind what imitates Latin letters where there are any;
 * full-width letters imitate only beside those of ASCII.
 * @param {string} text
 * @returns {string}
 */
export function makeVisible(text) {
  const joined = text.search(PAINTED_OVER) >= 0 ? text.normalize("NFC") : text;
  const seen = joined
    .replace(INVISIBLE, formatCodePoint)
    .replace(PAINTED_OVER, formatCodePoint)
    .replace(DIGITS_AMONG_ASCII, (digits) => markCharacters(digits, () => true));
  if (!LATIN.test(joined.normalize("NFKC"))) return seen;
  const hasAscii = ASCII_LETTER.test(joined);
  return markCharacters(seen, (character) =>
    FULL_WIDTH.test(character) ? hasAscii : isLookAlike(character),
  );
}
