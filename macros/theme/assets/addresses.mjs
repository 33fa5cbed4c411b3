// What every page does with its address: the link to the other language keeps the step, and a step that has moved is
// followed to where it is now.

const block = document.getElementById("moved");
/** @type {{page?: string, steps: Record<string, string>}} */
const moved = JSON.parse(block?.textContent || '{"steps":{}}');

keepStep();
followMoved();
addEventListener("hashchange", () => {
  keepStep();
  followMoved();
});
// What a script writes into the address (history.replaceState) is told by no event of the browser's.
for (const kind of ["addresschange", "pointerdown", "focusin", "click"])
  addEventListener(kind, keepStep, true);

/** A step's id is the same in both languages. */
function keepStep() {
  for (const link of document.querySelectorAll("header a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
  }
}

/** The build writes the block into pages that steps have left, and into what is left of pages that have moved. */
function followMoved() {
  const id = location.hash.slice(1); // ids are plain letters, nothing in them is encoded
  if (moved.page === undefined && document.getElementById(id)) return;
  const way = Object.hasOwn(moved.steps, id) ? moved.steps[id] : moved.page && moved.page + location.hash;
  if (way !== undefined) location.replace(new URL(way, location.href));
}
