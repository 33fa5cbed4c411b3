// Every guide page brings the offline copy up to date, once the page itself is complete.

import { recall, remember } from "./local-storage.mjs";
import { forgetCopy, getChosenParts, isSupported, readVersion, storeCopy } from "./offline-copy.mjs";
import { tellCopyAge } from "./withdrawal-notices.mjs";

const HAS_VISITED = "been-here";

if (isSupported) {
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

function start() {
  updateCopy().catch(() => {}); // a full disk, a broken line: the next page tries again
}

async function updateCopy() {
  // A first visit loads the page and nothing else.
  if (!recall(HAS_VISITED)) return remember(HAS_VISITED, "yes");
  const parts = getChosenParts();
  if (!parts.length) return;
  const version = await readVersion().catch(tellCopyAge); // no network: this page is from the copy
  if (!version) return;
  if (version.version === null) return forgetCopy(); // a preview of unfinished work
  if (Reflect.get(navigator, "connection")?.saveData) return;
  await storeCopy(version, parts);
}
