/**
 * Python in a worker: started, asked one thing at a time, ended. It cannot be interrupted.
 * @import {Connection, Start, WorkerMessage, WorkerRequest} from "./contract.mjs"
 *
 * @typedef {"timed_out" | "crashed" | "no_memory"} Broken a file's failure that only the worker's end shows, `error.<code>`
 */
import { Trouble } from "./trouble.mjs";

// As Chromium, Firefox, Safari and Python say it; "memory access out of bounds" is something else.
const NO_MEMORY = /MemoryError|out of memory|could not allocate|cannot allocate/i;

/** What ended the worker while it was at work. */
export class Breakdown extends Error {
  /** @param {Broken} code @param {string} [detail] technical */
  constructor(code, detail = "") {
    super(`${code} ${detail}`);
    this.code = code;
  }
}

/**
 * What starts workers from the script that was fetched, through the page's one Trusted Types policy, which lets nothing else
 * become a script. A worker from a blob: has the policies of the page that makes it, those that came late included (HTML,
 * "determine navigation params policy container"): none of its requests leaves once the page has given up its own.
 * @param {Blob} script
 * @returns {() => Worker}
 */
export function workshop(script) {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  /** @type {{createPolicy(name: string, rules: object): {createScriptURL(url: string): string}} | undefined} */
  const trustedTypes = Reflect.get(globalThis, "trustedTypes");
  const policy = trustedTypes?.createPolicy("certcheck", { createScriptURL: () => url });
  return () => {
    let asked = false;
    const worker = new Worker(policy?.createScriptURL("") ?? url, {
      // A browser without module workers (Firefox before 114) never asks which type is wanted.
      get type() {
        asked = true;
        return /** @type {const} */ ("module");
      },
    });
    if (asked) return worker;
    worker.terminate();
    throw new Trouble("old");
  };
}

export class Interpreter {
  #worker;
  #timeout;
  #ready = false;
  /** @type {Error | null} why there is no answer any more */ #ended = null;
  /** @type {{resolve: (answer: any) => void, reject: (error: Error) => void} | null} */ #waiting = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Worker} worker @param {number} timeout milliseconds that Python may work on one request */
  constructor(worker, timeout) {
    this.#worker = worker;
    this.#timeout = timeout;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => this.#break(event.message ?? "");
  }

  get ended() {
    return this.#ended !== null;
  }

  /** @param {Start} start @returns {Promise<Connection>} once Python is ready and everything was imported */
  async start(start) {
    const connection = await this.#ask(start);
    this.#ready = true;
    return connection;
  }

  /**
   * @param {WorkerRequest} request
   * @returns {Promise<any>} its answer; rejected with a Breakdown, or with what the worker was ended for
   */
  ask(request) {
    this.#timer = setTimeout(() => this.end(new Breakdown("timed_out")), this.#timeout);
    return this.#ask(request);
  }

  /** @param {Start | WorkerRequest} message @returns {Promise<any>} */
  #ask(message) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(message);
    });
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "failed") return this.#break(message.message);
    if (message.type === "altered") return this.end(new Trouble("altered", message.name));
    clearTimeout(this.#timer);
    this.#waiting?.resolve(message.answer);
    this.#waiting = null;
  }

  /** @param {string} message what the worker said at its end */
  #break(message) {
    const memory = NO_MEMORY.test(message);
    const trouble = () => new Trouble(memory ? "memory" : "start", message);
    this.end(this.#ready ? new Breakdown(memory ? "no_memory" : "crashed", message) : trouble());
  }

  /** Ends the worker, and with it all that Python has in its memory. @param {Error} reason what the question gets */
  end(reason) {
    this.#worker.terminate();
    clearTimeout(this.#timer);
    this.#ended ??= reason;
    this.#waiting?.reject(reason);
    this.#waiting = null;
  }
}
