// What every page does with its address: the link to the other language keeps the step, and a step that has moved is
// followed to where it is now.

const block = document.getElementById("moved");
/** @type {{page?: string, steps: Record<string, string>}} */
const moved = JSON.parse(block?.textContent || '{"steps":{}}');

// Not currentPlace: where one has scrolled to asks for a layout, and the page is not yet as the scripts will have it.
keepStep(location.hash);
followMoved();
addEventListener("hashchange", () => {
  keepStep(currentPlace());
  followMoved();
});
// What a script writes into the address (history.replaceState) is told by no event of the browser's.
for (const kind of ["addresschange", "pointerdown", "focusin", "click"])
  addEventListener(kind, () => keepStep(currentPlace()), true);

/**
 * A step's id is the same in both languages.
 * @param {string} place as in location.hash
 */
function keepStep(place) {
  for (const link of document.querySelectorAll("header a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = place;
  }
}

/** What the address names; who has scrolled on from there means the step that is on the screen now. */
function currentPlace() {
  const named = document.getElementById(location.hash.slice(1))?.closest(".step");
  if (!scrollY || (named && covers(named, 0, innerHeight))) return location.hash;
  const line = innerHeight / 3; // where one reads: below the sticky header, above the middle
  const read = [...document.querySelectorAll(".step")].find((step) => covers(step, line, line));
  return read?.querySelector(":is(h2, h3)[id]")?.id ?? location.hash;
}

/**
 * @param {Element} step
 * @param {number} from pixels below the window's upper edge
 * @param {number} to
 */
function covers(step, from, to) {
  const { top, bottom } = step.getBoundingClientRect();
  return bottom > from && top <= to;
}

/** The build writes the block into pages that steps have left, and into what is left of pages that have moved. */
function followMoved() {
  const id = location.hash.slice(1); // ids are plain letters, nothing in them is encoded
  if (moved.page === undefined && document.getElementById(id)) return;
  const way = Object.hasOwn(moved.steps, id) ? moved.steps[id] : moved.page && moved.page + location.hash;
  if (way !== undefined) location.replace(new URL(way, location.href));
}
