/**
 * Text from a file, so that nothing in it hides or pretends: what is not seen, or turns the order of what is, becomes a mark
 * such as [U+202E]; so does a letter that looks like a Latin one, among Latin letters.
 */

// Control, format (bidirectional overrides, zero widths, tags), private and lone characters, ends of lines and paragraphs
// (Unicode 16, 4.5), and the letters that show nothing. Variation selectors stay: names in kanji use them.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

// Unicode Technical Standard 39, 4: whole scripts that imitate Latin, and of Greek, which Japanese uses, the same shapes.
const LIKE_LATIN =
  /[\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχ]/gu;

const LATIN = /\p{Script=Latin}/u;

/** @param {string} character */
const mark = (character) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** @param {string} text @returns {string} */
export function visible(text) {
  const shown = text.replace(UNSEEN, mark);
  return LATIN.test(text) ? shown.replace(LIKE_LATIN, (letter) => letter + mark(letter)) : shown;
}
