// Addresses of steps: the link to the other language keeps the step, and a step that has moved is followed to its page.

const block = document.getElementById("moved");
/** @type {{page?: string, steps: Record<string, string>}} written by the build: new addresses, by the id that has moved */
const moved = JSON.parse(block?.textContent || '{"steps":{}}');

// Not findHashOnScreen: it asks for a layout, and the page is not yet as the scripts will have it.
setHashOfTranslation(location.hash);
followMovedStep();
addEventListener("hashchange", () => {
  setHashOfTranslation(findHashOnScreen());
  followMovedStep();
});
// No event of the browser tells of a change by history.replaceState: scripts of this site dispatch "addresschange".
for (const kind of ["addresschange", "pointerdown", "focusin", "click"])
  addEventListener(kind, () => setHashOfTranslation(findHashOnScreen()), true);

/** Point the link to the other language to a step, whose id is the same there. @param {string} hash */
function setHashOfTranslation(hash) {
  for (const link of document.querySelectorAll("header a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = hash;
  }
}

/** Find the step that a person means: the one in the address or, once it is scrolled away, the one on the screen. */
function findHashOnScreen() {
  const target = document.getElementById(location.hash.slice(1))?.closest(".step");
  if (!scrollY || (target && isBetween(target, 0, innerHeight))) return location.hash;
  const line = innerHeight / 3; // where one reads: below the sticky header, above the middle
  const current = [...document.querySelectorAll(".step")].find((step) => isBetween(step, line, line));
  return current?.querySelector(":is(h2, h3)[id]")?.id ?? location.hash;
}

/**
 * Tell whether a part of the step lies in a band of the window.
 * @param {Element} step
 * @param {number} from pixels below the window's upper edge
 * @param {number} to
 */
function isBetween(step, from, to) {
  const { top, bottom } = step.getBoundingClientRect();
  return bottom > from && top <= to;
}

/** Go to the page that a step has moved to. Pages that have moved as a whole have a forwarding page with this script. */
function followMovedStep() {
  const id = location.hash.slice(1); // ids are plain letters, nothing in them is encoded
  if (moved.page === undefined && document.getElementById(id)) return;
  const target = Object.hasOwn(moved.steps, id) ? moved.steps[id] : moved.page && moved.page + location.hash;
  if (target !== undefined) location.replace(new URL(target, location.href));
}
