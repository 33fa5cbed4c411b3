/** Saving what certcheck wrote, without a request. */
import { createElement } from "./element.mjs";

/**
 * Offer the content as a download.
 * @param {string} name of the file: fixed, from the authority's id, or safe letters of a certificate (certificate-saving.mjs)
 * @param {string} type MIME type
 * @param {string | Uint8Array<ArrayBuffer>} content
 */
export function saveFile(name, type, content) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  createElement("a", { href, download: name }).click();
  // Not at once: the browser reads the object while it saves.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
