/**
 * Python, away from the page and from the network. The page posts what it has fetched, the two modules among it, and each file
 * is compared with its SHA-256 here before anything of it runs; of the page this worker has the policy that forbids any
 * connection and any script from an address.
 * @import {Connection, RuntimeFile, Start, Unread, WorkerRequest} from "./contract.mjs"
 *
 * @typedef {object} Python certcheck's desk, see wasm/certcheck/browser.py.
 * @property {(number: number, name: string, data: Uint8Array, password: string | undefined) => Uint8Array} read
 * @property {(number: number, outcome: Uint8Array) => void} recall
 * @property {(numbers: number[], at: string, authorities: string[]) => string} judge
 * @property {(what: string, report: string, words: string, sha256: string | undefined) => string} write
 */

const connect = self.fetch.bind(self);

/**
 * Tries to reach the site, as a program that wanted to send something would.
 * @param {string} address
 * @returns {Promise<Connection>}
 */
async function tryToConnect(address) {
  const stopped = new Promise((resolve) =>
    self.addEventListener("securitypolicyviolation", () => resolve("blocked"), { once: true }),
  );
  try {
    await connect(address, { cache: "no-store" });
    return "open";
  } catch {
    // The violation is reported in a task of its own, which may come after the refusal; offline, none comes.
    const given = new Promise((resolve) => setTimeout(resolve, 1000, "unclear"));
    return Promise.race([stopped, given]);
  }
}

/** A file of the runtime that is not the one the build listed. Its message is the file's name. */
class Altered extends Error {}

/**
 * @param {RuntimeFile} file
 * @returns {Promise<[string, ArrayBuffer]>} its address and its bytes, which are those that the build listed
 */
async function compared({ name, url, sha256, data }) {
  const bytes = await new Response(data).arrayBuffer();
  // Where there is no crypto.subtle (plain http), the page had the browser compare.
  if (globalThis.crypto?.subtle) {
    // As digest.mjs does it, which is out of reach: no script comes from an address here.
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== sha256) throw new Altered(name);
  }
  return [url, bytes];
}

/**
 * A fetch that answers from what the page posted, and from nothing else.
 * @param {Map<string, ArrayBuffer>} posted by absolute address
 * @returns {typeof fetch}
 */
function fetchFrom(posted) {
  return async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const data = posted.get(url);
    if (!data) throw new TypeError(`not among the posted files: ${url}`);
    const type = url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(data, { headers: { "content-type": type } });
  };
}

/**
 * Runs a module from the bytes that the page has checked. From its address other bytes might come.
 * @param {ArrayBuffer} data
 */
async function importFrom(data) {
  const url = URL.createObjectURL(new Blob([data], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Pyodide only prints that its WebAssembly could not be started, and then waits for ever. */
function tellOfNoStart() {
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      return await start(source, imports);
    } catch (error) {
      giveUp(error);
      throw error;
    }
  };
}

// Everything that judging needs is imported here, once, so that nothing is looked up after a file was read.
const GLUE = `
from certcheck.browser import Desk, calendar_ics, table_csv
from pyodide.ffi import to_js

desk = Desk()

def read(number, name, data, password):
    return to_js(desk.read(number, name, data.to_bytes(), password))

def recall(number, outcome):
    desk.recall(number, outcome.to_bytes())

def judge(numbers, at, authorities):
    return desk.report_json(list(numbers), at, list(authorities))

def write(what, report, words, sha256):
    return table_csv(report, words) if what == "csv" else calendar_ics(report, words, sha256)

desk.report_json([], "2026-01-01T00:00:00+09:00")
`;

/** @param {Start} start @returns {Promise<Python>} */
async function startPython({ files, certcheck, remembered }) {
  const posted = new Map(await Promise.all(files.map(compared)));
  /** @param {string} name */
  const find = (name) => {
    const url = files.find((file) => file.name === name)?.url ?? "";
    const data = posted.get(url);
    if (!data) throw new Error(`not posted: ${name}`);
    return { url, data };
  };
  self.fetch = fetchFrom(posted);
  // By calling it, Pyodide finds out that this is a module worker. The browser would report a violation of Trusted Types.
  Reflect.set(self, "importScripts", undefined);
  tellOfNoStart();
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await importFrom(find("pyodide.mjs").data);
  const indexURL = new URL(".", find("pyodide.mjs").url).href;
  const pyodide = await loadPyodide({
    createPyodideModule: (await importFrom(find("pyodide.asm.mjs").data)).default,
    indexURL,
    lockFileContents: new TextDecoder().decode(find("pyodide-lock.json").data),
    packageBaseUrl: indexURL,
    packages: ["cryptography"],
  });
  pyodide.unpackArchive(find(certcheck).data, "wheel");
  posted.clear();
  pyodide.runPython(GLUE);
  const [read, recall, judge, write] = ["read", "recall", "judge", "write"].map((name) =>
    pyodide.globals.get(name),
  );
  for (const { number, outcome } of remembered) recall(number, outcome);
  return { read, recall, judge, write };
}

/**
 * @param {Python} python
 * @param {Unread} unread
 * @returns {Promise<Uint8Array | null>} null where the file has gone, was changed or is a folder
 */
async function read(python, { number, file, password }) {
  const buffer = await file.arrayBuffer().catch(() => null);
  if (!buffer) return null;
  const data = new Uint8Array(buffer);
  try {
    return python.read(number, file.name, data, password);
  } finally {
    data.fill(0);
  }
}

/** @param {Python} python @param {WorkerRequest} request */
function answer(python, request) {
  if ("read" in request) return read(python, request.read);
  if ("judge" in request) {
    const { numbers, at, authorities } = request.judge;
    const chosen = numbers.map((number) => authorities[number] ?? "");
    return python.judge(numbers, at, chosen);
  }
  const { what, report, words, sha256 } = request.write;
  return python.write(what, report, JSON.stringify(words), sha256);
}

/** @param {unknown} error */
const giveUp = (error) =>
  postMessage(
    error instanceof Altered
      ? { type: "altered", name: error.message }
      : { type: "failed", message: String(error) },
  );

addEventListener(
  "message",
  async ({ data: start }) => {
    try {
      const connection = await tryToConnect(start.address);
      const python = await startPython(start);
      addEventListener("message", async ({ data: request }) => {
        try {
          postMessage({ type: "answer", answer: await answer(python, request) });
        } catch (error) {
          giveUp(error);
        }
      });
      postMessage({ type: "answer", answer: connection });
    } catch (error) {
      giveUp(error);
    }
  },
  { once: true },
);
