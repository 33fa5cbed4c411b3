// What scripts add to pages, in the words of macros/strings/site.yaml, and the region that says it aloud.

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

const announcer = document.createElement("div");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

/** @param {string} text what a screen reader says, without the focus moving; empty: nothing any more */
export function announce(text) {
  announcer.textContent = text;
}
