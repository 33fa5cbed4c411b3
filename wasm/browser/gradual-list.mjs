/**
 * A list of any length, drawn in batches as its end comes into view: a stranger's file may hold thousands of certificates, and
 * a page with all of their cards would not answer any more.
 */
import { createElement } from "./element.mjs";

export class GradualList {
  /** The button that draws the next batch, to be placed below the list; it presses itself as it comes into view. */
  moreButton;
  /** @type {number} */ #batch;
  /** @type {HTMLElement} */ #list;
  /** @type {(rest: number) => string} */ #formatRest;
  /** @type {(() => Node)[]} */ #renderers = [];
  #drawn = 0;
  /** @type {IntersectionObserver} */ #observer;

  /**
   * @param {HTMLElement} list whose children the items become
   * @param {number} batch how many items are drawn at once
   * @param {(rest: number) => string} formatRest the button's text: how many items are not drawn yet
   */
  constructor(list, batch, formatRest) {
    this.#list = list;
    this.#batch = batch;
    this.#formatRest = formatRest;
    this.moreButton = createElement("button", {
      type: "button",
      class: "cg-button",
      hidden: true,
      onclick: () => this.#drawBatch(),
    });
    this.#observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#drawBatch();
    });
  }

  /** Replace the items, and draw the first batch. @param {(() => Node)[]} renderers one for each item */
  replace(renderers) {
    this.#renderers = renderers;
    this.#drawn = 0;
    this.#list.replaceChildren();
    this.#drawBatch();
  }

  /** Draw all items up to one. @param {number} index */
  drawUntil(index) {
    while (this.#drawn <= index && this.#drawn < this.#renderers.length) this.#drawBatch();
  }

  #drawBatch() {
    const end = this.#drawn + this.#batch;
    this.#list.append(...this.#renderers.slice(this.#drawn, end).map((render) => render()));
    this.#drawn = Math.min(end, this.#renderers.length);
    const rest = this.#renderers.length - this.#drawn;
    this.moreButton.hidden = rest === 0;
    this.moreButton.replaceChildren(this.#formatRest(rest));
    // An observer tells of changes only: a button that is still in view after a batch would draw no further one.
    this.#observer.disconnect();
    if (rest > 0) this.#observer.observe(this.moreButton);
  }
}
