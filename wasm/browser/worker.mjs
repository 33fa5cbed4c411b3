/**
 * Python in a worker, without access to the page and to the network. The page has posted the runtime; this script has the
 * policy of the page that made it, which forbids any connection and any script from an address.
 *
 * Start, on the first message (StartRequest):
 * 1. Try to connect to the site, which shows whether the policy holds.
 * 2. Compare each posted file with its SHA-256, before anything of it runs.
 * 3. Answer every later `fetch` from the posted files alone.
 * 4. Start Pyodide with cryptography, then certcheck; import all that judging needs.
 * 5. Restore what an earlier worker had read.
 * 6. Take requests (WorkerRequest), and post the outcome of 1.
 * @import {Connection, RuntimeFile, StartRequest, UnreadFile, WorkerRequest} from "./contract.mjs"
 *
 * @typedef {object} Python The functions of GLUE, on certcheck's session: see wasm/certcheck/browser.py.
 * @property {(number: number, name: string, data: Uint8Array, password: string | undefined, iterations: number | undefined,
 *   macPassword: string | undefined) => Uint8Array} read without a number of iterations, all that the file asks for
 * @property {(number: number, outcome: Uint8Array) => void} restore
 * @property {number} iterations of key derivation that it does in the time for one file
 * @property {(numbers: number[], at: string, authorities: string[]) => string} judge
 * @property {(format: string, report: string, words: string, sha256: string | undefined) => string} write
 * @property {(format: string, path: string[]) => Uint8Array} save
 */
import { canDigest, computeSha256 } from "./digest.mjs";

const connect = self.fetch.bind(self);

/**
 * Try to connect, as a program that wanted to send something would.
 *
 * An engine need not tell a worker that its policy stopped a request (WebKit posts no event), and without a network the site
 * does not answer either. So a `data:` address is requested, too: that needs no network, so only a policy can refuse it.
 * @param {string} address of a file of the site
 * @returns {Promise<Connection>}
 */
async function tryToConnect(address) {
  for (const url of [address, "data:,"]) {
    const isRefused = await connect(url, { cache: "no-store" }).then(
      () => false,
      () => true,
    );
    if (!isRefused) return "open";
  }
  return "blocked";
}

/** A file of the runtime is not the one that the build listed. Its message is the file's name. */
class AlteredFileError extends Error {}

/**
 * Compare a file with the build's list.
 * @param {RuntimeFile} file
 * @returns {Promise<[string, ArrayBuffer]>} its address and its bytes
 * @throws {AlteredFileError}
 */
async function verifyFile({ name, url, sha256, data }) {
  const bytes = await new Response(data).arrayBuffer();
  // Where there is no crypto.subtle (plain http), the browser has compared them, with fetch's `integrity`.
  if (canDigest() && (await computeSha256(bytes)) !== sha256) throw new AlteredFileError(name);
  return [url, bytes];
}

/**
 * Create a fetch that answers from the posted files and from nothing else.
 * @param {Map<string, ArrayBuffer>} posted by absolute address
 * @returns {typeof fetch}
 */
function createFetch(posted) {
  return async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const data = posted.get(url);
    if (!data) throw new TypeError(`not among the posted files: ${url}`);
    const type = url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(data, { headers: { "content-type": type } });
  };
}

/**
 * Import a module from verified bytes. Its address might yield others.
 * @param {ArrayBuffer} data
 */
async function importModule(data) {
  const url = URL.createObjectURL(new Blob([data], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Report that WebAssembly cannot be started: Pyodide only prints that, and then waits for ever. */
function reportFailedInstantiation() {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      return await instantiate(source, imports);
    } catch (error) {
      reportFailure(error);
      throw error;
    }
  };
}

// The last line has Python import everything that judging needs, so that no module is looked up once a file was read.
const GLUE = `
from certcheck.browser import Session, export_calendar, export_table
from certcheck.formats.pkcs12.decryption import derive_sample
from pyodide.ffi import to_js

session = Session()

def read(number, name, data, password, iterations, mac_password):
    return to_js(session.read_file(number, name, data.to_bytes(), password, iterations, mac_password))

def restore(number, outcome):
    session.restore_file(number, outcome.to_bytes())

def judge(numbers, at, authorities):
    return session.judge_files(list(numbers), at, list(authorities))

def write(format, report, words, sha256):
    return export_table(report, words) if format == "csv" else export_calendar(report, words, sha256)

def save(format, path):
    return to_js(session.export_certificate(format, list(path)))

session.judge_files([], "2026-01-01T00:00:00+09:00")
`;

/** Iterations of the sample: some hundredths of a second. */
const SAMPLE = 20_000;

/** Share of a file's time for key derivation; the rest is for all else. */
const SHARE = 0.75;

/**
 * Measure how many iterations of key derivation fit into the time for one file on this machine.
 * @param {(iterations: number) => void} derive
 * @param {number} seconds
 */
function measureIterations(derive, seconds) {
  const start = performance.now();
  derive(SAMPLE);
  const took = Math.max(1, performance.now() - start); // browsers round it
  return Math.round((SAMPLE / took) * 1000 * seconds * SHARE);
}

/** @param {StartRequest} start @returns {Promise<Python>} */
async function startPython({ files, certcheck, remembered, seconds }) {
  // 2.
  const posted = new Map(await Promise.all(files.map(verifyFile)));
  /** @param {string} name */
  const findFile = (name) => {
    const url = files.find((file) => file.name === name)?.url ?? "";
    const data = posted.get(url);
    if (!data) throw new Error(`not posted: ${name}`);
    return { url, data };
  };
  // 3.
  self.fetch = createFetch(posted);
  // 4. By calling importScripts, Pyodide finds out that this is a module worker; the browser would report a violation of
  // Trusted Types.
  Reflect.set(self, "importScripts", undefined);
  reportFailedInstantiation();
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await importModule(findFile("pyodide.mjs").data);
  const indexURL = new URL(".", findFile("pyodide.mjs").url).href;
  const pyodide = await loadPyodide({
    createPyodideModule: (await importModule(findFile("pyodide.asm.mjs").data)).default,
    indexURL,
    lockFileContents: new TextDecoder().decode(findFile("pyodide-lock.json").data),
    packageBaseUrl: indexURL,
    packages: ["cryptography"],
  });
  pyodide.unpackArchive(findFile(certcheck).data, "wheel");
  posted.clear();
  pyodide.runPython(GLUE);
  const [read, restore, judge, write, save] = ["read", "restore", "judge", "write", "save"].map((name) =>
    pyodide.globals.get(name),
  );
  // 5.
  for (const { number, outcome } of remembered) restore(number, outcome);
  const iterations = measureIterations(pyodide.globals.get("derive_sample"), seconds);
  return { read, restore, judge, write, save, iterations };
}

/**
 * Have certcheck read a file, and overwrite its bytes.
 * @param {Python} python
 * @param {UnreadFile} unread
 * @returns {Promise<Uint8Array | null>} null where the file is gone, was changed or is a folder
 */
async function readUnread(python, { number, file, password, macPassword, isPatient }) {
  const buffer = await file.arrayBuffer().catch(() => null);
  if (!buffer) return null;
  const data = new Uint8Array(buffer);
  try {
    const iterations = isPatient ? undefined : python.iterations;
    return python.read(number, file.name, data, password, iterations, macPassword);
  } finally {
    data.fill(0);
  }
}

/** @param {Python} python @param {WorkerRequest} request */
function answerRequest(python, request) {
  if ("read" in request) return readUnread(python, request.read);
  if ("judge" in request) {
    const { numbers, at, authorities } = request.judge;
    const chosen = numbers.map((number) => authorities[number] ?? "");
    return python.judge(numbers, at, chosen);
  }
  if ("save" in request) return python.save(request.save.format, request.save.path);
  const { format, report, words, sha256 } = request.write;
  return python.write(format, report, JSON.stringify(words), sha256);
}

/** Tell the page, which then ends this worker. @param {unknown} error */
const reportFailure = (error) =>
  postMessage(
    error instanceof AlteredFileError
      ? { type: "altered", name: error.message }
      : { type: "failed", message: String(error) },
  );

addEventListener(
  "message",
  async ({ data: start }) => {
    try {
      // 1.
      const connection = await tryToConnect(start.address);
      const python = await startPython(start);
      // 6.
      addEventListener("message", async ({ data: request }) => {
        try {
          postMessage({ type: "answer", answer: await answerRequest(python, request) });
        } catch (error) {
          reportFailure(error);
        }
      });
      postMessage({ type: "answer", answer: connection });
    } catch (error) {
      reportFailure(error);
    }
  },
  { once: true },
);
