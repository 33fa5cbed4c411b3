/**
 * Python, away from the page and from the network. The page posts what it has fetched and checked; this worker's own
 * policy (`connect-src 'none'`, sent with this script) forbids it any connection. The modules that it imports come from
 * addresses that name their content, and are in before it says that it is ready.
 * @import {Connection, InspectRequest, Report} from "./contract.mjs"
 *
 * @typedef {{name: string, url: string, data: ArrayBuffer}} Posted
 * @typedef {(files: [string, Uint8Array, string | undefined][], at: string, authority: string | undefined) => string} Judge
 */
import { canDigest, integrity, sha256 } from "./digest.mjs";

const connect = self.fetch.bind(self);

/**
 * Tries to reach the site, as a program that wanted to send something would.
 * @returns {Promise<Connection>}
 */
async function tryToConnect() {
  const stopped = new Promise((resolve) =>
    self.addEventListener("securitypolicyviolation", () => resolve("blocked"), { once: true }),
  );
  try {
    await connect(import.meta.url, { cache: "no-store" });
    return "open";
  } catch {
    // The violation is reported in a task of its own, which may come after the refusal; offline, none comes.
    const given = new Promise((resolve) => setTimeout(resolve, 1000, "unclear"));
    return Promise.race([stopped, given]);
  }
}

/**
 * A fetch that answers from what the page posted, and from nothing else. Pyodide asks for wheels with the lock file's
 * hash in `integrity`, as it would ask the browser's fetch, and counts on a refusal when it does not match.
 * @param {Map<string, ArrayBuffer>} posted by absolute address
 * @returns {typeof fetch}
 */
function fetchFrom(posted) {
  return async (input, options) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
    const data = posted.get(url);
    if (!data) throw new TypeError(`not among the posted files: ${url}`);
    // Without crypto.subtle the page had the browser check the same bytes against the manifest.
    if (options?.integrity && canDigest() && integrity(await sha256(data)) !== options.integrity) {
      throw new TypeError(`integrity mismatch: ${url}`);
    }
    const type = url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(data, { headers: { "content-type": type } });
  };
}

// Everything that judging needs is imported here, once, so that nothing is looked up after a file was read.
const GLUE = `
from certcheck.browser import report_json

def judge(files, at, authority):
    return report_json([(name, data.to_bytes(), password) for name, data, password in files], at, authority)

judge([], "2026-01-01T00:00:00+09:00", None)
judge
`;

/**
 * @param {Posted[]} files
 * @param {string} certcheck name of certcheck's wheel
 * @returns {Promise<Judge>}
 */
async function startPython(files, certcheck) {
  const posted = new Map(files.map((file) => [file.url, file.data]));
  /** @param {string} name */
  const find = (name) => {
    const file = files.find((candidate) => candidate.name === name);
    if (!file) throw new Error(`not posted: ${name}`);
    return file;
  };
  self.fetch = fetchFrom(posted);
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await import(find("pyodide.mjs").url);
  const indexURL = new URL(".", find("pyodide.mjs").url).href;
  const pyodide = await loadPyodide({
    indexURL,
    lockFileContents: new TextDecoder().decode(find("pyodide-lock.json").data),
    packageBaseUrl: indexURL,
    packages: ["cryptography"],
  });
  pyodide.unpackArchive(find(certcheck).data, "wheel");
  posted.clear();
  return pyodide.runPython(GLUE);
}

/**
 * @param {File} file
 * @returns {Promise<Uint8Array | null>} null where the file has gone, was changed or is a folder
 */
const read = (file) =>
  file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );

/** @param {Judge} judge @param {InspectRequest} request */
async function answer(judge, { id, files, at, authority }) {
  const contents = await Promise.all(files.map(({ file }) => read(file)));
  /** @type {Parameters<Judge>[0]} */
  const inputs = files.map(({ file, password }, i) => [file.name, contents[i] ?? new Uint8Array(), password]);
  /** @type {Report} */
  const report = JSON.parse(judge(inputs, at, authority));
  for (const [i, data] of contents.entries()) {
    data?.fill(0);
    if (!data)
      report.files[i] = { name: files[i]?.file.name ?? "", error: { code: "unreadable", detail: {} } };
  }
  postMessage({ type: "report", id, report });
}

/** @param {unknown} error */
const giveUp = (error) => postMessage({ type: "failed", message: String(error) });

addEventListener(
  "message",
  async ({ data: { files, certcheck } }) => {
    try {
      const connection = await tryToConnect();
      const judge = await startPython(files, certcheck);
      addEventListener("message", ({ data }) => answer(judge, data).catch(giveUp));
      postMessage({ type: "ready", connection });
    } catch (error) {
      giveUp(error);
    }
  },
  { once: true },
);
