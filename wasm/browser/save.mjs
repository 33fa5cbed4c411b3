/** Saving text that certcheck wrote, without a request. */
import { el } from "./dom.mjs";

/**
 * @param {string} name of the file: of our own making, so that nothing in a certificate names a file
 * @param {string} type
 * @param {string} text
 */
export function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href, download: name }).click();
  // Not at once: the browser reads the object while it saves.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
