/**
 * Reading and judging files for the page: Python, started anew from memory where it had to be ended. The outcome of each
 * file, certificates and no key, is kept here, so that the next worker goes on where the last one stopped.
 *
 * 1. A request waits until the requests before it are done.
 * 2. Where no worker runs, one is started, and restores the outcomes that are kept.
 * 3. Each file that was not read yet is read, by itself.
 * 4. All files that could be read are judged together.
 * 5. The report lists them and those that could not be read, in the order of the page.
 * @import {Connection, FileReport, InspectRequest, Report, SaveRequest, UnreadFile, WorkerRequest, WriteRequest} from "./contract.mjs"
 * @import {DownloadedRuntime} from "./runtime-download.mjs"
 */
import { Breakdown, createWorkerFactory, Interpreter } from "./interpreter.mjs";
import { Trouble } from "./trouble.mjs";

/**
 * Return the code of the failure that a request came to.
 * @param {unknown} error
 * @returns {string | null} null where the request was given up
 */
export function toFailureCode(error) {
  if (error instanceof Breakdown) return error.code;
  if (error instanceof Trouble) return error.code === "memory" ? "no_memory" : "crashed"; // a replacement did not start
  return null;
}

export class Inspector {
  #runtime;
  #createWorker;
  #timeout;
  /** @type {Interpreter | null} */ #interpreter = null;
  /** @type {Promise<unknown>} settles when the last request is done */ #queue = Promise.resolve();
  /** @type {Map<number, Uint8Array | FileReport>} by file: certcheck's outcome, or the error of a file that was not read */
  #outcomes = new Map();

  /** @param {DownloadedRuntime} runtime @param {number} timeout milliseconds that Python may work on one file */
  constructor(runtime, timeout) {
    this.#runtime = runtime;
    this.#createWorker = createWorkerFactory(runtime.script);
    this.#timeout = timeout;
  }

  /** Start Python in a new worker. @returns {Promise<Connection>} outcome of its attempt to connect */
  start() {
    const { files, certcheck, address } = this.#runtime;
    const outcomes = [...this.#outcomes];
    const remembered = outcomes.flatMap(([number, outcome]) =>
      outcome instanceof Uint8Array ? [{ number, outcome }] : [],
    );
    this.#interpreter = new Interpreter(this.#createWorker(), this.#timeout);
    const seconds = this.#timeout / 1000;
    return this.#interpreter.start({ files, certcheck, address, remembered, seconds });
  }

  /**
   * Read and judge files, after the requests before.
   * @param {() => InspectRequest} prepareRequest called when it is its turn; where it throws, nothing is requested
   * @returns {Promise<Report>}
   */
  inspect(prepareRequest) {
    return this.#enqueue(() => this.#inspect(prepareRequest()));
  }

  /** Let certcheck write a file. @param {WriteRequest} request @returns {Promise<string>} its text */
  write(request) {
    return this.#enqueue(() => this.#ask({ write: request }));
  }

  /** Let certcheck write a certificate that it read. @param {SaveRequest} request @returns {Promise<Uint8Array<ArrayBuffer>>} */
  save(request) {
    return this.#enqueue(() => this.#ask({ save: request }));
  }

  /** End reading the file that takes long; it fails as stopped, and the next request starts another worker. */
  stop() {
    this.#interpreter?.end(new Breakdown("stopped"));
  }

  /** End Python and overwrite the outcomes. The pending request fails; the next one starts another worker. */
  clear() {
    this.#interpreter?.end(new Error("given up"));
    for (const outcome of this.#outcomes.values()) if (outcome instanceof Uint8Array) outcome.fill(0);
    this.#outcomes.clear();
  }

  /** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
  #enqueue(act) {
    const answer = this.#queue.then(act); // 1.
    this.#queue = answer.catch(() => {});
    return answer;
  }

  /** @param {WorkerRequest} request @returns {Promise<any>} */
  async #ask(request) {
    if (!this.#interpreter || this.#interpreter.isEnded) await this.start(); // 2.
    return this.#interpreter?.ask(request);
  }

  /** @param {InspectRequest} request @returns {Promise<Report>} */
  async #inspect({ unread, numbers, at, authorities }) {
    for (const file of unread) await this.#read(file); // 3.
    for (const number of this.#outcomes.keys()) if (!numbers.includes(number)) this.#outcomes.delete(number);
    const readable = numbers.filter((number) => this.#outcomes.get(number) instanceof Uint8Array);
    /** @type {Report} */
    const report = JSON.parse(await this.#ask({ judge: { numbers: readable, at, authorities } })); // 4.
    // 5.
    const judged = report.files.values();
    const files = numbers.map((number) => {
      const outcome = this.#outcomes.get(number);
      return outcome instanceof Uint8Array ? judged.next().value : outcome;
    });
    return { ...report, files: files.filter((file) => file !== undefined) };
  }

  /** Read one file; where that ends Python, no other file is lost. @param {UnreadFile} unread */
  async #read(unread) {
    const { number, file } = unread;
    const toErrorReport = (/** @type {string} */ code) => ({ name: file.name, error: { code, detail: {} } });
    try {
      this.#outcomes.set(number, (await this.#ask({ read: unread })) ?? toErrorReport("unreadable"));
    } catch (error) {
      const code = toFailureCode(error);
      if (code === null) throw error;
      this.#outcomes.set(number, toErrorReport(code));
    }
  }
}
