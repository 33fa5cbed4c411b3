/** Saving text that certcheck wrote, without a request. */
import { createElement } from "./element.mjs";

/**
 * Offer the text as a download.
 * @param {string} name of the file: fixed or from the authority's id, so that nothing in a certificate names a file
 * @param {string} type MIME type
 * @param {string} text
 */
export function saveTextFile(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  createElement("a", { href, download: name }).click();
  // Not at once: the browser reads the object while it saves.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
