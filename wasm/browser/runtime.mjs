/**
 * Pyodide in its worker: fetched with progress, checked, started, asked.
 * @import {Asset, CheckData, Connection, InspectRequest, Report, WorkerMessage, Write} from "./contract.mjs"
 * @typedef {"webassembly" | "old" | "network" | "page_instead" | "altered" | "memory" | "start" | "crash" | "too_long"
 *   | "stopped" | "cleared"} TroubleCode
 */
import { canDigest, integrity, sha256 } from "./digest.mjs";

/** Why the checker cannot run here; `code` picks the sentence `trouble.<code>`. */
export class Trouble extends Error {
  /** @param {TroubleCode} code @param {string} [detail] technical, for whoever helps on the phone */
  constructor(code, detail = "") {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Fetches a file of the runtime and makes sure that it is the one the build listed.
 * @param {Asset} asset
 * @param {(bytes: number) => void} onBytes
 * @returns {Promise<ArrayBuffer>}
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
  return data;
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
 * Starts the worker through the page's one Trusted Types policy, which lets nothing but the worker's address pass.
 * @param {string} address absolute
 * @returns {Worker}
 */
function startWorker(address) {
  /** @param {string} url */
  const onlyTheWorker = (url) => {
    if (url !== address) throw new TypeError(`not the worker's address: ${url}`);
    return url;
  };
  /** @type {{createPolicy(name: string, rules: object): {createScriptURL(url: string): string}} | undefined} */
  const trustedTypes = Reflect.get(globalThis, "trustedTypes");
  const policy = trustedTypes?.createPolicy("certcheck", { createScriptURL: onlyTheWorker });
  let asked = false;
  const worker = new Worker(policy?.createScriptURL(address) ?? address, {
    // A browser without module workers (Firefox before 114) never asks which type is wanted.
    get type() {
      asked = true;
      return /** @type {const} */ ("module");
    },
  });
  if (asked) return worker;
  worker.terminate();
  throw new Trouble("old");
}

/** How long Python may work on one file, in milliseconds. It cannot be interrupted, only ended. */
const PATIENCE = 20_000;

// As Chromium, Firefox, Safari and Python say it; "memory access out of bounds" is something else.
const NO_MEMORY = /MemoryError|out of memory|could not allocate|cannot allocate/i;

/** @param {string} message @param {"start" | "crash"} otherwise */
const failed = (message, otherwise) => new Trouble(NO_MEMORY.test(message) ? "memory" : otherwise, message);

/** Python in its worker, ready to judge. There is one for the life of the page. */
export class Runtime {
  #worker;
  /** @type {Promise<unknown>} settles when the worker is free */ #free = Promise.resolve();
  /** @type {{resolve: (answer: any) => void, reject: (error: Error) => void} | null} */ #waiting = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {Trouble | null} */
  #trouble = null;
  /** @type {(trouble: Trouble) => void} */
  #end = () => {};
  /** @type {Promise<Trouble>} the reason, once the worker has ended */
  ended = new Promise((resolve) => {
    this.#end = resolve;
  });

  /** @param {Worker} worker @param {Connection} connection */
  constructor(worker, connection) {
    this.#worker = worker;
    this.connection = connection;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => this.stop(failed(event.message, "crash"));
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "failed") this.stop(failed(message.message, "crash"));
    if (message.type === "reading") this.#watch(message.name);
    if (message.type !== "report" && message.type !== "text") return;
    clearTimeout(this.#timer);
    this.#waiting?.resolve(message.type === "report" ? message.report : message.text);
    this.#waiting = null;
  }

  /** Gives the worker its time, from now on. @param {string} name of the file that it works on */
  #watch(name) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(new Trouble("too_long", name)), PATIENCE);
  }

  /** @returns {boolean} whether an answer is still to come */
  get busy() {
    return this.#waiting !== null;
  }

  /**
   * Asks the worker, which does one thing at a time.
   * @param {() => InspectRequest} prepare makes the request when it is its turn; where it throws, nothing is asked
   * @returns {Promise<Report>}
   */
  inspect(prepare) {
    return this.#inTurn(prepare);
  }

  /**
   * Lets certcheck write a file to take along.
   * @param {Write} request
   * @returns {Promise<string>}
   */
  write(request) {
    return this.#inTurn(() => request);
  }

  /** @param {() => InspectRequest | Write} prepare @returns {Promise<any>} */
  #inTurn(prepare) {
    const answer = this.#free.then(() => this.#ask(prepare()));
    this.#free = answer.catch(() => {});
    return answer;
  }

  /** @param {InspectRequest | Write} request @returns {Promise<unknown>} */
  #ask(request) {
    if (this.#trouble) return Promise.reject(this.#trouble);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#watch(("unread" in request && request.unread[0]?.file.name) || "");
      this.#worker.postMessage(request);
    });
  }

  /**
   * Ends the worker, for good, and with it all that Python has in its memory. A new worker would have to be fetched, and
   * from the first byte read the page makes no request. So the page says what happened and lets the person load it
   * again, which replaces everything and wipes everything.
   * @param {Trouble} trouble why
   */
  stop(trouble) {
    this.#worker.terminate();
    clearTimeout(this.#timer);
    this.#trouble = trouble;
    this.#waiting?.reject(trouble);
    this.#waiting = null;
    this.#end(trouble);
  }
}

/** @param {Worker} worker @returns {Promise<Connection>} once Python is ready and everything was imported */
function whenReady(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.type === "ready") resolve(data.connection);
      else reject(failed(data.message, "start"));
    };
    worker.onerror = (event) => reject(failed(event.message ?? "", "start"));
  });
}

/**
 * Fetches and checks everything, then starts Python. When this returns, the last response is in.
 * @param {CheckData["assets"]} assets
 * @param {(bytes: number, of: number) => void} onProgress
 * @returns {Promise<Runtime>}
 */
export async function startRuntime(assets, onProgress) {
  const all = [...assets.runtime, assets.certcheck];
  const total = all.reduce((sum, asset) => sum + asset.size, 0);
  let loaded = 0;
  const files = await Promise.all(
    all.map(async (asset) => ({
      name: asset.name,
      url: new URL(asset.url, document.baseURI).href,
      data: await fetchChecked(asset, (bytes) => {
        loaded += bytes;
        onProgress(loaded, total);
      }),
    })),
  );
  const worker = startWorker(new URL(assets.worker, document.baseURI).href);
  const ready = whenReady(worker);
  worker.postMessage(
    { files, certcheck: assets.certcheck.name },
    files.map((file) => file.data),
  );
  try {
    return new Runtime(worker, await ready);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}
