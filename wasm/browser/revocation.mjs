/**
 * What revocation lists among the chosen files say of a certificate, and the lists themselves.
 * @import {Certificate, FileReport, RevocationList} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { renderDefinitions } from "./certificate-details.mjs";
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { formatInstant } from "./japan-time.mjs";

/** @param {string | null} instant @param {Wording} wording @returns {string} */
const formatTime = (instant, { t, lang }) =>
  instant ? t("fields.japan_time", { time: formatInstant(new Date(instant), lang) }) : t("crl.no_day");

/** Render what the lists say, or that there are none. @param {Certificate} certificate @param {Wording} wording */
export function renderRevocation({ revocation }, wording) {
  const { t } = wording;
  if (!revocation) return createElement("p", { class: "check-small" }, t("revocation"));
  const { status, this_update: made, next_update: due } = revocation;
  const sentence = t(`revocation.${status}`, {
    made: formatTime(made, wording),
    due: formatTime(due, wording),
  });
  const codes = new Set(status === "unknown" ? revocation.problems.map(({ code }) => code) : []);
  const items = [...codes].map((code) =>
    createElement("li", { "data-code": code }, t(`revocation.problem.${code}`)),
  );
  return createElement(
    "div",
    { class: "check-note", "data-revocation": status },
    createElement("p", {}, ...keepDaysUnbroken(sentence)),
    ...(items.length > 0 ? [createElement("ul", {}, ...items)] : []),
  );
}

/** Render the lists in a file. @param {FileReport} file @param {Wording} wording @returns {HTMLElement[]} */
export const renderRevocationLists = ({ revocation_lists: lists = [] }, wording) =>
  lists.map((list) => renderList(list, wording));

/** @param {RevocationList} list @param {Wording} wording */
function renderList({ issuer, this_update: made, next_update: due, entries, used }, wording) {
  const { t, lang } = wording;
  return createElement(
    "section",
    { class: "check-card", "data-revocation-list": used ? "used" : "unused" },
    createElement("h3", { tabindex: -1 }, t("crl.heading")),
    createElement("p", {}, t(used ? "crl.used" : "crl.unused")),
    renderDefinitions([
      [t("fields.issuer"), issuer],
      [t("crl.made"), formatTime(made, wording)],
      [t("crl.due"), formatTime(due, wording)],
      [t("crl.entries"), entries.toLocaleString(lang)],
    ]),
  );
}
