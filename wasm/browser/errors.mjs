/**
 * Why a file cannot be used, where, and which step comes next.
 * @import {Failure} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 */
import { el } from "./dom.mjs";

/** Ways on, by code: a part of this page, a guide of an authority that has it, or the list of guides. */
const WAYS = /** @type {Record<string, string[]>} */ ({
  empty_file: ["#no-key-file", "export"],
  damaged: ["#no-key-file", "export"],
  windows_account: ["export"],
  wrong_password: ["export", "#no-key-file"],
  unsupported_algorithm: ["#no-key-file"],
  not_a_certificate: ["#no-key-file"],
  no_certificate: ["#no-key-file", "export"],
  certificate_request: ["issue", "get"],
  private_key: ["#no-key-file", "export"],
  signature: ["#no-key-file"],
  over_limit: ["#by-hand"],
  too_large: ["#no-key-file"],
  timed_out: ["#by-hand"],
  crashed: ["#by-hand"],
  no_memory: ["#by-hand"],
});

/** @param {Page} page @param {string} way @returns {HTMLElement[]} */
function links({ t, data }, way) {
  if (!way.startsWith("#")) {
    return Object.values(data.authorities).flatMap(({ name, guides: { [way]: guide } }) =>
      guide ? [el("a", { href: guide.url }, t("error.guide", { name, title: guide.title }))] : [],
    );
  }
  const part = document.querySelector(way);
  const open = () => part?.setAttribute("open", "");
  return part
    ? [el("a", { href: way, onclick: open }, part.querySelector("summary")?.textContent ?? way)]
    : [];
}

/** @param {Page} page @param {Failure} failure @returns {string} what is the matter */
export const errorSentence = ({ t }, { code, detail }) =>
  t(`error.${code}`, { algorithm: String(detail.algorithm ?? "") });

/** @param {Page} page @param {Failure} failure @returns {string} which bound it goes beyond; empty for others */
function figures({ t, lang }, { code, detail }) {
  if (code !== "over_limit") return "";
  const [found, allowed] = [detail.found, detail.allowed].map((figure) =>
    Number(figure).toLocaleString(lang),
  );
  return t("error.figures", { what: t(`limit.${detail.what}`), found: found ?? "", allowed: allowed ?? "" });
}

/** @param {Page} page @param {Failure} failure @returns {string} where the damage is; empty where the bytes do not tell */
export function place({ t }, { code, detail }) {
  if (code !== "damaged") return "";
  const { expected, ...said } = detail;
  // Where the length is not known, nothing is known to be missing.
  const known = Object.keys(said).filter((name) => name !== "size" || expected);
  return known
    .filter((name) => PLACES.includes(name))
    .map((name) => t(`error.place.${name}`, { value: String(said[name]), expected: String(expected) }))
    .join(t("list.and"));
}

const PLACES = ["where", "part", "certificate", "offset", "size"];

/**
 * @param {Page} page
 * @param {Failure} failure
 * @param {...HTMLElement} form that mends it: it comes before the ways for those whom it does not help
 * @returns {HTMLElement}
 */
export function errorPart(page, failure, ...form) {
  const { t } = page;
  const { code } = failure;
  const ways = (WAYS[code] ?? []).flatMap((way) => links(page, way));
  const where = place(page, failure);
  const beyond = figures(page, failure);
  return el(
    "div",
    { class: code === "password_required" ? "error ask" : "error", "data-code": code },
    el("h3", { tabindex: -1 }, errorSentence(page, failure)),
    el("p", {}, t(`error.${code}.next`)),
    ...(where ? [el("p", { class: "small" }, t("error.place", { place: where }))] : []),
    ...(beyond ? [el("p", { class: "small" }, beyond)] : []),
    ...form,
    ...(code === "wrong_password" ? [el("p", {}, t("error.wrong_password.lost"))] : []),
    ...(ways.length > 0 ? [el("ul", { class: "ways" }, ...ways.map((link) => el("li", {}, link)))] : []),
  );
}

/** @param {Page} page @param {Failure[]} failures @returns {HTMLElement[]} the parts that are missing beside the others */
export function failuresPart(page, failures) {
  if (failures.length === 0) return [];
  const items = failures.map((failure) => {
    const where = place(page, failure);
    const words = errorSentence(page, failure);
    return el(
      "li",
      { "data-code": failure.code },
      where ? page.t("file.part", { words, place: where }) : words,
    );
  });
  return [
    el(
      "div",
      { class: "warning" },
      el("p", {}, page.t("file.partly", { n: failures.length })),
      el("ul", {}, ...items),
    ),
  ];
}
