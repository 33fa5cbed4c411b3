// The page for unknown addresses, once its inline script has found where the site lies: links, looks, search, and what
// was probably meant.
import { createElement } from "../../../wasm/browser/element.mjs";
import "../scripts/search-box.mjs";

/**
 * @typedef {"ja" | "en"} Language
 * @typedef {{title: Record<Language, string>, url: Record<Language, string>, steps: {id: string}[]}} Guide
 * @typedef {{authorities: {name: Record<Language, string>, guides: Guide[]}[], shared_guides: Guide[]}} Index
 * @typedef {{title: string, url: string, steps: string[], distance: number}} Guess
 */

/** How many guesses are shown. */
const MAX_GUESSES = 3;
/** Share of an address's letters that may differ in a guess. */
const TOLERANCE = 0.5;

/**
 * Complete the page.
 * @param {string} home path of the site's root
 * @param {string} styles path of the style sheet
 */
export function completePage(home, styles) {
  document.head.append(createElement("link", { rel: "stylesheet", href: styles }));
  const [, prefix = "", path = ""] = /^(en\/)?(.*)$/.exec(location.pathname.slice(home.length)) ?? [];
  const language = prefix ? "en" : "ja";
  document.documentElement.lang = language;
  for (const section of document.querySelectorAll(".not-found"))
    section.toggleAttribute("hidden", section.getAttribute("lang") !== language);
  for (const link of document.querySelectorAll("a[data-home]"))
    link.setAttribute(
      "href",
      home + (link.getAttribute("data-home") || (link.closest("header") ? prefix : "")),
    );
  for (const note of document.querySelectorAll(".without-scripts")) note.remove();
  const search = document.querySelector(".search");
  if (search instanceof HTMLElement) search.dataset.root = home.replace(/\/$/, ""); // the search adds the slash
  return offerGuesses(home, path, language);
}

/**
 * Offer the guides whose addresses are most like the one that is unknown.
 * @param {string} home
 * @param {string} path below the site's root, without the language
 * @param {Language} language
 */
async function offerGuesses(home, path, language) {
  const answer = await fetch(`${home}api/authorities.json`).catch(() => null);
  if (!answer?.ok) return;
  const guesses = listGuides(await answer.json(), normalize(path), language);
  const list = document.querySelector(`.not-found[lang="${language}"] .guesses ul`);
  const step = location.hash.slice(1);
  for (const { title, url, steps } of guesses) {
    const href = home + url + (steps.includes(step) ? `#${step}` : "");
    list?.append(createElement("li", {}, createElement("a", { href }, title)));
  }
  list?.parentElement?.toggleAttribute("hidden", !guesses.length);
}

/** @param {string} path @returns {string} lower case, without what servers and mails add */
function normalize(path) {
  return decodeLoosely(path)
    .toLowerCase()
    .replace(/(index)?(\.html?)?[^a-z0-9]*$/, "");
}

/** @param {string} path @returns {string} as it is, where it is badly encoded */
function decodeLoosely(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * List the guides whose addresses are near, the nearest first.
 * @param {Index} index
 * @param {string} path normalized
 * @param {Language} language
 * @returns {Guess[]}
 */
function listGuides({ authorities, shared_guides: shared }, path, language) {
  /** @type {Guess[]} */
  const guesses = [];
  for (const { name, guides } of [...authorities, { name: null, guides: shared }])
    for (const { title, url, steps } of guides) {
      const ref = url.ja.replace(/\/$/, "");
      guesses.push({
        title: name ? `${name[language]}｜${title[language]}` : title[language],
        url: url[language],
        steps: steps.map(({ id }) => id),
        distance: Math.min(measureDistance(path, ref), measureEnds(path, ref)),
      });
    }
  const near = guesses.filter(({ distance }) => distance <= Math.max(1, path.length * TOLERANCE));
  return near.sort((one, other) => one.distance - other.distance).slice(0, MAX_GUESSES);
}

/**
 * Compare the last parts alone: somebody may have left the authority out, or put a folder between. Another beginning
 * counts as one letter.
 * @param {string} path
 * @param {string} ref
 */
function measureEnds(path, ref) {
  const [ends, begins] = [/[^/]*$/, /^[^/]*/].map((part) =>
    [path, ref].map((text) => part.exec(text)?.[0] ?? ""),
  );
  const [from = "", to = ""] = ends ?? [];
  return measureDistance(from, to) + (begins?.[0] === begins?.[1] ? 0 : 1);
}

/** @param {string} from @param {string} to @returns {number} letters to change, add or remove (Levenshtein) */
function measureDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (let column = 0; column < to.length; column += 1) {
      const replaced = (row[column] ?? 0) + (letter === to[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
