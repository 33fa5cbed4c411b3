/**
 * One chosen file, from waiting to its cards. The page never has its bytes; it lets go of the password as the worker takes
 * it, and of the file as soon as no password can be missing. To judge again, the worker remembers the certificates.
 * @import {Failure, FileReport, Holder, SaveRequest, UnreadFile, WriteRequest} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {KnownCertificates, Successors} from "./chosen-files.mjs"
 *
 * @typedef {object} PanelHost What a panel has the page do; `panel` is the one that a person uses.
 * @property {number} number the file's identifier
 * @property {(panel: FilePanel) => void} judge
 * @property {(day: string | null, panel: FilePanel) => void} judgeOn
 * @property {(authority: string, issuer: string, panel: FilePanel) => void} judgeAs
 * @property {(request: Omit<WriteRequest, "report">) => Promise<string>} write
 * @property {(request: SaveRequest) => Promise<Uint8Array<ArrayBuffer>>} save
 * @property {() => void} stop
 *
 * @typedef {object} Judgement
 * @property {Date} at instant of judging
 * @property {boolean} isDayChosen whether a person chose its day
 * @property {Holder[]} holders
 * @property {KnownCertificates} known
 * @property {Successors} successors proven ones
 * @property {Successors} claimants those that nobody has proven
 */
import { renderCard } from "./certificate-card.mjs";
import { renderIssuers, selectLeaves } from "./certificate-details.mjs";
import { createElement } from "./element.mjs";
import { formatError, renderError, renderFailures } from "./error-notice.mjs";
import { FilePasswords, isOfMac } from "./file-passwords.mjs";
import { GradualList } from "./gradual-list.mjs";
import { renderSummary } from "./helpdesk-summary.mjs";
import { toJapanDay } from "./japan-time.mjs";
import { NEEDS_PASSWORD } from "./password-form.mjs";
import { isHalfOpen, renderContents, renderPasswordForm, renderRefusals } from "./pkcs12-contents.mjs";
import { renderPrivateKey } from "./private-key.mjs";
import { renderRevocationLists } from "./revocation.mjs";
import { renderAnswered, renderFailureAnswer } from "./step-answer.mjs";

/** Cards of one file that are drawn at once. */
const CARDS_AT_ONCE = 10;

/** Questions that a file answers only once its private key was opened. */
const isKeyNeeded = (/** @type {Page["question"]} */ question) =>
  ["backup", "imported"].includes(question?.check ?? "");

export class FilePanel {
  /** @type {File | null} */ #file;
  /** @type {FilePasswords} */ #passwords;
  /** @type {Page} */ #page;
  /** @type {PanelHost} */ #host;
  #body = createElement("div", { "aria-busy": "false" });
  /** @type {string} compared, so that a person's input is not lost to the same outcome */ #shownOutcome = "";
  /** @type {{focus: () => void} | null} */ #form = null;
  #isLeft = false;
  /** @type {() => void} draws what is shown */ #draw = () => {};
  /** @type {GradualList | null} */ #cardList = null;
  /** @type {[string, () => HTMLElement][]} SHA-256 and renderer, in the order of the cards */ #cards = [];
  /** @type {FileReport | undefined} certcheck's last */ report;
  /** @type {string | undefined} id of the system that the person chose */ authority;
  isRefused = false;

  /** @param {File} file @param {Page} page @param {PanelHost} host */
  constructor(file, page, host) {
    this.#file = file;
    this.number = host.number;
    this.name = file.name;
    this.#page = page;
    this.#host = host;
    this.#passwords = new FilePasswords(page, () => host.judge(this));
    this.element = createElement(
      "section",
      { class: "check-panel", id: `file-${this.number}` },
      createElement("h2", {}, file.name),
      this.#body,
    );
    // Before any of it is read.
    if (file.size > page.data.limits.file_bytes) this.refuse("too_large", {});
  }

  /** Show why the file is not read at all. @param {string} code @param {Record<string, unknown>} detail */
  refuse(code, detail) {
    this.isRefused = true;
    this.#file = null;
    const error = { code, detail };
    this.report = { name: this.name, error };
    this.#showNotice(error);
  }

  /** Hand the file and its password over to the worker. @returns {UnreadFile[]} empty where it has read them */
  handOver() {
    if (!this.#passwords.isUnread || !this.#file) return [];
    return [{ number: this.number, file: this.#file, ...this.#passwords.handOver() }];
  }

  /** Forget the file and its password. Certificates that were found stay, without what would have them judged again. */
  forgetSecrets() {
    const isFinished = this.isRefused || (this.#file === null && this.report !== undefined);
    this.#overwriteSecrets();
    this.#isLeft = true;
    if (!isFinished && !this.report?.certificates) {
      this.report = { name: this.name, error: { code: "left", detail: {} } };
      return this.showFailure("left");
    }
    this.#removeQuestions();
  }

  /** Remove what would have the file read or judged again. */
  #removeQuestions() {
    for (const element of this.element.querySelectorAll("[data-asks-again]")) element.remove();
  }

  /** Say the same in the page's language; what is unfolded stays so, and what was typed. */
  translate() {
    const wasOpen = [...this.#body.querySelectorAll("details")].map(({ open }) => open);
    const field = /** @type {const} */ ("form.check-password input");
    const typed = /** @type {HTMLInputElement | null} */ (this.#body.querySelector(field))?.value ?? "";
    this.#draw();
    for (const [i, details] of this.#body.querySelectorAll("details").entries())
      details.open = wasOpen[i] ?? false;
    const input = /** @type {HTMLInputElement | null} */ (this.#body.querySelector(field));
    if (input) input.value = typed;
    if (this.#isLeft) this.#removeQuestions();
  }

  #overwriteSecrets() {
    this.#file = null;
    this.#passwords.forget();
    for (const input of this.element.querySelectorAll("input")) input.value = "";
  }

  /** Forget the file, its password and its report, and take the panel off the page. */
  discard() {
    this.#overwriteSecrets();
    this.report = undefined;
    this.#cards = [];
    this.#body.replaceChildren();
    this.element.remove();
  }

  /** Tell whether it holds a leaf of that issuer whose system is not recognised. @param {string} issuer @returns {boolean} */
  hasUnknownSystem(issuer) {
    return (this.report?.certificates ?? []).some(
      (certificate) =>
        certificate.issuer === issuer &&
        [null, "given"].includes(certificate.recognised_by) &&
        !certificate.is_ca,
    );
  }

  /** Return the report, without issuers' certificates where there are leaves. @returns {FileReport} */
  selectReport() {
    const { report } = this;
    if (!report?.certificates) return report ?? { name: this.name };
    return { ...report, certificates: selectLeaves(report) };
  }

  /** Show that the file is waiting. @param {string} code of the sentence */
  showWaiting(code) {
    this.#shownOutcome = "";
    this.#draw = () => this.#drawWaiting(code);
    this.#draw();
  }

  /** @param {string} code */
  #drawWaiting(code) {
    this.#body.setAttribute("aria-busy", "true");
    const stop = createElement(
      "button",
      { type: "button", class: "cg-button", onclick: () => this.#host.stop() },
      this.#page.t("stop.button"),
    );
    const waiting = createElement("p", { class: "check-waiting" }, this.#page.t(code));
    this.#body.replaceChildren(waiting, ...(this.#passwords.isPatient ? [createElement("p", {}, stop)] : []));
  }

  /** Show that judging failed; the worker still remembers what it read of the file. @param {string} code */
  showFailure(code) {
    this.#showNotice({ code, detail: {} });
  }

  /** @param {Failure} error */
  #showNotice(error) {
    this.#draw = () =>
      this.#replaceBody(...renderFailureAnswer(this.#page, error), renderError(this.#page, error));
    this.#draw();
  }

  /** @param {...HTMLElement} parts */
  #replaceBody(...parts) {
    this.#body.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(...parts);
  }

  /** Move the focus to the outcome, or to the password's field. @param {(text: string) => void} announce */
  focus(announce) {
    const heading = this.#body.querySelector("h3");
    if (!this.#form) return heading?.focus();
    this.#form.focus();
    announce(heading?.textContent ?? "");
  }

  /** Show the report, unless that is shown already. @param {Judgement} judgement */
  show(judgement) {
    const { at, isDayChosen, holders, successors, claimants } = judgement;
    const ownSuccessors = this.report?.certificates?.map(({ sha256 }) =>
      [successors, claimants].map((others) => others.get(sha256)?.sha256),
    );
    const { question } = this.#page;
    const outcome = JSON.stringify([
      ...[this.report, toJapanDay(at), isDayChosen, ownSuccessors],
      ...(question ? [question, holders] : []),
    ]);
    if (outcome === this.#shownOutcome) return;
    this.#shownOutcome = outcome;
    this.#passwords.closeAttempt(this.report);
    this.#draw = () => this.#drawReport(judgement);
    this.#draw();
  }

  /** @param {Judgement} judgement */
  #drawReport(judgement) {
    this.#form = null;
    if (this.report?.certificates) return this.#showCertificates(this.report, judgement);
    const error = this.report?.error ?? { code: "damaged", detail: {} };
    if (this.#passwords.canGoOn(error)) return this.#offerToGoOn(error);
    if (!NEEDS_PASSWORD.includes(error.code)) return this.#showError(error, judgement.at);
    const form = this.#passwords.createForm(error.code === "wrong_password" && !isOfMac(error));
    this.#form = form;
    this.#replaceBody(
      ...renderFailureAnswer(this.#page, error),
      renderError(this.#page, error, { form: form.element }),
    );
  }

  /** Show the error with a button that reads the file on. @param {Failure} error */
  #offerToGoOn(error) {
    const row = this.#passwords.createGoOnRow();
    if (error.code === "over_limit")
      return this.#replaceBody(
        ...renderFailureAnswer(this.#page, error),
        renderError(this.#page, error, { form: row }),
      );
    const form =
      error.code === "damaged" ? this.#passwords.createMacForm() : this.#passwords.createForm(true);
    this.#form = form;
    this.#replaceBody(
      ...renderFailureAnswer(this.#page, error),
      renderError(this.#page, error, { form: createElement("div", {}, row, form.element) }),
    );
  }

  /** @param {Failure} error @param {Date} at */
  #showError(error, at) {
    this.#overwriteSecrets();
    const notice = renderError(this.#page, error, { name: this.name });
    const message = notice.querySelector("h3")?.textContent ?? "";
    notice.append(renderSummary(this.#page, { at, message }));
    this.#replaceBody(...renderFailureAnswer(this.#page, error), notice);
  }

  /** Show a certificate's card before the others. @param {string} sha256 */
  bringForward(sha256) {
    const place = this.#cards.findIndex(([own]) => own === sha256);
    if (place <= 0) return;
    this.#cards.unshift(...this.#cards.splice(place, 1));
    this.#cardList?.replace(this.#cards.map(([, render]) => render));
  }

  /** @param {FileReport} file @param {Judgement} judgement */
  #showCertificates(file, judgement) {
    const { t } = this.#page;
    const { certificates = [], failures = [] } = file;
    const leaves = selectLeaves(file);
    const issuers = certificates.filter((certificate) => !leaves.includes(certificate));
    const cards = createElement("div", {});
    const list = new GradualList(cards, CARDS_AT_ONCE, (rest) => t("list.more", { n: rest }));
    this.#cardList = list;
    this.#cards = leaves.map((certificate) => [
      certificate.sha256,
      () => {
        const context = {
          ...judgement,
          certificate,
          judgeOn: (/** @type {string | null} */ day) => this.#host.judgeOn(day, this),
          judgeAs: (/** @type {string} */ authority) =>
            this.#host.judgeAs(authority, certificate.issuer, this),
          write: this.#host.write,
          isPkcs12: file.format === "pkcs12",
          save: this.#host.save,
        };
        return renderAnswered(this.#page, { ...context, file }, renderCard(this.#page, context));
      },
    ]);
    list.replace(this.#cards.map(([, render]) => render));
    const isStillEncrypted = isHalfOpen(file);
    const refusal = failures.find(({ code }) => NEEDS_PASSWORD.includes(code));
    if (!isStillEncrypted) this.#overwriteSecrets();
    this.#replaceBody(
      ...renderPasswordForm(file, this.#page),
      ...(isStillEncrypted ? [this.#renderHalfOpen(refusal)] : []),
      ...(leaves.length > 1 ? [createElement("p", {}, t("file.several", { n: leaves.length }))] : []),
      ...renderFailures(
        this.#page,
        failures.filter((failure) => failure !== refusal),
      ),
      cards,
      list.moreButton,
      ...renderRefusals(file, this.#page),
      ...renderRevocationLists(file, this.#page),
      ...renderPrivateKey(file, judgement.known, this.#page),
      ...renderContents(file, this.#page),
      ...(issuers.length > 0 ? [renderIssuers(issuers, this.#page)] : []),
    );
  }

  /**
   * Render the notice above certificates that show without the password.
   * @param {Failure | undefined} refusal of the password that was tried
   */
  #renderHalfOpen(refusal) {
    const { t } = this.#page;
    const form = this.#passwords.createForm(refusal !== undefined);
    if (refusal) this.#form = form;
    const canStillGoOn = refusal !== undefined && this.#passwords.canGoOn(refusal);
    return createElement(
      "div",
      { class: "check-note", "data-half-open": "", "data-asks-again": "" },
      createElement("p", {}, t("half_open")),
      createElement(
        "details",
        { open: refusal !== undefined || isKeyNeeded(this.#page.question) },
        createElement("summary", {}, t("half_open.password")),
        ...(refusal
          ? [createElement("p", { class: "check-warning" }, formatError(this.#page, refusal))]
          : []),
        ...(canStillGoOn ? [this.#passwords.createGoOnRow()] : []),
        form.element,
      ),
    );
  }
}
