/**
 * Text from a file, made so that nothing in it hides or pretends: characters that are not seen, or that turn the order of
 * others, become marks such as [U+202E]; so do letters that look like Latin ones, among Latin letters.
 */

// Control, format (bidirectional overrides, zero widths, tags), private and unpaired surrogate characters, ends of lines and
// paragraphs (Unicode 16, 4.5), and letters without a glyph. Variation selectors stay: names in kanji use them.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

// Unicode Technical Standard 39, 4: whole scripts that imitate Latin, and of Greek, which Japanese uses, the same shapes.
const LIKE_LATIN =
  /[\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχ]/gu;

const LATIN = /\p{Script=Latin}/u;

/** @param {string} character */
const formatCodePoint = (character) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/**
 * Put marks in place of invisible characters, and behind letters that imitate Latin ones.
 * @param {string} text
 * @returns {string}
 */
export function makeVisible(text) {
  const marked = text.replace(INVISIBLE, formatCodePoint);
  return LATIN.test(text) ? marked.replace(LIKE_LATIN, (letter) => letter + formatCodePoint(letter)) : marked;
}
