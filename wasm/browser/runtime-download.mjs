/**
 * Everything that Python in its worker needs, downloaded with progress in bytes. It stays at hand as Blobs, which the browser
 * fills and keeps outside of the page's thread: the page stays responsive meanwhile, and a worker that had to be ended is
 * replaced without a request. The worker compares each file with its SHA-256 before it runs any of them; the worker's own
 * script is compared here.
 * @import {Asset, CheckData, RuntimeFile} from "./contract.mjs"
 *
 * @typedef {object} DownloadedRuntime
 * @property {Blob} script the worker's, compared
 * @property {RuntimeFile[]} files not compared yet
 * @property {string} certcheck name of certcheck's wheel
 * @property {string} address absolute, of the worker's script: what a worker can try to connect to
 * @property {boolean} hasPolicy whether the host sends the headers of deploy/policy.yaml
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {(name: string) => string | null} getHeader
 * @property {Blob} data
 */
import { canDigest, computeSha256, toIntegrity } from "./digest.mjs";
import { Trouble } from "./trouble.mjs";

/**
 * Download a file of the runtime.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<{data: Blob, hasPolicy: boolean}>}
 * @throws {Trouble} `network`, `page_instead`, `altered`
 */
async function downloadFile(asset, onBytes) {
  const download = canDigest() ? downloadWithProgress : downloadWithIntegrity;
  const { status, getHeader, data } = await download(asset, onBytes).catch((cause) => {
    throw cause instanceof Trouble ? cause : new Trouble("network", `${asset.name}: ${cause}`);
  });
  if (status !== 200) throw new Trouble("network", `${asset.name}: ${status}`);
  if (getHeader("content-type")?.startsWith("text/html")) throw new Trouble("page_instead", asset.name);
  if (data.size !== asset.size) throw new Trouble("altered", asset.name);
  return { data, hasPolicy: allowsNothing(getHeader("content-security-policy")) };
}

/**
 * Tell whether a Content-Security-Policy is the one that deploy/policy.yaml gives to files such as this: `default-src 'none'`.
 * Any other header, such as one that only upgrades requests, shows that the host has policies of its own.
 * @param {string | null} header policies are separated by commas, directives by semicolons (CSP Level 3, 2.2)
 * @returns {boolean}
 */
function allowsNothing(header) {
  const directives = (header ?? "").split(/[,;]/).map((directive) => directive.trim().toLowerCase());
  return directives.includes("default-src 'none'");
}

/**
 * Download without fetch(), with which the page would have to move every byte to count them.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<Answer>}
 */
function downloadWithProgress({ name, url, size }, onBytes) {
  const request = new XMLHttpRequest();
  let counted = 0;
  request.responseType = "blob";
  return new Promise((resolve, reject) => {
    request.onprogress = ({ loaded }) => {
      onBytes(loaded - counted);
      counted = loaded;
      if (loaded <= size) return;
      request.abort(); // what is longer is another file, and may have no end
      reject(new Trouble("altered", name));
    };
    request.onload = () => {
      const getHeader = (/** @type {string} */ header) => request.getResponseHeader(header);
      resolve({ status: request.status, getHeader, data: request.response });
    };
    request.onerror = () => reject(new Error("no answer"));
    request.open("GET", url);
    request.send();
  });
}

/**
 * Download where there is no crypto.subtle: the browser compares by itself, and hands the body over once it is complete.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<Answer>}
 */
async function downloadWithIntegrity({ url, sha256, size }, onBytes) {
  const response = await fetch(url, { integrity: toIntegrity(sha256) });
  const data = await response.blob();
  onBytes(size);
  return { status: response.status, getHeader: (name) => response.headers.get(name), data };
}

/**
 * Download the worker's script, and compare it.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @throws {Trouble} as downloadFile does
 */
async function downloadScript(asset, onBytes) {
  const { data, hasPolicy } = await downloadFile(asset, onBytes);
  const bytes = await new Response(data).arrayBuffer();
  if (canDigest() && (await computeSha256(bytes)) !== asset.sha256) throw new Trouble("altered", asset.name);
  return { script: data, hasPolicy };
}

/**
 * Download the runtime. When the promise resolves, the last response is in.
 * @param {CheckData["assets"]} assets
 * @param {(loaded: number, total: number) => void} onProgress both in bytes
 * @returns {Promise<DownloadedRuntime>}
 * @throws {Trouble} as downloadFile does
 */
export async function downloadRuntime({ worker, runtime, certcheck }, onProgress) {
  const total = [worker, ...runtime, certcheck].reduce((sum, asset) => sum + asset.size, 0);
  let loaded = 0;
  const onBytes = (/** @type {number} */ bytes) => {
    loaded += bytes;
    onProgress(loaded, total);
  };
  const resolveAddress = (/** @type {Asset} */ asset) => new URL(asset.url, document.baseURI).href;
  const [{ script, hasPolicy }, ...files] = await Promise.all([
    downloadScript(worker, onBytes),
    ...[...runtime, certcheck].map(async (asset) => {
      const { data } = await downloadFile(asset, onBytes);
      return { name: asset.name, url: resolveAddress(asset), sha256: asset.sha256, data };
    }),
  ]);
  return { script, files, certcheck: certcheck.name, address: resolveAddress(worker), hasPolicy };
}
