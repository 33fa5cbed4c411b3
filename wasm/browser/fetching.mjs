/**
 * Everything that Python in its worker needs, fetched with progress and checked. It stays in the page's memory, so that a
 * worker that had to be ended is replaced without a request.
 * @import {Asset, CheckData} from "./contract.mjs"
 *
 * @typedef {object} Fetched
 * @property {ArrayBuffer} script the worker's
 * @property {{name: string, url: string, data: ArrayBuffer}[]} files with absolute addresses
 * @property {string} certcheck name of certcheck's wheel
 * @property {string} address absolute, of the worker's script: what a worker can try to connect to
 * @property {boolean} guarded whether the host sends the headers of deploy/policy.yaml
 */
import { canDigest, integrity, sha256 } from "./digest.mjs";
import { Trouble } from "./trouble.mjs";

/**
 * Fetches a file of the runtime and makes sure that it is the one the build listed.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<{data: ArrayBuffer, guarded: boolean}>} guarded: it came with the headers of deploy/policy.yaml
 */
async function fetchChecked(asset, onBytes) {
  const secure = canDigest();
  // Without crypto.subtle the browser checks by itself; then it hands the body over only when it has all of it.
  const options = secure ? {} : { integrity: integrity(asset.sha256) };
  const response = await fetch(asset.url, options).catch((cause) => {
    throw new Trouble("network", `${asset.name}: ${cause}`);
  });
  if (!response.ok || !response.body) throw new Trouble("network", `${asset.name}: ${response.status}`);
  if (response.headers.get("content-type")?.startsWith("text/html"))
    throw new Trouble("page_instead", asset.name);
  const data = await readCounting(response.body, asset, onBytes);
  if (secure && (await sha256(data)) !== asset.sha256) throw new Trouble("altered", asset.name);
  return { data, guarded: response.headers.has("content-security-policy") };
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<ArrayBuffer>}
 */
async function readCounting(body, asset, onBytes) {
  const data = new Uint8Array(asset.size);
  const reader = body.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause) => {
      throw new Trouble("network", `${asset.name}: ${cause}`);
    });
    if (done) break;
    if (length + value.length > asset.size) throw new Trouble("altered", asset.name);
    data.set(value, length);
    length += value.length;
    onBytes(value.length);
  }
  if (length !== asset.size) throw new Trouble("altered", asset.name);
  return data.buffer;
}

/**
 * When this returns, the last response is in.
 * @param {CheckData["assets"]} assets
 * @param {(bytes: number, of: number) => void} onProgress
 * @returns {Promise<Fetched>}
 */
export async function fetchRuntime({ worker, runtime, certcheck }, onProgress) {
  const all = [worker, ...runtime, certcheck];
  const total = all.reduce((sum, asset) => sum + asset.size, 0);
  let loaded = 0;
  const onBytes = (/** @type {number} */ bytes) => {
    loaded += bytes;
    onProgress(loaded, total);
  };
  const absolute = (/** @type {Asset} */ asset) => new URL(asset.url, document.baseURI).href;
  const [script, ...files] = await Promise.all(
    all.map(async (asset) => ({
      name: asset.name,
      url: absolute(asset),
      ...(await fetchChecked(asset, onBytes)),
    })),
  );
  if (!script) throw new Error("no worker");
  return {
    script: script.data,
    files,
    certcheck: certcheck.name,
    address: absolute(worker),
    guarded: script.guarded,
  };
}
