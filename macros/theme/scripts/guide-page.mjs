// What guide pages gain from scripts. Without scripts everything is still there to read.
import { addAddressButton, addCopyButton } from "./copy-buttons.mjs";
import { openMenuByKeys } from "./menu-keys.mjs";
import { addPrintButton, listAddresses, recordGuideAddress, unfoldForPrint } from "./print-page.mjs";
import { followSteps } from "./step-progress.mjs";
import { completeReport } from "./step-report.mjs";
import { makeTabs, showVariant } from "./variant-tabs.mjs";

openMenuByKeys();
document.querySelectorAll("code.copy-value").forEach(addCopyButton);
document.querySelectorAll("a.step-link").forEach(addAddressButton);
document.querySelectorAll(".print-all, .print-page").forEach(addPrintButton);
prepareForPaper();
document.querySelectorAll(".step-more").forEach(completeReport);
document.querySelectorAll("[data-guide] .variants").forEach(makeTabs);
document.querySelectorAll(".checklist[data-guide]").forEach(followSteps);
openLinkedStep();
addEventListener("hashchange", () => openLinkedStep()?.focus({ preventScroll: true }));

/**
 * Open the variant that holds the linked step, without changing what the person prefers, and what the step folds.
 * @returns {HTMLElement | null} the step's title
 */
function openLinkedStep() {
  const title = document.getElementById(location.hash.slice(1));
  if (!title?.closest(".step")) return null;
  const panel = title.closest(".variant");
  const block = panel?.closest(".variants");
  if (panel instanceof HTMLElement && block instanceof HTMLElement) {
    showVariant(block, panel);
    title.scrollIntoView();
  }
  title.closest(".step")?.querySelector(".step-fold")?.setAttribute("open", "");
  title.tabIndex = -1; // so that the keys and the screen reader go on from here
  return title;
}

/** Record what only paper shows. */
function prepareForPaper() {
  const content = document.querySelector(".md-content__inner");
  if (!content || !document.querySelector(".step")) return;
  document.querySelectorAll("h1, .guide-title").forEach(recordGuideAddress);
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = content.querySelectorAll("a:not(.step-link, .step-report, .message-link, .crumbs a)");
  listAddresses(links, content);
  document.querySelectorAll(".step-fold, .step-more").forEach(unfoldForPrint);
}
