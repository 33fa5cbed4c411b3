// Every guide page brings the offline copy up to date, once the page itself is complete; what does that is loaded on the
// second visit of a device.

import { recall, remember } from "./local-storage.mjs";
import { tellCopyAge } from "./withdrawal-notices.mjs";

const HAS_VISITED = "been-here";

/** @type {Promise<unknown>} settles when the copy is brought up to date, or has been given up */
let updating = Promise.resolve();
const ending = new AbortController();

if (document.readyState === "complete") start();
else addEventListener("load", start, { once: true });

function start() {
  if (ending.signal.aborted) return;
  updating = updateCopy(ending.signal).catch(() => {}); // a full disk, a broken line: the next page tries again
}

/** Give up copying on this page. @returns {Promise<unknown>} resolves when none of its requests is under way */
export function endCopying() {
  ending.abort();
  return updating;
}

/** @param {AbortSignal} signal */
async function updateCopy(signal) {
  if (!("serviceWorker" in navigator)) return;
  // A first visit loads the page and nothing else.
  if (!recall(HAS_VISITED)) return remember(HAS_VISITED, "yes");
  /** @type {typeof import("../assets/offline-copy.mjs")} */
  const { forgetCopy, getChosenParts, isSupported, readVersion, storeCopy } = await import(
    new URL("offline-copy.mjs", import.meta.url).href
  );
  const parts = getChosenParts();
  if (!isSupported || !parts.length) return;
  // Without a network this page is from the copy.
  const version = await readVersion(signal).catch(() => (signal.aborted ? null : tellCopyAge()));
  if (!version) return;
  if (version.version === null) return forgetCopy(); // a preview of unfinished work
  if (Reflect.get(navigator, "connection")?.saveData) return;
  await storeCopy(version, parts, { signal });
}
