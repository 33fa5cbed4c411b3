/** Part of a page that scripts/serve shows: reloads the page once it has changed. */

const version = new URL(import.meta.url).search.slice(1);
const address = new URL("preview.txt", import.meta.url);
address.search = location.pathname;

/** Interval between two looks, in milliseconds. */
const INTERVAL = 200;

async function reloadIfChanged() {
  if (document.hidden) return; // the page that a person looks at is built first
  const current = await fetch(address).then((answer) => answer.text());
  if (current !== version) location.reload();
}

setInterval(() => reloadIfChanged().catch(() => undefined), INTERVAL); // no answer: the server was stopped
