/**
 * One chosen file, from waiting to its cards. The page never has its bytes, lets go of the password as the worker takes
 * it, and of the file as soon as no password can be missing: the worker remembers the certificates, to judge again.
 * @import {Failure, FileReport, Unread, Write} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 * @import {Known, Newer} from "./pool.mjs"
 *
 * @typedef {object} Surroundings
 * @property {number} number what the file goes by
 * @property {(asking: Panel) => void} judge
 * @property {(day: string | null, asking: Panel) => void} judgeOn
 * @property {(authority: string, issuer: string, asking: Panel) => void} judgeAs
 * @property {(request: Omit<Write, "report">) => Promise<string>} write
 *
 * @typedef {object} Judgement
 * @property {Date} at
 * @property {boolean} chosen whether a person chose that day
 * @property {Known} known
 * @property {Newer} newer
 */
import { card } from "./card.mjs";
import { contentsDetails, isHalfOpen, openedBy } from "./contents.mjs";
import { japanDay } from "./dates.mjs";
import { issuerDetails } from "./details.mjs";
import { el } from "./dom.mjs";
import { errorPart, failuresPart } from "./errors.mjs";
import { passwordForm } from "./password.mjs";
import { summary } from "./summary.mjs";
import { askedAbout } from "./table.mjs";

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
  #capsLock = false;
  /** @type {string} what is shown, so that nothing is shown again that a person may be busy with */ #shown =
    "";
  /** @type {{focus: () => void} | null} */ #form = null;
  /** @type {FileReport | undefined} what certcheck said of it last */ report;
  /** @type {string | undefined} the system that the person named */ authority;
  refused = false;

  /** @param {File} file @param {Page} page @param {Surroundings} around */
  constructor(file, page, around) {
    this.#file = file;
    this.number = around.number;
    this.name = file.name;
    this.#page = page;
    this.#around = around;
    this.element = el(
      "section",
      { class: "panel", id: `file-${this.number}` },
      el("h2", {}, file.name),
      this.#body,
    );
    // Before any of it is read.
    if (file.size > page.data.limits.file_bytes) this.refuse("too_large", {});
  }

  /** Says why the file is not read at all. @param {string} code @param {Record<string, unknown>} detail */
  refuse(code, detail) {
    this.refused = true;
    this.#file = null;
    const error = { code, detail };
    this.report = { name: this.name, error };
    this.#body.replaceChildren(errorPart(this.#page, error));
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
    this.#file = null;
    this.#password = undefined;
    this.#tried = undefined;
    this.report = undefined;
    for (const input of this.element.querySelectorAll("input")) input.value = "";
    this.#body.replaceChildren();
    this.element.remove();
  }

  /** @param {string} issuer @returns {boolean} whether a certificate of that issuer in it is of no known system */
  isUnknown(issuer) {
    return (this.report?.certificates ?? []).some(
      (certificate) =>
        certificate.issuer === issuer &&
        [null, "given"].includes(certificate.recognised_by) &&
        !certificate.is_ca,
    );
  }

  /** @returns {FileReport} without the issuers' certificates, unless there is nothing else in it */
  asked() {
    const { report } = this;
    if (!report?.certificates) return report ?? { name: this.name };
    return { ...report, certificates: askedAbout(report) };
  }

  /** @param {string} text */
  wait(text) {
    this.#shown = "";
    this.#body.setAttribute("aria-busy", "true");
    this.#body.replaceChildren(el("p", { class: "waiting" }, text));
  }

  /** Says that judging failed; what was read of the file is remembered. @param {string} code */
  leave(code) {
    this.#put(errorPart(this.#page, { code, detail: {} }));
  }

  /** @param {...HTMLElement} parts */
  #put(...parts) {
    this.#body.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(...parts);
  }

  /** Brings a person to what the file has come to. @param {(text: string) => void} announce */
  focus(announce) {
    const heading = this.#body.querySelector("h3");
    if (!this.#form) return heading?.focus();
    this.#form.focus();
    announce(heading?.textContent ?? "");
  }

  /** Shows the report, unless that is shown already. @param {Judgement} judgement */
  show(judgement) {
    const { at, chosen, newer } = judgement;
    const outlasted = this.report?.certificates?.map(({ sha256 }) => newer.get(sha256)?.sha256);
    const outcome = JSON.stringify([this.report, japanDay(at), chosen, outlasted]);
    if (outcome === this.#shown) return;
    this.#shown = outcome;
    this.#form = null;
    const tried = this.#tried ?? "";
    this.#tried = undefined;
    if (this.report?.certificates) return this.#showCertificates(this.report, tried, judgement);
    const error = this.report?.error ?? { code: "damaged", detail: {} };
    if (!NEEDS_PASSWORD.includes(error.code)) return this.#showError(error, at);
    const form = this.#askPassword(error.code === "wrong_password" ? tried : null);
    this.#form = form;
    this.#put(errorPart(this.#page, error, form.element));
  }

  /** @param {Failure} error @param {Date} at */
  #showError(error, at) {
    this.#file = null;
    const part = errorPart(this.#page, error);
    part.append(summary(this.#page, { at, message: part.querySelector("h3")?.textContent ?? "" }));
    this.#put(part);
  }

  /** @param {string | null} wrong the password that did not open it, if any */
  #askPassword(wrong) {
    return passwordForm(this.#page.t, { wrong, capsLock: this.#capsLock }, (password, capsLock) => {
      this.#password = password;
      this.#unread = true;
      this.#capsLock = capsLock;
      this.#around.judge(this);
    });
  }

  /** @param {FileReport} file @param {string} tried @param {Judgement} judgement */
  #showCertificates(file, tried, judgement) {
    const { t } = this.#page;
    const { certificates = [], failures = [] } = file;
    const judged = askedAbout(file);
    const issuers = certificates.filter((certificate) => !judged.includes(certificate));
    const cards = judged.map((certificate) =>
      card(this.#page, {
        ...judgement,
        certificate,
        judgeOn: (day) => this.#around.judgeOn(day, this),
        judgeAs: (authority) => this.#around.judgeAs(authority, certificate.issuer, this),
        write: this.#around.write,
      }),
    );
    const halfOpen = isHalfOpen(file);
    const wrong = failures.some(({ code }) => code === "wrong_password");
    if (!halfOpen) this.#file = null;
    this.#put(
      ...openedBy(file, this.#page),
      ...(halfOpen ? [this.#halfOpen(wrong ? tried : null)] : []),
      ...(judged.length > 1 ? [el("p", {}, t("file.several", { n: judged.length }))] : []),
      ...failuresPart(
        this.#page,
        failures.filter(({ code }) => code !== "wrong_password"),
      ),
      ...cards,
      ...contentsDetails(file, this.#page),
      ...(issuers.length > 0 ? [issuerDetails(issuers, this.#page)] : []),
    );
  }

  /** What to say of certificates that show without the password. @param {string | null} wrong */
  #halfOpen(wrong) {
    const { t } = this.#page;
    const form = this.#askPassword(wrong);
    if (wrong !== null) this.#form = form;
    return el(
      "div",
      { class: "note", "data-half-open": "" },
      el("p", {}, t("half_open")),
      el(
        "details",
        { open: wrong !== null },
        el("summary", {}, t("half_open.password")),
        ...(wrong === null ? [] : [el("p", { class: "warning" }, t("error.wrong_password"))]),
        form.element,
      ),
    );
  }
}
