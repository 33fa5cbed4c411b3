/**
 * Files of the site in the browser's caches: names of caches, and the comparison with the build's lists. The page that
 * stores them and the service worker that answers with them agree by this module.
 */
import { computeSha256 } from "../../../wasm/browser/digest.mjs";

/** @param {string} root absolute address of the site @returns {string} with which its caches' names begin */
export const formatPrefix = (root) => `cert-guides ${root} `;

/**
 * Format the name of the cache of one part of one build.
 * @param {string} root
 * @param {string} part
 * @param {string} sha256 of the part's list of files
 */
export const formatCacheName = (root, part, sha256) => `${formatPrefix(root)}${part} ${sha256}`;

/** Format the path of a part's list of files, below the root. @param {string} part */
export const formatListPath = (part) => `offline/${part}.json`;

/** Convert a file's path to the address that it is requested at, both below the root. @param {string} path */
export const toAddress = (path) => path.replace(/(^|\/)index\.html$/, "$1");

/**
 * Compare a response with the build's digest.
 * @param {Response} response
 * @param {string | undefined} sha256 lower-case hex
 * @returns {Promise<Response>} with the same bytes and headers
 * @throws {TypeError} it is not the file of that build
 */
export async function verifyResponse(response, sha256) {
  const bytes = await response.arrayBuffer();
  if ((await computeSha256(bytes)) !== sha256)
    throw new TypeError(`not a file of this build: ${response.url}`);
  return new Response(bytes, { headers: response.headers });
}
