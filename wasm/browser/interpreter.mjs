/**
 * Python in a worker: started, given one request at a time, ended. It cannot be interrupted.
 * @import {Connection, StartRequest, WorkerMessage, WorkerRequest} from "./contract.mjs"
 *
 * @typedef {"timed_out" | "crashed" | "no_memory" | "stopped"} BreakdownCode a file's failure that only the worker's end shows, `error.<code>`
 */
import { Trouble } from "./trouble.mjs";

// As Chromium, Firefox, Safari and Python word it; "memory access out of bounds" is something else.
const NO_MEMORY = /MemoryError|out of memory|could not allocate|cannot allocate/i;

/** What ended the worker while it was at work. */
export class Breakdown extends Error {
  /** @param {BreakdownCode} code @param {string} [detail] technical */
  constructor(code, detail = "") {
    super(`${code} ${detail}`);
    this.code = code;
  }
}

/**
 * Create the function that starts workers from the downloaded script, through the page's one Trusted Types policy, which
 * lets nothing else become a script. A worker from a blob: has the policies of the page that makes it, those that came late
 * included (HTML, "determine navigation params policy container"): none of its requests leaves once the page has given up
 * its own.
 * @param {Blob} script
 * @returns {() => Worker} throws Trouble `old` where the browser has no module workers
 */
export function createWorkerFactory(script) {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  /** @type {{createPolicy(name: string, rules: object): {createScriptURL(url: string): string}} | undefined} */
  const trustedTypes = Reflect.get(globalThis, "trustedTypes");
  const policy = trustedTypes?.createPolicy("certcheck", { createScriptURL: () => url });
  return () => {
    let isTypeRead = false;
    const worker = new Worker(policy?.createScriptURL("") ?? url, {
      // A browser without module workers (Firefox before 114) never reads this option.
      get type() {
        isTypeRead = true;
        return /** @type {const} */ ("module");
      },
    });
    if (isTypeRead) return worker;
    worker.terminate();
    throw new Trouble("old");
  };
}

export class Interpreter {
  #worker;
  #timeout;
  #isReady = false;
  /** @type {Error | null} why it was ended */ #reason = null;
  /** @type {{resolve: (answer: any) => void, reject: (error: Error) => void} | null} */ #pending = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Worker} worker @param {number} timeout milliseconds for one request */
  constructor(worker, timeout) {
    this.#worker = worker;
    this.#timeout = timeout;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => this.#break(event.message ?? "");
  }

  get isEnded() {
    return this.#reason !== null;
  }

  /**
   * Start Python.
   * @param {StartRequest} start
   * @returns {Promise<Connection>} once Python is ready and everything was imported; rejected with Trouble
   */
  async start(start) {
    const connection = await this.#post(start);
    this.#isReady = true;
    return connection;
  }

  /**
   * Send a request, and end the worker where its answer takes too long, unless somebody waits for it all the same.
   * @param {WorkerRequest} request
   * @returns {Promise<any>} its answer; rejected with a Breakdown, or with the reason of `end`
   */
  ask(request) {
    if (!("read" in request && request.read.isPatient))
      this.#timer = setTimeout(() => this.end(new Breakdown("timed_out")), this.#timeout);
    return this.#post(request);
  }

  /** @param {StartRequest | WorkerRequest} message @returns {Promise<any>} */
  #post(message) {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#worker.postMessage(message);
    });
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "failed") return this.#break(message.message);
    if (message.type === "altered") return this.end(new Trouble("altered", message.name));
    clearTimeout(this.#timer);
    this.#pending?.resolve(message.answer);
    this.#pending = null;
  }

  /** @param {string} message of the error that ended Python */
  #break(message) {
    const isMemory = NO_MEMORY.test(message);
    const createTrouble = () => new Trouble(isMemory ? "memory" : "start", message);
    this.end(this.#isReady ? new Breakdown(isMemory ? "no_memory" : "crashed", message) : createTrouble());
  }

  /** End the worker, and with it all that Python has in its memory. @param {Error} reason rejects the pending request */
  end(reason) {
    this.#worker.terminate();
    clearTimeout(this.#timer);
    this.#reason ??= reason;
    this.#pending?.reject(reason);
    this.#pending = null;
  }
}
