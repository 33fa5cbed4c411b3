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
