/**
 * SHA-256 by the browser's own implementation. `crypto.subtle` exists in secure contexts only (https, localhost).
 */

/** @returns {boolean} */
export const canDigest = () => globalThis.crypto?.subtle !== undefined;

/** @param {ArrayBuffer} data @returns {Promise<string>} lower-case hex */
export async function sha256(data) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} hex @returns {string} the same digest as fetch's `integrity` writes it */
export function integrity(hex) {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
