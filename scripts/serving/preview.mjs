/** Part of a page that scripts/serve shows: reloads the page once something has changed. */

const version = new URL(import.meta.url).search.slice(1);
const address = new URL("preview.txt", import.meta.url);

/** Interval between two looks, in milliseconds. */
const INTERVAL = 200;

async function reloadIfChanged() {
  const current = await fetch(address).then((answer) => answer.text());
  if (current !== version) location.reload();
}

setInterval(() => reloadIfChanged().catch(() => undefined), INTERVAL); // no answer: the server was stopped
