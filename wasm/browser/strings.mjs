/** @import {Translate} from "./contract.mjs" */

/**
 * Fills values into a sentence. A missing one is a fault of the build, so it throws instead of showing a gap.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`"${text}" needs "${name}"`);
    return String(value);
  });

/**
 * The page's wording by code. A missing code throws, too.
 * @param {Record<string, string>} strings
 * @returns {Translate}
 */
export function translator(strings) {
  return (code, values = {}) => {
    const text = strings[code];
    if (text === undefined) throw new Error(`no string "${code}"`);
    return filled(text, values);
  };
}

/**
 * "1 day", "2 days": the form of a number of days that the language wants.
 * @param {Translate} t
 * @param {string} code prefix of the pair `.one` and `.other`
 * @param {number} n
 */
export function plural(t, code, n) {
  return t(`${code}.${n === 1 ? "one" : "other"}`, { n });
}
