// What scripts add to pages, in the words of macros/strings/site.yaml.

/** @type {Record<string, string>} by their code without its first part, `script.` */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/**
 * One text, with its values filled in.
 * @param {string} code
 * @param {Record<string, string | number>} [values]
 */
export function say(code, values = {}) {
  const text = words[code];
  if (text === undefined) throw new Error(`no words for "${code}"`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
