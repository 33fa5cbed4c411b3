/**
 * Opens the checker in a guide's page, which seals the page as the checker's own is sealed (wasm/browser/checker.mjs). Loaded
 * when a person opens the fold of a step.
 * @import {Asset, CheckData} from "../../../wasm/browser/contract.mjs"
 *
 * @typedef {{ask(fragment: string): void, element: HTMLElement}} StepChecker
 * @typedef {{StepChecker: new (data: CheckData, base: string, endRequests: () => Promise<unknown>) => StepChecker}}
 *   CheckerModule wasm/browser/step-checker.mjs
 */
import { toIntegrity } from "../../../wasm/browser/digest.mjs";

/** @type {Promise<StepChecker> | undefined} */ let loading;

/**
 * Open the checker, once a page; steps hand it on.
 * @param {string} base address of the checker's page
 * @param {string} language with which the page came
 * @param {() => Promise<unknown>} endRequests ends those of the guide, and loads what it may need later
 * @returns {Promise<StepChecker | null>} null in a translated page
 */
export async function openChecker(base, language, endRequests) {
  if (isTranslated(language)) return null;
  loading ??= loadChecker(base, endRequests);
  try {
    return await loading;
  } catch (error) {
    loading = undefined; // opening it again tries again
    throw error;
  }
}

/**
 * Tell whether a service has translated the page: its script goes on reading what the page shows. It changes the page's
 * language, and marks what it has translated (Chrome: the root's class; Edge: an attribute of each element).
 * @param {string} language
 */
function isTranslated(language) {
  const root = document.documentElement;
  return (
    root.lang !== language || root.matches("[class*=translated-]") || root.querySelector("[_msttexthash]")
  );
}

/** @param {string} base @param {() => Promise<unknown>} endRequests */
async function loadChecker(base, endRequests) {
  document.documentElement.translate = false; // from now on the page shows what a file says
  // It makes the Trusted Types policy of the service worker's address: no other script can take the name any more.
  await import(new URL("offline-copy.mjs", import.meta.url).href);
  const answer = await fetch(`${base}data.json`);
  if (!answer.ok) throw new Error(`the checker's data: ${answer.status}`);
  /** @type {CheckData} */
  const data = await answer.json();
  /** @type {CheckerModule} */
  const { StepChecker } = await importVerified(data.component.module, base);
  return new StepChecker(data, base, () => Promise.all([endRequests(), loadPictures()]));
}

/** Load the pictures that the browser leaves until they come into view. */
const loadPictures = () =>
  Promise.all(
    Array.from(document.images, (picture) => {
      picture.loading = "eager";
      return picture.decode().catch(() => {}); // a broken one stays broken
    }),
  );

/**
 * Import a module whose bytes the browser has compared: `import()` of an address names no hash.
 * @param {Asset} asset
 * @param {string} base
 */
async function importVerified({ url, sha256 }, base) {
  const answer = await fetch(new URL(url, base), { integrity: toIntegrity(sha256) });
  const address = URL.createObjectURL(new Blob([await answer.blob()], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
