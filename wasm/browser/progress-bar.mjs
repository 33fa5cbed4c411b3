/**
 * How much of the runtime has been downloaded.
 * @import {Translate} from "./contract.mjs"
 */
import { createElement } from "./element.mjs";

const formatMegabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);

/**
 * Create the bar and the function that moves it.
 * @param {Translate} t
 * @returns {{element: HTMLElement, show: (loaded: number, total: number) => void}} both in bytes
 */
export function createProgressBar(t) {
  const bar = createElement("progress", { max: 1, value: 0, "aria-labelledby": "progress" });
  const label = createElement("span", { id: "progress" }, t("loading.start"));
  return {
    element: createElement(
      "p",
      { class: "check-loading" },
      label,
      bar,
      createElement("span", { class: "check-small" }, t("loading.choose_now")),
    ),
    show(loaded, total) {
      bar.value = loaded / total;
      const text = t("loading.bytes", { done: formatMegabytes(loaded), all: formatMegabytes(total) });
      label.textContent = loaded === total ? t("loading.starting") : text;
    },
  };
}
