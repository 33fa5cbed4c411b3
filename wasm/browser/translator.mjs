/**
 * The page's wording, by code.
 * @import {Translate} from "./contract.mjs"
 */

/**
 * Fill values into a sentence.
 * @param {string} text
 * @param {Record<string, string | number>} values by placeholder
 * @returns {string}
 * @throws {Error} a value is missing: a fault of the build, which must not show as a gap
 */
export const fillPlaceholders = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`"${text}" needs "${name}"`);
    return String(value);
  });

/**
 * Create the function that looks a code up and fills its sentence. It throws where the code is missing.
 * @param {Record<string, string>} strings
 * @returns {Translate}
 */
export function createTranslator(strings) {
  return (code, values = {}) => {
    const text = strings[code];
    if (text === undefined) throw new Error(`no string "${code}"`);
    return fillPlaceholders(text, values);
  };
}

/** What the code of a sentence ends with that is for fingers: it taps, and speaks of no PC. */
const TOUCH = ".touch";

/**
 * Put the sentences for fingers in the place of those for a mouse where the device's main pointer is a finger.
 * @param {Record<string, string>} strings
 * @returns {Record<string, string>}
 */
export function selectForPointer(strings) {
  if (!matchMedia("(pointer: coarse)").matches) return strings;
  const variants = Object.entries(strings)
    .filter(([code]) => code.endsWith(TOUCH))
    .map(([code, text]) => [code.slice(0, -TOUCH.length), text]);
  return { ...strings, ...Object.fromEntries(variants) };
}

/**
 * Translate a number of days in the grammatical number that it has in English: "1 day", "2 days".
 * @param {Translate} t
 * @param {string} code prefix of the pair `.one` and `.other`
 * @param {number} n
 * @returns {string}
 */
export function translatePlural(t, code, n) {
  return t(`${code}.${n === 1 ? "one" : "other"}`, { n });
}
