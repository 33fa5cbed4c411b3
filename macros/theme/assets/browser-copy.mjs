// The page /offline/: what this browser has stored, a button to store everything, and one to delete it.
import { say } from "../scripts/page-words.mjs";

/** @type {typeof import("./offline-copy.mjs")} the one module that the page has of it: its policy has one name */
const { chooseParts, forgetCopy, getChosenParts, isSupported, listStoredParts, readVersion, storeCopy } =
  await import(new URL("offline-copy.mjs", import.meta.url).href);
const container = document.getElementById("browser-copy");
if (container) showCopy(container);

/** @param {HTMLElement} container holds the page's words, hidden until they are true */
async function showCopy(container) {
  const version = isSupported ? await readVersion().catch(() => null) : null;
  toggle("cannot", !isSupported);
  toggle("unreachable", isSupported && !version);
  toggle("preview", version?.version === null);
  if (!version?.version) return;
  const status = findPart("status");
  findButton("all").addEventListener("click", () =>
    run(async () => {
      chooseParts("all");
      const onProgress = (/** @type {number} */ done, /** @type {number} */ all) => {
        status.textContent = say("keep.progress", { done, all });
      };
      await storeCopy(version, getChosenParts(), { onProgress });
      return say("keep.done");
    }),
  );
  findButton("none").addEventListener("click", () =>
    run(async () => {
      chooseParts("none");
      await forgetCopy();
      return say("keep.gone");
    }),
  );
  await showParts();
  toggle("can", true);

  /** Run what a button does, and show the sentence that it returns. @param {() => Promise<string>} act */
  async function run(act) {
    for (const name of ["all", "none"]) findButton(name).disabled = true;
    status.textContent = await act().catch(() => say("keep.failed"));
    for (const name of ["all", "none"]) findButton(name).disabled = false;
    await showParts();
  }

  async function showParts() {
    if (!version) return;
    const stored = await listStoredParts(version);
    for (const [name, { bytes }] of Object.entries(version.parts)) {
      const size = { size: (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0) };
      const isStored = stored.some((part) => part === name);
      findPart(name).textContent = say(isStored ? "keep.kept" : "keep.missing", size);
    }
  }

  /** @param {string} name @returns {HTMLElement} @throws {Error} the page has no such part */
  function findPart(name) {
    const element = container.querySelector(`[data-part=${name}]`);
    if (!(element instanceof HTMLElement)) throw new Error(`the page has no ${name}`);
    return element;
  }

  /** @param {string} name @throws {Error} the part is no button */
  function findButton(name) {
    const element = findPart(name);
    if (!(element instanceof HTMLButtonElement)) throw new Error(`${name} is no button`);
    return element;
  }

  /** @param {string} name @param {boolean} isShown */
  function toggle(name, isShown) {
    findPart(name).hidden = !isShown;
  }
}
