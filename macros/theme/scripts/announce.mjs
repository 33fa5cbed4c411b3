// A live region, in which scripts say what they have changed.
import { createElement } from "../../../wasm/browser/element.mjs";

const region = createElement("div", { class: "visually-hidden", role: "status" });
document.body.append(region);

/** Have screen readers say a text without moving the focus. @param {string} text empty: nothing any more */
export function announce(text) {
  region.textContent = text;
}
