// A person who stays on a link to the checker or on a step's fold that holds it, with pointer, finger or keys, is about to open
// it: its files are fetched ahead. What does that is loaded only then, and on no slow line and for nobody who saves data.

const root = new URL("../../", import.meta.url).href;
/** Milliseconds on the link: who only passes over it does not mean it. */
const STAY = 100;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let stay;
/** @type {Promise<unknown>} settles when nothing is fetched ahead any more */
let warming = Promise.resolve();
let isEnded = false;

// A finger that begins to scroll ends as a pointer.
for (const type of ["pointerover", "pointercancel", "focusin"]) addEventListener(type, awaitStay);

/** @param {Event} event */
function awaitStay({ type, target }) {
  clearTimeout(stay);
  if (type === "pointercancel" || isEnded || !(target instanceof Element)) return;
  const path = target.closest("a")?.href.replace(root, "");
  if (/^(en\/)?check\/($|#)/.test(path ?? "") || target.closest(".step-check > summary"))
    stay = setTimeout(startWarming, STAY);
}

function startWarming() {
  warming = warmChecker().catch(() => {}); // opening it fetches what is missing
}

/** Begin no more to fetch ahead on this page. @returns {Promise<unknown>} resolves when no request for it is under way */
export function endWarming() {
  clearTimeout(stay);
  isEnded = true;
  return warming;
}

/** Load what fetches ahead, and have it begin. */
async function warmChecker() {
  const { saveData = false, effectiveType = "4g" } = Reflect.get(navigator, "connection") ?? {};
  if (saveData || effectiveType !== "4g") return;
  /** @type {typeof import("../assets/checker-warming.mjs")} */
  const { warmCache } = await import(new URL("checker-warming.mjs", import.meta.url).href);
  await warmCache();
}
