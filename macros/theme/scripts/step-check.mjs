/**
 * Steps that a certificate's file answers: each has the checker in a fold. Nothing of it is requested until a person opens the
 * fold, or reaches for it (checker-intent.mjs); what opens it is loaded then. Where the checker cannot run, the fold has the
 * link to its own page, and the step says the manual way.
 */
import { createElement } from "../../../wasm/browser/element.mjs";
import { endWarming } from "./checker-intent.mjs";
import { endCopying } from "./offline-update.mjs";
import { say } from "./page-words.mjs";
import { loadSearch } from "./search-box.mjs";
import { endAsking } from "./withdrawal-notices.mjs";

const language = document.documentElement.lang;

/** @type {NodeListOf<HTMLDetailsElement>} */
const folds = document.querySelectorAll("details.step-check");
for (const fold of folds) {
  const link = fold.querySelector("a");
  const base = link?.href ?? "";
  if (link) link.hash = fold.dataset.question ?? "";
  if ("WebAssembly" in globalThis) fold.addEventListener("toggle", () => fold.open && putChecker(fold, base));
}

/**
 * Put the checker into a step, with the step's question.
 * @param {HTMLDetailsElement} fold
 * @param {string} base address of the checker's page
 */
async function putChecker(fold, base) {
  for (const other of folds) if (other !== fold) other.open = false;
  const status = createElement("p", { role: "status" }, say("check.loading"));
  fold.querySelector("summary")?.after(status);
  try {
    /** @type {typeof import("../assets/step-opening.mjs")} */
    const { openChecker } = await import(new URL("step-opening.mjs", import.meta.url).href);
    const checker = await openChecker(base, language, endRequests);
    status.replaceWith(...(checker ? [checker.element] : []));
    checker?.ask(fold.dataset.question ?? "");
  } catch {
    status.textContent = say("check.failed");
    fold.addEventListener("toggle", () => status.remove(), { once: true });
  }
}

/** Wait until the guide has no request under way, and needs none later: the search brings its index. */
async function endRequests() {
  await Promise.all([endWarming(), endCopying(), endAsking()]);
  await loadSearch().catch(() => {}); // it then says that it cannot search
}
