// A person who stays on a link to the checker, with pointer, finger or keys, is about to open it: its files are fetched ahead.
// What does that is loaded only then, and on no slow line and for nobody who saves data.

const root = new URL("../../", import.meta.url).href;
/** Milliseconds on the link: who only passes over it does not mean it. */
const STAY = 100;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let stay;

// A finger that begins to scroll ends as a pointer.
for (const type of ["pointerover", "pointercancel", "focusin"]) addEventListener(type, awaitStay);

/** @param {Event} event */
function awaitStay({ type, target }) {
  clearTimeout(stay);
  const link = type !== "pointercancel" && target instanceof Element && target.closest("a");
  if (link && /^(en\/)?check\/($|#)/.test(link.href.replace(root, ""))) stay = setTimeout(warmChecker, STAY);
}

/** Load what fetches ahead, and have it begin. */
async function warmChecker() {
  const { saveData = false, effectiveType = "4g" } = Reflect.get(navigator, "connection") ?? {};
  if (saveData || effectiveType !== "4g") return;
  /** @type {typeof import("../assets/checker-warming.mjs")} */
  const { warmCache } = await import(new URL("checker-warming.mjs", import.meta.url).href);
  await warmCache();
}
