// The start page offers the guides that were begun on this device and are not finished. Their titles are in the public
// index. Both are loaded only where there is such a guide: a first visit has none.
import { createElement } from "../../../wasm/browser/element.mjs";
import { BEGUN, listKeys, recall, remember } from "../scripts/local-storage.mjs";
import { say } from "../scripts/page-words.mjs";

/**
 * @typedef {"ja" | "en"} Language
 * @typedef {{ref: string, ticked: number, count: number, next: string}} Begun
 * @typedef {{title: Record<Language, string>, url: Record<Language, string>}} Guide
 * @typedef {{authorities: {name: Record<Language, string>, guides: Guide[]}[], shared_guides: Guide[]}} Index
 */

const questions = document.querySelector(".situations");
if (questions instanceof HTMLElement) offerGuides(questions);

/** Offer the guides before the questions. @param {HTMLElement} before */
async function offerGuides(before) {
  const begun = listKeys(BEGUN).map(readEntry);
  if (!begun.length) return;
  const root = new URL("../../", import.meta.url).href;
  const answer = await fetch(`${root}api/authorities.json`).catch(() => null);
  if (!answer?.ok) return;
  const titles = indexTitles(await answer.json());
  const entries = begun.filter((guide) => titles.has(guide.ref));
  if (!entries.length) return;
  const list = createElement("ul", {}, ...entries.map((guide) => createEntry(guide, root, titles)));
  const heading = createElement("h2", { id: "begun" }, say("begun"));
  const section = createElement(
    "section",
    { class: "begun-guides", "aria-labelledby": "begun" },
    heading,
    list,
  );
  findHeading(before).before(section);
}

/** Read what step-progress.mjs has remembered. @param {string} key @returns {Begun} */
function readEntry(key) {
  const [ticked = "", count = "", next = ""] = (recall(key) ?? "").split(" ");
  return { ref: key.slice(BEGUN.length), ticked: Number(ticked), count: Number(count), next };
}

/** @param {Index} index @returns {Map<string, string>} titles in the page's language, by reference */
function indexTitles({ authorities, shared_guides: shared }) {
  const language = /** @type {Language} */ (document.documentElement.lang);
  /** @type {Map<string, string>} */
  const titles = new Map();
  for (const { name, guides } of [...authorities, { name: null, guides: shared }])
    for (const { title, url } of guides) {
      const ref = url.ja.replace(/\/$/, "");
      titles.set(ref, name ? `${name[language]}｜${title[language]}` : title[language]);
    }
  return titles;
}

/** @param {Begun} guide @param {string} root of the site @param {Map<string, string>} titles */
function createEntry({ ref, ticked, count, next }, root, titles) {
  const prefix = document.documentElement.lang === "en" ? "en/" : "";
  const title = titles.get(ref) ?? "";
  const link = createElement("a", { href: `${root}${prefix}${ref}/#${next}` }, title);
  const name = `${say("begun-clear")}: ${title}`;
  const clear = createElement(
    "button",
    { type: "button", class: "cg-button cg-button-text", "aria-label": name },
    say("begun-clear"),
  );
  const progress = createElement(
    "span",
    { class: "begun-progress" },
    say("begun-progress", { ticked, count }),
  );
  const entry = createElement("li", {}, link, " ", progress, " ", clear);
  clear.addEventListener("click", () => {
    remember(`${BEGUN}${ref}`, null);
    remember(`done:${ref}`, null);
    const section = entry.closest("section");
    entry.remove();
    if (!section?.querySelector("li")) section?.remove();
  });
  return entry;
}

/** Find the heading above the questions. @param {HTMLElement} list @returns {Element} */
function findHeading(list) {
  let element = list.previousElementSibling;
  while (element && element.tagName !== "H2") element = element.previousElementSibling;
  return element ?? list;
}
