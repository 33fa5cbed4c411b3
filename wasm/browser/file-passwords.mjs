/**
 * The passwords of one file, from typing to the outcome of trying them, and the forms that ask for them.
 * @import {Failure, FileReport, UnreadFile} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 */
import { createElement } from "./element.mjs";
import { createPasswordForm, listHints } from "./password-form.mjs";

/** Tell whether reading on past what is allowed may help. @param {Failure} error */
const canGoOn = ({ code, detail }) =>
  code === "forms_untried" ||
  (code === "over_limit" && detail.what === "iterations") ||
  (code === "damaged" && detail.where === "mac");

/** Tell whether a password opens the contents but not the integrity check. @param {Failure | undefined} error */
export const isOfMac = (error) => error?.code === "wrong_password" && error.detail.where === "contents";

export class FilePasswords {
  /** @type {string | undefined} not yet tried */ #typed;
  /** @type {string | undefined} being tried by the worker */ #tried;
  /** @type {string | undefined} tried, to be tried on where the person goes on */ #paused;
  /** @type {string | undefined} of the integrity check, where that has one of its own */ #mac;
  #hasCapsLock = false;
  /** @type {string[]} on the last password, codes of sentences */ #hints = [];
  /** @type {string[] | null} the same of the integrity check's own */ #macHints = null;
  /** Whether the worker has yet to read the file with them. */ isUnread = true;
  /** Whether the file is read however long it takes. */ isPatient = false;
  /** @type {Page} */ #page;
  /** @type {() => void} */ #judge;

  /** @param {Page} page @param {() => void} judge called once a person has given what the file is read again with */
  constructor(page, judge) {
    this.#page = page;
    this.#judge = judge;
  }

  /** Hand them over to the worker. @returns {Pick<UnreadFile, "password" | "macPassword" | "isPatient">} */
  handOver() {
    this.#tried = this.#typed;
    this.#typed = undefined;
    this.isUnread = false;
    return { password: this.#tried, macPassword: this.#mac, isPatient: this.isPatient };
  }

  /** Keep of the password that was tried what its hints say, and itself only to be tried on. @param {FileReport | undefined} report */
  closeAttempt(report) {
    const tried = this.#tried ?? "";
    this.#tried = undefined;
    this.#hints = listHints(tried, this.#hasCapsLock);
    if (isOfMac(report?.error)) this.#mac = tried;
    this.#macHints = this.#mac === undefined ? null : listHints(this.#mac, this.#hasCapsLock);
    const errors = [...(report?.error ? [report.error] : []), ...(report?.failures ?? [])];
    this.#paused = tried && errors.some((error) => this.canGoOn(error)) ? tried : undefined;
  }

  forget() {
    this.#typed = undefined;
    this.#tried = undefined;
    this.#paused = undefined;
    this.#mac = undefined;
  }

  /** Tell whether the file may be read on past what is allowed. @param {Failure} error @returns {boolean} */
  canGoOn(error) {
    return !this.isPatient && canGoOn(error);
  }

  /** Create a form for the file's password. @param {boolean} hasFailed whether one was tried that did not open it */
  createForm(hasFailed) {
    return createPasswordForm(this.#page.t, hasFailed ? this.#hints : null, (password, hasCapsLock) => {
      this.#typed = password;
      this.#readAgain(hasCapsLock);
    });
  }

  /** Create a form for the integrity check's own password, beside the one that opens the contents. */
  createMacForm() {
    const onPassword = (/** @type {string} */ password, /** @type {boolean} */ hasCapsLock) => {
      this.#resume();
      this.#mac = password;
      this.#readAgain(hasCapsLock);
    };
    return createPasswordForm(this.#page.t, this.#macHints, onPassword, "password.label.mac");
  }

  /** Create a button that reads the file on, however long it takes. */
  createGoOnRow() {
    const onclick = () => {
      this.#resume();
      this.isPatient = true;
      this.#readAgain(this.#hasCapsLock);
    };
    const button = createElement(
      "button",
      { type: "button", class: "cg-button", onclick },
      this.#page.t("go_on.button"),
    );
    return createElement("p", { "data-asks-again": "" }, button);
  }

  /** Have the password that was tried tried again. */
  #resume() {
    this.#typed = this.#paused;
    this.#paused = undefined;
  }

  /** @param {boolean} hasCapsLock */
  #readAgain(hasCapsLock) {
    this.#hasCapsLock = hasCapsLock;
    this.isUnread = true;
    this.#judge();
  }
}
