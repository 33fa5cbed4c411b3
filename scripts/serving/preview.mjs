/** Part of a page that scripts/serve shows: reads the page anew once something has changed. */

const version = new URL(import.meta.url).search.slice(1);
const address = new URL("preview.txt", import.meta.url);

async function look() {
  const now = await fetch(address).then((answer) => answer.text());
  if (now !== version) location.reload();
}

setInterval(() => look().catch(() => undefined), 200); // no answer: the server was stopped
