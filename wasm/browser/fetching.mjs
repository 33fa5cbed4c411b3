/**
 * Everything that Python in its worker needs, fetched with progress in bytes. It stays at hand as Blobs, which the browser
 * fills and keeps outside of the page's thread: the page stays quick meanwhile, and a worker that had to be ended is replaced
 * without a request. What is not run by the page is compared with its SHA-256 where it is run, in the worker.
 * @import {Asset, CheckData, RuntimeFile} from "./contract.mjs"
 *
 * @typedef {object} Fetched
 * @property {Blob} script the worker's, compared
 * @property {RuntimeFile[]} files not compared yet
 * @property {string} certcheck name of certcheck's wheel
 * @property {string} address absolute, of the worker's script: what a worker can try to connect to
 * @property {boolean} guarded whether the host sends the headers of deploy/policy.yaml
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {(name: string) => string | null} header
 * @property {Blob} data
 */
import { canDigest, integrity, sha256 } from "./digest.mjs";
import { Trouble } from "./trouble.mjs";

/**
 * Fetches a file of the runtime.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<{data: Blob, guarded: boolean}>} guarded: it came with the headers of deploy/policy.yaml
 */
async function fetchFile(asset, onBytes) {
  const ask = canDigest() ? download : fetchCompared;
  const { status, header, data } = await ask(asset, onBytes).catch((cause) => {
    throw cause instanceof Trouble ? cause : new Trouble("network", `${asset.name}: ${cause}`);
  });
  if (status !== 200) throw new Trouble("network", `${asset.name}: ${status}`);
  if (header("content-type")?.startsWith("text/html")) throw new Trouble("page_instead", asset.name);
  if (data.size !== asset.size) throw new Trouble("altered", asset.name);
  return { data, guarded: header("content-security-policy") !== null };
}

/**
 * Not by fetch(): the page would have to move every byte to know how many there are.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<Answer>}
 */
function download({ name, url, size }, onBytes) {
  const request = new XMLHttpRequest();
  let before = 0;
  request.responseType = "blob";
  return new Promise((resolve, reject) => {
    request.onprogress = ({ loaded }) => {
      onBytes(loaded - before);
      before = loaded;
      if (loaded <= size) return;
      request.abort(); // what is longer is another file, and may have no end
      reject(new Trouble("altered", name));
    };
    request.onload = () => {
      const header = (/** @type {string} */ name) => request.getResponseHeader(name);
      resolve({ status: request.status, header, data: request.response });
    };
    request.onerror = () => reject(new Error("no answer"));
    request.open("GET", url);
    request.send();
  });
}

/**
 * Without crypto.subtle the browser compares by itself; then it hands the body over only when it has all of it.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<Answer>}
 */
async function fetchCompared({ url, sha256, size }, onBytes) {
  const response = await fetch(url, { integrity: integrity(sha256) });
  const data = await response.blob();
  onBytes(size);
  return { status: response.status, header: (name) => response.headers.get(name), data };
}

/**
 * Fetches the script that the page makes the worker of.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 */
async function fetchScript(asset, onBytes) {
  const { data, guarded } = await fetchFile(asset, onBytes);
  const bytes = await new Response(data).arrayBuffer();
  if (canDigest() && (await sha256(bytes)) !== asset.sha256) throw new Trouble("altered", asset.name);
  return { script: data, guarded };
}

/**
 * When this returns, the last response is in.
 * @param {CheckData["assets"]} assets
 * @param {(bytes: number, of: number) => void} onProgress
 * @returns {Promise<Fetched>}
 */
export async function fetchRuntime({ worker, runtime, certcheck }, onProgress) {
  const total = [worker, ...runtime, certcheck].reduce((sum, asset) => sum + asset.size, 0);
  let loaded = 0;
  const onBytes = (/** @type {number} */ bytes) => {
    loaded += bytes;
    onProgress(loaded, total);
  };
  const absolute = (/** @type {Asset} */ asset) => new URL(asset.url, document.baseURI).href;
  const [{ script, guarded }, ...files] = await Promise.all([
    fetchScript(worker, onBytes),
    ...[...runtime, certcheck].map(async (asset) => {
      const { data } = await fetchFile(asset, onBytes);
      return { name: asset.name, url: absolute(asset), sha256: asset.sha256, data };
    }),
  ]);
  return { script, files, certcheck: certcheck.name, address: absolute(worker), guarded };
}
