/**
 * What reads and judges files for the page: Python, and another one from memory where it had to be ended. What it made of each
 * file, certificates and no key, is kept here, so that the next one goes on where it stopped.
 * @import {Connection, FileReport, InspectRequest, Report, Unread, WorkerRequest, Write} from "./contract.mjs"
 * @import {Fetched} from "./fetching.mjs"
 */
import { Breakdown, Interpreter, workshop } from "./interpreter.mjs";
import { Trouble } from "./trouble.mjs";

/** @param {unknown} error @returns {string | null} code of the failure of whatever was asked; null where it was given up */
export function brokenBy(error) {
  if (error instanceof Breakdown) return error.code;
  if (error instanceof Trouble) return error.code === "memory" ? "no_memory" : "crashed"; // a replacement did not start
  return null;
}

export class Runtime {
  #fetched;
  #newWorker;
  #timeout;
  /** @type {Interpreter | null} */ #interpreter = null;
  /** @type {Promise<unknown>} settles when nothing is being asked */ #free = Promise.resolve();
  /** @type {Map<number, Uint8Array | FileReport>} by file: what certcheck remembers of it, or why it was not read */
  #outcomes = new Map();

  /** @param {Fetched} fetched @param {number} timeout milliseconds that Python may work on one file */
  constructor(fetched, timeout) {
    this.#fetched = fetched;
    this.#newWorker = workshop(fetched.script);
    this.#timeout = timeout;
  }

  /** @returns {Promise<Connection>} what the worker's attempt to connect showed */
  start() {
    const { files, certcheck, address } = this.#fetched;
    const outcomes = [...this.#outcomes];
    const remembered = outcomes.flatMap(([number, outcome]) =>
      outcome instanceof Uint8Array ? [{ number, outcome }] : [],
    );
    this.#interpreter = new Interpreter(this.#newWorker(), this.#timeout);
    return this.#interpreter.start({ files, certcheck, address, remembered });
  }

  /**
   * Has files read and judged, when it is their turn.
   * @param {() => InspectRequest} prepare makes the request; where it throws, nothing is asked
   * @returns {Promise<Report>}
   */
  inspect(prepare) {
    return this.#inTurn(() => this.#inspect(prepare()));
  }

  /** Lets certcheck write a file to take along. @param {Write} request @returns {Promise<string>} */
  write(request) {
    return this.#inTurn(() => this.#ask({ write: request }));
  }

  /** Ends Python, overwrites what was kept of files. What is being asked fails; what is asked next starts another one. */
  clear() {
    this.#interpreter?.end(new Error("given up"));
    for (const outcome of this.#outcomes.values()) if (outcome instanceof Uint8Array) outcome.fill(0);
    this.#outcomes.clear();
  }

  /** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
  #inTurn(act) {
    const answer = this.#free.then(act);
    this.#free = answer.catch(() => {});
    return answer;
  }

  /** @param {WorkerRequest} request @returns {Promise<any>} */
  async #ask(request) {
    if (!this.#interpreter || this.#interpreter.ended) await this.start();
    return this.#interpreter?.ask(request);
  }

  /** @param {InspectRequest} request @returns {Promise<Report>} */
  async #inspect({ unread, numbers, at, authorities }) {
    for (const each of unread) await this.#read(each);
    for (const number of this.#outcomes.keys()) if (!numbers.includes(number)) this.#outcomes.delete(number);
    const readable = numbers.filter((number) => this.#outcomes.get(number) instanceof Uint8Array);
    /** @type {Report} */
    const report = JSON.parse(await this.#ask({ judge: { numbers: readable, at, authorities } }));
    const judged = report.files.values();
    const files = numbers.map((number) => {
      const outcome = this.#outcomes.get(number);
      return outcome instanceof Uint8Array ? judged.next().value : outcome;
    });
    return { ...report, files: files.filter((file) => file !== undefined) };
  }

  /** Reads one file; one that ends Python loses no other. @param {Unread} unread */
  async #read(unread) {
    const { number, file } = unread;
    const failed = (/** @type {string} */ code) => ({ name: file.name, error: { code, detail: {} } });
    try {
      this.#outcomes.set(number, (await this.#ask({ read: unread })) ?? failed("unreadable"));
    } catch (error) {
      const code = brokenBy(error);
      if (code === null) throw error;
      this.#outcomes.set(number, failed(code));
    }
  }
}
