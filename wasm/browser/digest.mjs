/**
 * SHA-256 by the browser's own implementation. `crypto.subtle` exists in secure contexts only (https, localhost).
 */

/** @returns {boolean} whether this context can compute digests */
export const canDigest = () => globalThis.crypto?.subtle !== undefined;

/**
 * Compute the SHA-256 of bytes.
 * @param {ArrayBuffer} data
 * @returns {Promise<string>} lower-case hex
 * @throws {TypeError} outside a secure context
 */
export async function computeSha256(data) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Convert a digest to integrity metadata (Subresource Integrity, 3.1), which `fetch` takes.
 * @param {string} hex SHA-256
 * @returns {string}
 */
export function toIntegrity(hex) {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
