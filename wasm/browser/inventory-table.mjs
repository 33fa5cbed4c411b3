/**
 * All files in a table, for whoever keeps a list of PCs and certificates. From three files on a row unfolds into the file's
 * panel, which stands nowhere else; of two, both panels stand below, and a row links there.
 * @import {Page} from "./certificate-card.mjs"
 * @import {Successors} from "./chosen-files.mjs"
 * @import {Entry, Row} from "./inventory-rows.mjs"
 */
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { GradualList } from "./gradual-list.mjs";
import { buildRows, COLUMNS, compareRows, compareUrgency } from "./inventory-rows.mjs";

const ROWS_AT_ONCE = 100;

/** An id, a number or a word: a line break in it, at a hyphen say, would make it hard to read out. */
const SHORT = /^([!-~]{1,20}|.{1,9})$/;

export class InventoryTable {
  /** @type {Page} */ #page;
  /** @type {Row[]} */ #rows = [];
  /** @type {{column: number, isDescending: boolean} | null} null: by urgency, or as the files were chosen */ #sorting =
    null;
  /** @type {Map<number, string | null>} by file the row (SHA-256) that is unfolded */ #unfolded = new Map();
  /** @type {Map<number, {button: HTMLElement, detail: HTMLElement}>} by file, what of it is drawn */ #drawn =
    new Map();
  #isFolding;
  #heads;
  #list;
  element;

  /** @param {Page} page @param {boolean} isFolding whether a row unfolds into its panel */
  constructor(page, isFolding) {
    this.#page = page;
    this.#isFolding = isFolding;
    const { t } = page;
    const body = createElement("tbody", {});
    this.#list = new GradualList(body, ROWS_AT_ONCE, (rest) => t("list.more", { n: rest }));
    this.#heads = COLUMNS.map((column, i) => {
      const attributes = {
        type: "button",
        class: "cg-button check-sort",
        onclick: () => this.#sortBy(i),
      };
      return createElement(
        "th",
        { scope: "col" },
        createElement("button", attributes, t(`column.${column}`)),
      );
    });
    const hints = [
      ...(isFolding ? [createElement("span", { class: "check-small" }, t("table.unfold"))] : []),
      createElement("span", { class: "check-small check-sort-hint" }, t("table.sort")),
    ];
    const title = t("table.title");
    this.element = createElement(
      "div",
      { class: "check-scroll", role: "region", tabindex: 0, "aria-label": title },
      createElement(
        "table",
        { class: "check-files" },
        createElement("caption", {}, title, " ", ...hints),
        createElement("thead", {}, createElement("tr", {}, ...this.#heads)),
        body,
      ),
      this.#list.moreButton,
    );
  }

  /** Show files; what is unfolded and sorted stays so. @param {Entry[]} entries @param {Successors} successors */
  update(entries, successors) {
    this.#rows = entries.flatMap((entry) => buildRows(this.#page, successors, entry));
    for (const [number, sha256] of this.#unfolded) {
      const rows = this.#rows.filter(({ entry }) => entry.number === number);
      const row = rows.find((other) => other.sha256 === sha256) ?? rows[0];
      this.#unfolded.set(number, row?.sha256 ?? null);
    }
    this.#sort();
  }

  /** Return the same table in the page's language, still to be filled. @returns {InventoryTable} */
  translate() {
    const table = new InventoryTable(this.#page, this.#isFolding);
    table.#unfolded = this.#unfolded;
    table.#sorting = this.#sorting;
    table.#markSorting();
    return table;
  }

  /** @param {number} column */
  #sortBy(column) {
    const isDescending = this.#sorting?.column === column && !this.#sorting.isDescending;
    this.#sorting = { column, isDescending };
    this.#markSorting();
    this.#sort();
  }

  #markSorting() {
    for (const [i, head] of this.#heads.entries()) {
      if (this.#sorting?.column !== i) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.#sorting.isDescending ? "descending" : "ascending");
    }
  }

  #sort() {
    const sorting = this.#sorting;
    if (sorting) {
      const sign = sorting.isDescending ? -1 : 1;
      this.#rows.sort((a, b) => sign * compareRows(a, b, sorting.column));
    } else if (this.#isFolding) this.#rows.sort(compareUrgency);
    this.#drawn.clear();
    this.#list.replace(this.#rows.map((row) => () => this.#renderRow(row)));
  }

  /** @param {Row} row @returns {Node} the row, and below it the panel where that is unfolded */
  #renderRow(row) {
    const { cells, entry, sha256 } = row;
    const [file, ...others] = cells;
    const name = file?.text ?? "";
    const button = createElement(
      "button",
      { type: "button", class: "check-unfold", "aria-expanded": "false" },
      name,
    );
    const link = createElement("a", { href: `#${entry.element.id}` }, name);
    const tr = createElement(
      "tr",
      {},
      this.#renderCell(name, 0, [this.#isFolding ? button : link]),
      ...others.map(({ text }, i) => this.#renderCell(text, i + 1, keepDaysUnbroken(text))),
    );
    button.addEventListener("click", () => {
      const isUnfolded = button.getAttribute("aria-expanded") === "true";
      this.#fold(entry);
      if (!isUnfolded) tr.after(this.#unfold(row, button));
    });
    const fragment = document.createDocumentFragment();
    fragment.append(tr);
    if (this.#unfolded.has(entry.number) && this.#unfolded.get(entry.number) === sha256)
      fragment.append(this.#unfold(row, button));
    return fragment;
  }

  /** @param {Row} row @param {HTMLElement} button @returns {HTMLElement} the row that holds the panel */
  #unfold({ entry, sha256 }, button) {
    const cell = createElement("td", { colspan: COLUMNS.length }, entry.element);
    const detail = createElement("tr", { class: "check-detail" }, cell);
    if (sha256) entry.bringForward(sha256);
    button.setAttribute("aria-expanded", "true");
    this.#unfolded.set(entry.number, sha256);
    this.#drawn.set(entry.number, { button, detail });
    return detail;
  }

  /** Fold a file's panel, at whichever of its rows it stands. @param {Entry} entry */
  #fold({ number }) {
    this.#unfolded.delete(number);
    const drawn = this.#drawn.get(number);
    drawn?.detail.remove();
    drawn?.button.setAttribute("aria-expanded", "false");
    this.#drawn.delete(number);
  }

  /**
   * @param {string} text
   * @param {number} column whose heading stands in the cell where the window is narrow
   * @param {(Node | string)[]} children
   */
  #renderCell(text, column, children) {
    const name = COLUMNS[column] ?? "";
    const attributes = {
      class: SHORT.test(text) ? "check-short" : undefined,
      "data-column": this.#page.t(`column.${name}`),
      "data-field": name,
    };
    return createElement("td", attributes, ...children);
  }
}
