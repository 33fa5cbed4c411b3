/**
 * One chosen file, from waiting to its cards. The page never has its bytes, lets go of the password as the worker takes
 * it, and of the file as soon as no password can be missing: the worker remembers the certificates, to judge again.
 * @import {Certificate, FileReport, InspectRequest, Unread} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 * @import {Runtime} from "./runtime.mjs"
 *
 * @typedef {object} Surroundings
 * @property {number} number what the file goes by
 * @property {() => Panel[]} company all chosen files, this one among them: they may hold each other's issuers
 * @property {Promise<Runtime>} runtime resolves once the last response is in, and not at all where that fails
 * @property {(text: string) => void} announce
 */
import { card } from "./card.mjs";
import { noonInJapan } from "./dates.mjs";
import { issuerDetails } from "./details.mjs";
import { el } from "./dom.mjs";
import { passwordForm } from "./password.mjs";

/** certcheck's limit in bytes; a larger file is refused before any of it is read. */
const LARGEST = 10_000_000;

/** Errors that mend themselves with a password. */
const NEEDS_PASSWORD = ["password_required", "wrong_password"];

export class Panel {
  /** @type {File | null} */ #file;
  /** @type {string | undefined} typed, and not yet tried */ #password;
  /** @type {string | undefined} what the worker is trying */ #tried;
  #unread = true;
  /** @type {Page} */ #page;
  /** @type {Surroundings} */ #around;
  #body = el("div", { "aria-busy": "false" });
  /** @type {string | undefined} */ #authority;
  /** @type {string | null} a day that the person chose */ #day = null;
  #capsLock = false;
  #dropped = false;

  /** @param {File} file @param {Page} page @param {Surroundings} around */
  constructor(file, page, around) {
    this.#file = file;
    this.number = around.number;
    this.tooLarge = file.size > LARGEST;
    this.#page = page;
    this.#around = around;
    this.element = el("section", { class: "panel" }, el("h2", {}, file.name), this.#body);
  }

  /** Judges the file as soon as that is possible, and shows the outcome. */
  async judge() {
    const { t } = this.#page;
    if (this.tooLarge) return this.#show(this.#error("too_large", {}));
    this.#wait(t("file.waiting"));
    const runtime = await this.#around.runtime;
    if (this.#dropped) return;
    this.#wait(t("file.reading"));
    const at = this.#day ? noonInJapan(this.#day) : new Date().toISOString();
    /** @type {number[]} */
    let numbers = [];
    try {
      const report = await runtime.inspect(() => {
        const request = this.#request(at);
        numbers = request.numbers;
        return request;
      });
      if (!this.#dropped) this.#showReport(report.files[numbers.indexOf(this.number)], new Date(at));
    } catch {
      // Why, the page says beside the drop zone: it concerns every file.
      if (!this.#dropped) this.#show(el("p", {}, t("file.unfinished")));
    }
  }

  /** @param {string} at @returns {InspectRequest} */
  #request(at) {
    if (this.#dropped) throw new Error("nobody waits for it");
    const company = this.#around.company().filter((panel) => !panel.tooLarge);
    const numbers = company.map((panel) => panel.number);
    const unread = company.flatMap((panel) => panel.handOver());
    return { unread, numbers, at, authority: this.#authority };
  }

  /** @returns {Unread[]} the file and its password for the worker, unless it has read them */
  handOver() {
    if (!this.#unread || !this.#file) return [];
    this.#tried = this.#password;
    this.#password = undefined;
    this.#unread = false;
    return [{ number: this.number, file: this.#file, password: this.#tried }];
  }

  /** Forgets everything that it was given. */
  drop() {
    this.#dropped = true;
    this.#file = null;
    this.#password = undefined;
    this.#tried = undefined;
    for (const input of this.element.querySelectorAll("input")) input.value = "";
    this.#body.replaceChildren();
    this.element.remove();
  }

  /** @param {string} text */
  #wait(text) {
    this.#body.setAttribute("aria-busy", "true");
    this.#body.replaceChildren(el("p", { class: "waiting" }, text));
    this.#around.announce(text);
  }

  /** @param {...HTMLElement} parts */
  #show(...parts) {
    this.#body.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(...parts);
    this.#body.querySelector("h3")?.focus();
    this.#around.announce("");
  }

  /** @param {FileReport | undefined} report @param {Date} at */
  #showReport(report, at) {
    const tried = this.#tried ?? "";
    this.#tried = undefined;
    const { t } = this.#page;
    const { code = "damaged", detail = {} } = report?.error ?? {};
    const asks = !report?.certificates && NEEDS_PASSWORD.includes(code);
    if (!asks) this.#file = null;
    if (report?.certificates) return this.#showCertificates(report.certificates, report.failures ?? [], at);
    if (!asks) return this.#show(this.#error(code, detail));
    const wrong = code === "wrong_password" ? tried : null;
    const form = passwordForm(t, { wrong, capsLock: this.#capsLock }, (password, capsLock) => {
      this.#password = password;
      this.#unread = true;
      this.#capsLock = capsLock;
      this.judge();
    });
    this.#show(this.#error(code, detail), form.element);
    form.focus();
    this.#around.announce(t(`error.${code}`));
  }

  /** @param {Certificate[]} among @param {{code: string}[]} failures @param {Date} at */
  #showCertificates(among, failures, at) {
    const { t } = this.#page;
    // A lone CA certificate is what the person asked about; beside others it only backs them.
    const leaves = among.filter((certificate) => !certificate.is_ca);
    const judged = leaves.length > 0 ? leaves : among;
    const issuers = among.filter((certificate) => !judged.includes(certificate));
    const cards = judged.map((certificate) =>
      card(this.#page, {
        certificate,
        among,
        at,
        chosen: this.#day !== null,
        judgeOn: (day) => {
          this.#day = day;
          this.judge();
        },
        judgeAs: (authority) => {
          this.#authority = authority;
          this.judge();
        },
      }),
    );
    this.#show(
      ...(judged.length > 1 ? [el("p", {}, t("file.several", { n: judged.length }))] : []),
      ...(failures.length > 0
        ? [el("p", { class: "warning" }, t("file.partly", { n: failures.length }))]
        : []),
      ...cards,
      ...(issuers.length > 0 ? [issuerDetails(issuers, this.#page)] : []),
    );
  }

  /** @param {string} code @param {Record<string, unknown>} detail */
  #error(code, detail) {
    const { t } = this.#page;
    const values = { algorithm: String(detail.algorithm ?? "") };
    return el(
      "div",
      { class: code === "password_required" ? "error ask" : "error", "data-code": code },
      el("h3", { tabindex: -1 }, t(`error.${code}`, values)),
      el("p", {}, t(`error.${code}.next`)),
    );
  }
}
