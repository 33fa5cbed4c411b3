/**
 * Why a file cannot be used, where in it, and which step comes next.
 * @import {Failure, Translate} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 */
import { createElement } from "./element.mjs";

/** Next steps, by code: a section of this page, or a guide: of the authority whose step asks, else of all. */
const NEXT_STEPS = /** @type {Record<string, string[]>} */ ({
  empty_file: ["#no-key-file", "export"],
  damaged: ["#no-key-file", "export"],
  "damaged.certificate": ["#by-hand"],
  "damaged.library": ["#by-hand"],
  windows_account: ["export"],
  wrong_password: ["export", "#no-key-file"],
  forms_untried: ["#by-hand"],
  stopped: ["#by-hand"],
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

/** @param {Page} page @param {string} step of NEXT_STEPS @returns {HTMLElement[]} */
function renderLinks({ t, data, question }, step) {
  if (!step.startsWith("#")) {
    const own = data.authorities[question?.authority ?? ""];
    return (own ? [own] : Object.values(data.authorities)).flatMap(({ name, guides: { [step]: guide } }) =>
      guide ? [createElement("a", { href: guide.url }, t("error.guide", { name, title: guide.title }))] : [],
    );
  }
  const section = document.querySelector(step);
  const onclick = () => section?.setAttribute("open", "");
  return section
    ? [createElement("a", { href: step, onclick }, section.querySelector("summary")?.textContent ?? step)]
    : [];
}

/** Names by which a file passes for one that can be read. */
const EXPECTED_NAME = /\.(?:cer|cert|crt|der|pem|p7[bcs]|pfx|p12|sst)$/i;

/** Kinds that certcheck names. Labels of PEM blocks, OIDs and figures, which stand in `found` too, have no words. */
const hasKind = (/** @type {Failure} */ { detail }) => /^[a-z_]+$/.test(String(detail.found ?? ""));

/**
 * Select the words of an error: those of what was found or what is damaged where certcheck names it, else those of the code.
 * @param {Failure} failure
 * @param {string} [name] of the file
 * @returns {string} the code of the sentence; with `.next`, of the next step
 */
function selectWords(failure, name = "") {
  const { code, detail } = failure;
  if (hasKind(failure)) return `found.${detail.found}`;
  if (detail.what === "iterations") return "error.many_iterations";
  if (code === "wrong_password" && detail.where) return "error.password_of_mac";
  if (code === "not_a_certificate" && EXPECTED_NAME.test(name)) return "error.only_its_name";
  if (code !== "damaged") return `error.${code}`;
  if (detail.where) return `damaged.${detail.where}`;
  if (detail.part) return "damaged.part";
  return detail.expected ? "damaged.cut" : "error.damaged";
}

/** Format what the error is. @param {Page} page @param {Failure} failure @returns {string} */
export const formatError = ({ t }, failure) => formatSentence(t, selectWords(failure), failure);

/** @param {Translate} t @param {string} words code of the sentence @param {Failure} failure */
const formatSentence = (t, words, { detail }) => t(words, { algorithm: String(detail.algorithm ?? "") });

/** Format what to do, with the forms of the password that were not tried. @param {Translate} t @param {string} words @param {Failure} failure */
function formatNext(t, words, { detail }) {
  const forms = String(detail.untried ?? "").split(",");
  return t(`${words}.next`, {
    forms: detail.untried ? forms.map((form) => t(`form.${form}`)).join(t("list.and")) : "",
  });
}

/** Format which limit is exceeded. @param {Page} page @param {Failure} failure @returns {string} empty for other errors */
function formatLimit({ t, lang }, { code, detail }) {
  if (code !== "over_limit") return "";
  const [found, allowed] = [detail.found, detail.allowed].map((figure) =>
    Number(figure).toLocaleString(lang),
  );
  return t("error.figures", { what: t(`limit.${detail.what}`), found: found ?? "", allowed: allowed ?? "" });
}

const PLACES = ["block", "part", "certificate", "offset", "size", "cause"];

/** Format where the error is. @param {Page} page @param {Failure} failure @returns {string} empty where that is unknown */
function formatPlace({ t }, { detail }) {
  const { expected, ...place } = detail;
  // Where the length is not known, nothing is known to be missing.
  const names = Object.keys(place).filter((name) => name !== "size" || expected);
  return names
    .filter((name) => PLACES.includes(name))
    .map((name) => t(`error.place.${name}`, { value: String(place[name]), expected: String(expected) }))
    .join(t("list.and"));
}

/** Format what the file says that it is, where certcheck has no name for it. @param {Page} page @param {Failure} failure @returns {string} */
const formatFound = ({ t }, failure) =>
  failure.code !== "over_limit" && failure.detail.found && !hasKind(failure)
    ? t("error.says", { value: String(failure.detail.found) })
    : "";

/**
 * Render an error: what it is, what to do, where, and links to next steps.
 * @param {Page} page
 * @param {Failure} failure
 * @param {{name?: string, form?: HTMLElement}} [file] its name, and the form that corrects the error, before the links
 * @returns {HTMLElement}
 */
export function renderError(page, failure, { name, form } = {}) {
  const { t } = page;
  const { code } = failure;
  const words = selectWords(failure, name);
  const links = (NEXT_STEPS[words] ?? NEXT_STEPS[code] ?? []).flatMap((step) => renderLinks(page, step));
  const place = formatPlace(page, failure);
  const found = formatFound(page, failure);
  const limit = formatLimit(page, failure);
  return createElement(
    "div",
    {
      class: code === "password_required" ? "check-error check-tone-warn" : "check-error",
      "data-code": code,
    },
    createElement("h3", { tabindex: -1 }, formatSentence(t, words, failure)),
    createElement("p", {}, formatNext(t, words, failure)),
    ...(found ? [createElement("p", { class: "check-small" }, found)] : []),
    ...(place ? [createElement("p", { class: "check-small" }, t("error.place", { place }))] : []),
    ...(limit ? [createElement("p", { class: "check-small" }, limit)] : []),
    ...(form ? [form] : []),
    ...(code === "wrong_password" ? [createElement("p", {}, t("error.wrong_password.lost"))] : []),
    ...(links.length > 0
      ? [
          createElement(
            "ul",
            { class: "check-next-steps" },
            ...links.map((link) => createElement("li", {}, link)),
          ),
        ]
      : []),
  );
}

/** Render the unreadable parts of a file whose other parts are shown. @param {Page} page @param {Failure[]} failures @returns {HTMLElement[]} */
export function renderFailures(page, failures) {
  const isUnfinished = failures.some(({ detail }) => detail.what === "operations");
  return [
    ...(isUnfinished
      ? [createElement("p", { class: "check-note", "data-limit": "operations" }, page.t("file.unfinished"))]
      : []),
    ...renderParts(
      page,
      failures.filter(({ detail }) => detail.what !== "operations"),
    ),
  ];
}

/** @param {Page} page @param {Failure[]} failures of parts @returns {HTMLElement[]} */
function renderParts(page, failures) {
  if (failures.length === 0) return [];
  const items = failures.map((failure) => {
    const place = formatPlace(page, failure);
    const sentence = formatError(page, failure);
    return createElement(
      "li",
      { "data-code": failure.code },
      place ? page.t("file.part", { words: sentence, place }) : sentence,
    );
  });
  return [
    createElement(
      "div",
      { class: "check-warning" },
      createElement("p", {}, page.t("file.partly", { n: failures.length })),
      createElement("ul", {}, ...items),
    ),
  ];
}
