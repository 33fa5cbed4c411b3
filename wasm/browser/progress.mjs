/**
 * How much of the runtime is here.
 * @import {Translate} from "./contract.mjs"
 */
import { el } from "./dom.mjs";

const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);

/**
 * @param {Translate} t
 * @returns {{element: HTMLElement, show: (bytes: number, of: number) => void}}
 */
export function progress(t) {
  const bar = el("progress", { max: 1, value: 0, "aria-labelledby": "progress" });
  const words = el("span", { id: "progress" }, t("loading.start"));
  return {
    element: el(
      "p",
      { class: "loading" },
      words,
      bar,
      el("span", { class: "small" }, t("loading.choose_now")),
    ),
    show(bytes, of) {
      bar.value = bytes / of;
      const text = t("loading.bytes", { done: megabytes(bytes), all: megabytes(of) });
      words.textContent = bytes === of ? t("loading.starting") : text;
    },
  };
}
