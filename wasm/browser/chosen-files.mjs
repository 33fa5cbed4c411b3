/**
 * All chosen files. They are judged together: one may hold another's issuer, or the newer certificate of another's holder.
 * @import {Certificate, Holder, Report, WriteRequest} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {Inspector} from "./inspector.mjs"
 *
 * @typedef {Map<string, {certificate: Certificate, files: string[]}>} KnownCertificates by SHA-256, with the names of their files
 * @typedef {Map<string, Certificate>} Successors by SHA-256 of a certificate, the holder's current one where that outlasts it
 */
import { createElement } from "./element.mjs";
import { FilePanel } from "./file-panel.mjs";
import { GradualList } from "./gradual-list.mjs";
import { renderHolder } from "./holder-card.mjs";
import { toFailureCode } from "./inspector.mjs";
import { renderCsvButton } from "./inventory-csv.mjs";
import { OVERVIEW_FILES, renderOverview } from "./inventory-overview.mjs";
import { InventoryTable } from "./inventory-table.mjs";
import { toJapanNoon } from "./japan-time.mjs";

/** Panels and holders' cards that are drawn at once. */
const PANELS_AT_ONCE = 20;
const HOLDERS_AT_ONCE = 10;

export class ChosenFiles {
  /** @type {Page} */ #page;
  /** @type {() => Promise<Inspector>} */ #getInspector;
  /** @type {(text: string) => void} */ #announce;
  /** @type {FilePanel[]} */ #panels = [];
  #lastNumber = 0;
  /** Goes up when files are forgotten: what was asked before is given up. */ #generation = 0;
  /** @type {string | null} chosen by the person */ #day = null;
  /** @type {Holder[]} */ #holders = [];
  #overview = createElement("div", {});
  /** @type {InventoryTable | null} of several files */ #table = null;
  /** @type {{known: KnownCertificates, successors: Successors} | null} of the last verdicts */ #shown = null;
  #panelList;
  element;

  /**
   * @param {Page} page
   * @param {() => Promise<Inspector>} getInspector resolves once the last response is in; never where the start failed
   * @param {(text: string) => void} announce
   */
  constructor(page, getInspector, announce) {
    this.#page = page;
    this.#getInspector = getInspector;
    this.#announce = announce;
    const panels = createElement("div", {});
    const formatRest = (/** @type {number} */ rest) => page.t("list.more", { n: rest });
    this.#panelList = new GradualList(panels, PANELS_AT_ONCE, formatRest);
    this.element = createElement(
      "div",
      { class: "check-results" },
      this.#overview,
      panels,
      this.#panelList.moreButton,
    );
    // A file that the table links to may not have been drawn yet.
    this.element.addEventListener("click", (event) => {
      const { target } = event;
      const href = target instanceof Element ? target.closest("a")?.getAttribute("href") : null;
      const index = this.#panels.findIndex((panel) => href === `#${panel.element.id}`);
      if (index < 0) return;
      this.#panelList.drawUntil(index);
      if (!page.isInGuide) return;
      event.preventDefault(); // in a shadow tree no address leads to an element
      this.#panels[index]?.element.scrollIntoView();
    });
  }

  /** Replace the files, and judge the new ones. @param {File[]} files */
  replace(files) {
    this.clear();
    const { files: allowed } = this.#page.data.limits;
    this.#panels = files.map((file, i) => {
      const panel = this.#createPanel(file);
      if (i >= allowed) panel.refuse("over_limit", { what: "files", found: files.length, allowed });
      return panel;
    });
    this.#panelList.replace(this.#panels.map((panel) => () => panel.element));
    this.#judge(null, this.#panels);
  }

  /** @param {File} file @returns {FilePanel} */
  #createPanel(file) {
    /** @type {FilePanel} */
    const panel = new FilePanel(file, this.#page, {
      number: ++this.#lastNumber,
      judge: (active) => this.#judge(active, [active]),
      judgeOn: (day, active) => {
        this.#day = day;
        this.#judge(active, [active]);
      },
      judgeAs: (authority, issuer, active) => {
        const sameIssuer = this.#panels.filter((other) => other.hasUnknownSystem(issuer));
        for (const other of sameIssuer) other.authority = authority;
        this.#judge(active, sameIssuer);
      },
      write: (request) => this.#write(request, [panel]),
      save: async (request) => (await this.#getInspector()).save(request),
      stop: async () => (await this.#getInspector()).stop(),
    });
    panel.authority = this.#findAuthorityOfStep();
    return panel;
  }

  /**
   * Find the authority that a step stands for, where no manual says how its certificates are told by their names.
   * @returns {string | undefined}
   */
  #findAuthorityOfStep() {
    const { question, data } = this.#page;
    const id = question?.authority ?? "";
    return data.authorities[id]?.named_by === null ? id : undefined;
  }

  /** Judge what is chosen once more: another step asks. */
  judgeAgain() {
    for (const panel of this.#panels) panel.authority ??= this.#findAuthorityOfStep();
    if (this.#panels.length > 0) this.#judge(null, this.#panels);
  }

  /** Forget the files and their passwords; what was found out of them stays, and is not judged again. */
  forgetSecrets() {
    this.#generation++;
    for (const panel of this.#panels) panel.forgetSecrets();
  }

  /** Say the same in the page's language. */
  translate() {
    for (const panel of this.#panels) panel.translate();
    this.#table = this.#table?.translate() ?? null;
    if (!this.#shown) return;
    const isUnfolded = this.element.querySelector(".check-holders[open]") !== null;
    this.#drawOverview(this.#shown);
    this.element.querySelector(".check-holders")?.toggleAttribute("open", isUnfolded);
  }

  /** Forget all files. */
  clear() {
    this.#generation++;
    for (const panel of this.#panels) panel.discard();
    this.#panels = [];
    this.#panelList.replace([]);
    this.#day = null;
    this.#holders = [];
    this.#table = null;
    this.#shown = null;
    this.#overview.replaceChildren();
  }

  /**
   * Judge all files, and show what has changed.
   * @param {FilePanel | null} active the panel that a person uses; null for new files
   * @param {FilePanel[]} pending panels whose outcome a person waits for
   */
  async #judge(active, pending) {
    const generation = this.#generation;
    const waiting = pending.filter((panel) => !panel.isRefused);
    this.#showWaiting(waiting, "file.waiting");
    const inspector = await this.#getInspector();
    if (generation !== this.#generation) return;
    this.#showWaiting(waiting, "file.reading");
    const at = this.#day ? toJapanNoon(this.#day) : new Date().toISOString();
    const judged = this.#panels.filter((panel) => !panel.isRefused);
    try {
      const report = await inspector.inspect(() => {
        if (generation !== this.#generation) throw new Error("the files were cleared");
        const numbers = judged.map((panel) => panel.number);
        const choices = judged.flatMap(({ number, authority }) => (authority ? [[number, authority]] : []));
        const authorities = Object.fromEntries(choices);
        return { unread: judged.flatMap((panel) => panel.handOver()), numbers, at, authorities };
      });
      if (generation === this.#generation) this.#show(judged, report, new Date(at), active);
    } catch (error) {
      const code = toFailureCode(error) ?? "crashed";
      if (generation === this.#generation) for (const panel of waiting) panel.showFailure(code);
    }
  }

  /** @param {FilePanel[]} panels @param {string} code of the sentence */
  #showWaiting(panels, code) {
    for (const panel of panels) panel.showWaiting(code);
    if (panels.length > 0) this.#announce(this.#page.t(code));
  }

  /**
   * @param {FilePanel[]} judged
   * @param {Report} report
   * @param {Date} at instant of judging
   * @param {FilePanel | null} active
   */
  #show(judged, report, at, active) {
    for (const [i, panel] of judged.entries()) panel.report = report.files[i];
    this.#holders = report.holders;
    const known = this.#collectCertificates();
    const successors = this.#findSuccessors(known, "outlasted");
    const claimants = this.#findSuccessors(known, "outlasted_unproven");
    const isDayChosen = this.#day !== null;
    const { holders } = report;
    for (const panel of judged) panel.show({ at, isDayChosen, holders, known, successors, claimants });
    this.#shown = { known, successors };
    const title = this.#drawOverview(this.#shown);
    this.#announce("");
    if (title && !active && (this.#isInventory || !this.#page.question)) title.focus();
    else (active ?? this.#panels[0])?.focus(this.#announce);
  }

  get #isInventory() {
    return this.#panels.length >= OVERVIEW_FILES;
  }

  /**
   * Draw what is said of all files.
   * @param {{known: KnownCertificates, successors: Successors}} shown
   * @returns {HTMLElement | null} its heading; null for a single file
   */
  #drawOverview({ known, successors }) {
    const isInventory = this.#isInventory;
    // Of one or two files the answer to a step's question comes first; of more it is in their rows.
    if (this.#page.question && !isInventory) this.element.append(this.#overview);
    else this.element.prepend(this.#overview);
    if (isInventory) this.#panelList.replace([]); // each panel is in its row
    const { length } = this.#panels;
    if (length > 1) this.#table ??= new InventoryTable(this.#page, isInventory);
    const title = createElement("h2", { tabindex: -1 }, this.#page.t("files.title", { n: length }));
    this.#overview.replaceChildren(
      ...(length > 1 ? [title] : []),
      ...(isInventory ? [] : this.#renderHolders(known, { isFolded: false })),
      ...this.#renderInventory(known, successors),
    );
    return length > 1 ? title : null;
  }

  /** @param {KnownCertificates} known @param {Successors} successors @returns {HTMLElement[]} empty for a single file */
  #renderInventory(known, successors) {
    if (!this.#table) return [];
    const entries = this.#panels.flatMap((panel) => {
      const { number, report, element } = panel;
      const bringForward = (/** @type {string} */ sha256) => panel.bringForward(sha256);
      return report ? [{ number, report, element, bringForward }] : [];
    });
    this.#table.update(entries, successors);
    const write = (/** @type {Omit<WriteRequest, "report">} */ request) => this.#write(request, this.#panels);
    const isInventory = this.#isInventory;
    return [
      createElement(
        "section",
        { class: "check-card check-inventory" },
        ...(isInventory ? [renderOverview(this.#page, entries, write)] : []),
        ...(isInventory ? this.#renderHolders(known, { isFolded: true }) : []),
        this.#table.element,
        ...(isInventory
          ? []
          : [createElement("p", { class: "check-row" }, renderCsvButton(this.#page, write))]),
      ),
    ];
  }

  /**
   * @param {KnownCertificates} known
   * @param {{isFolded: boolean}} options
   * @returns {HTMLElement[]} empty where no holder has several certificates
   */
  #renderHolders(known, { isFolded }) {
    if (this.#holders.length === 0) return [];
    const { t } = this.#page;
    const cards = createElement("div", {});
    const list = new GradualList(cards, HOLDERS_AT_ONCE, (rest) => t("list.more", { n: rest }));
    list.replace(this.#holders.map((holder) => () => renderHolder(this.#page, holder, known)));
    if (!isFolded) return [cards, list.moreButton];
    const summary = createElement("summary", {}, t("holders.folded", { n: this.#holders.length }));
    return [createElement("details", { class: "check-holders" }, summary, cards, list.moreButton)];
  }

  /** @returns {KnownCertificates} */
  #collectCertificates() {
    /** @type {KnownCertificates} */
    const known = new Map();
    for (const { report } of this.#panels) {
      for (const certificate of report?.certificates ?? []) {
        const files = known.get(certificate.sha256)?.files ?? [];
        known.set(certificate.sha256, { certificate, files: [...files, report?.name ?? ""] });
      }
    }
    return known;
  }

  /** @param {KnownCertificates} known @param {"outlasted" | "outlasted_unproven"} relation @returns {Successors} */
  #findSuccessors(known, relation) {
    return new Map(
      this.#holders.flatMap(({ current, others }) => {
        const successor = known.get(current)?.certificate;
        const outlasted = others.filter((other) => other[relation]);
        return successor ? outlasted.map(({ sha256 }) => [sha256, successor]) : [];
      }),
    );
  }

  /**
   * Let certcheck write a file.
   * @param {Omit<WriteRequest, "report">} request
   * @param {FilePanel[]} panels whose certificates go into it
   * @returns {Promise<string>}
   */
  async #write(request, panels) {
    const files = panels.flatMap((panel) => (panel.report ? [panel.selectReport()] : []));
    const inspector = await this.#getInspector();
    const report = { at: new Date().toISOString(), files, holders: this.#holders };
    return inspector.write({ ...request, report: JSON.stringify(report) });
  }
}
