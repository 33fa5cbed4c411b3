// The page of the offline copy: what this browser keeps, a button to keep everything, and one to be rid of it.
import { able, choice, forget, keep, keptParts, newest } from "./kept.mjs";
import { say } from "./words.mjs";

const place = document.getElementById("browser-copy");
if (place) show(place);

/** @param {HTMLElement} place holds the page's words, hidden until they are true */
async function show(place) {
  const version = able ? await newest().catch(() => null) : null;
  reveal("cannot", !able);
  reveal("unreachable", able && !version);
  reveal("preview", version?.version === null);
  if (!version?.version) return;
  const status = part("status");
  button("all").addEventListener("click", () =>
    act(async () => {
      choice.set("all");
      await keep(version, choice.parts, (done, all) => {
        status.textContent = say("keep.progress", { done, all });
      });
      return say("keep.done");
    }),
  );
  button("none").addEventListener("click", () =>
    act(async () => {
      choice.set("none");
      await forget();
      return say("keep.gone");
    }),
  );
  await refresh();
  reveal("can", true);

  /** @param {() => Promise<string>} work answers what to say when it is done */
  async function act(work) {
    for (const name of ["all", "none"]) button(name).disabled = true;
    status.textContent = await work().catch(() => say("keep.failed"));
    for (const name of ["all", "none"]) button(name).disabled = false;
    await refresh();
  }

  async function refresh() {
    if (!version) return;
    const kept = await keptParts(version);
    for (const [name, { bytes }] of Object.entries(version.parts)) {
      const size = { size: (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0) };
      part(name).textContent = say(kept.some((one) => one === name) ? "keep.kept" : "keep.missing", size);
    }
  }

  /** @param {string} name @returns {HTMLElement} */
  function part(name) {
    const element = place.querySelector(`[data-part=${name}]`);
    if (!(element instanceof HTMLElement)) throw new Error(`the page has no ${name}`);
    return element;
  }

  /** @param {string} name */
  function button(name) {
    const element = part(name);
    if (!(element instanceof HTMLButtonElement)) throw new Error(`${name} is no button`);
    return element;
  }

  /** @param {string} name @param {boolean} shown */
  function reveal(name, shown) {
    part(name).hidden = !shown;
  }
}
