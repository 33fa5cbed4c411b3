// Every guide page keeps the copy for the time without a network up to date, behind what the person does.
import { able, choice, forget, keep, newest } from "../assets/kept.mjs";
import { recall, remember } from "../assets/store.mjs";

const BEEN_HERE = "been-here";

if (able) {
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

function start() {
  renew().catch(() => {}); // a full disk, a broken line: the next page tries again
}

async function renew() {
  // Somebody's first page costs no more than itself.
  if (!recall(BEEN_HERE)) return remember(BEEN_HERE, "yes");
  const { parts } = choice;
  if (!parts.length) return;
  const version = await newest();
  if (version.version === null) return forget(); // a preview of unfinished work
  if (Reflect.get(navigator, "connection")?.saveData) return;
  await keep(version, parts);
}
