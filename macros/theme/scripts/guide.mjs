// What guide pages gain from scripts. Without scripts everything is still there to read.
import "../assets/aged.mjs";
import { addCopyButton, makeLinkCopier } from "./copy.mjs";
import { follow } from "./follow.mjs";
import { openByKeys } from "./keys.mjs";
import { addPrintButton, showAddress, showTarget } from "./print.mjs";
import { makeTabs, showVariant } from "./variants.mjs";

openByKeys();
document.querySelectorAll("code.copy-value").forEach(addCopyButton);
document.querySelectorAll("a.step-link").forEach(showAddress);
document.querySelectorAll("a.step-link").forEach(makeLinkCopier);
document.querySelectorAll(".print-all, .print-page").forEach(addPrintButton);
if (document.querySelector(".step")) {
  /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll(".md-content a:not(.step-link)")
  ).forEach(showTarget);
}
document.querySelectorAll("[data-guide] .variants").forEach(makeTabs);
document.querySelectorAll(".checklist[data-guide]").forEach(follow);
openLinkedStep();
addEventListener("hashchange", () => openLinkedStep()?.focus({ preventScroll: true }));

/** A link to a step opens the variant that holds it, without changing what the person prefers. */
function openLinkedStep() {
  const title = document.getElementById(location.hash.slice(1));
  if (!title?.closest(".step")) return null;
  const panel = title.closest(".variant");
  const block = panel?.closest(".variants");
  if (panel instanceof HTMLElement && block instanceof HTMLElement) {
    showVariant(block, panel);
    title.scrollIntoView();
  }
  title.tabIndex = -1; // so that the keys and the screen reader go on from here
  return title;
}
