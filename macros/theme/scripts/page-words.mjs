// Words that scripts add to pages, from macros/strings/site.yaml.

/** @type {Record<string, string>} by their code without its first part, `script.` */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/**
 * Return a text with its values filled in.
 * @param {string} code
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 * @throws {Error} there is no such text
 */
export function say(code, values = {}) {
  const text = words[code];
  if (text === undefined) throw new Error(`no words for "${code}"`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
