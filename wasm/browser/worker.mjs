/**
 * Python, away from the page and from the network. The page posts what it has fetched and checked, the two modules
 * among it; this worker's own policy, sent with this script, forbids it any connection and any script from an address.
 * @import {Connection, InspectRequest, Report, Unread, Write} from "./contract.mjs"
 *
 * @typedef {{name: string, url: string, data: ArrayBuffer}} Posted
 * @typedef {object} Python certcheck's desk, see wasm/certcheck/browser.py.
 * @property {(number: number, name: string, data: Uint8Array, password: string | undefined) => void} read
 * @property {(numbers: number[], at: string, authority: string | undefined) => string} judge
 * @property {(what: string, report: string, words: string, sha256: string | undefined) => string} write
 */

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
 * A fetch that answers from what the page posted, and from nothing else.
 * @param {Map<string, ArrayBuffer>} posted by absolute address
 * @returns {typeof fetch}
 */
function fetchFrom(posted) {
  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
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

desk = Desk()

def read(number, name, data, password):
    desk.read(number, name, data.to_bytes(), password)

def judge(numbers, at, authority):
    return desk.report_json(list(numbers), at, authority)

def write(what, report, words, sha256):
    return table_csv(report, words) if what == "csv" else calendar_ics(report, words, sha256)

desk.report_json([], "2026-01-01T00:00:00+09:00", None)
`;

/**
 * @param {Posted[]} files
 * @param {string} certcheck name of certcheck's wheel
 * @returns {Promise<Python>}
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
  const [read, judge, write] = ["read", "judge", "write"].map((name) => pyodide.globals.get(name));
  return { read, judge, write };
}

/** @type {Set<number>} numbers of files that have gone, were changed or are folders */
const unreadable = new Set();

/** @param {Python} python @param {Unread} unread */
async function read(python, { number, file, password }) {
  postMessage({ type: "reading", name: file.name });
  const buffer = await file.arrayBuffer().catch(() => null);
  const data = new Uint8Array(buffer ?? []);
  if (!buffer) unreadable.add(number);
  try {
    python.read(number, file.name, data, password);
  } finally {
    data.fill(0);
  }
}

/** @param {Python} python @param {InspectRequest} request */
async function answer(python, { unread, numbers, at, authority }) {
  for (const each of unread) await read(python, each);
  /** @type {Report} */
  const report = JSON.parse(python.judge(numbers, at, authority));
  for (const [i, number] of numbers.entries()) {
    if (unreadable.has(number))
      report.files[i] = { name: report.files[i]?.name ?? "", error: { code: "unreadable", detail: {} } };
  }
  postMessage({ type: "report", report });
}

/** @param {Python} python @param {Write} request */
function write(python, { what, report, words, sha256 }) {
  postMessage({ type: "text", text: python.write(what, report, JSON.stringify(words), sha256) });
}

/** @param {unknown} error */
const giveUp = (error) => postMessage({ type: "failed", message: String(error) });

addEventListener(
  "message",
  async ({ data: { files, certcheck } }) => {
    try {
      const connection = await tryToConnect();
      const python = await startPython(files, certcheck);
      addEventListener("message", async ({ data }) => {
        try {
          await ("what" in data ? write(python, data) : answer(python, data));
        } catch (error) {
          giveUp(error);
        }
      });
      postMessage({ type: "ready", connection });
    } catch (error) {
      giveUp(error);
    }
  },
  { once: true },
);
