/**
 * What is said of many files at once: how many can be renewed, are expired or cannot be read; and what is taken along of all
 * of them: the names, one table, and one calendar.
 * @import {Certificate, Failure, Headline, WriteRequest} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {Entry} from "./inventory-rows.mjs"
 */
import { renderCalendarButtonForAll } from "./calendar-button.mjs";
import { getDisplayName, selectLeaves } from "./certificate-details.mjs";
import { createElement } from "./element.mjs";
import { renderCsvButton } from "./inventory-csv.mjs";
import { NEEDS_PASSWORD } from "./password-form.mjs";
import { makeVisible } from "./visible-text.mjs";

/** From so many files on, the overview is worth its place. */
export const OVERVIEW_FILES = 3;

/** Certificates that an authority's form takes at a time: DCM903 and DCM904 of the FSA (fsa-admin-manual 9.3.5, 9.3.6). */
const FORM_SIZES = /** @type {Record<string, number>} */ ({ fsa: 10 });

/** Groups of verdicts in the order of urgency, which is that of the table, too. */
const GROUPS = /** @type {const} */ ({
  expired: ["expired", "too_late", "too_late_to_apply", "revoked", "never_valid"],
  renew: ["open", "open_without_end", "open_after_expiry"],
  apply: ["by_application"],
  choose: ["unknown", "no_dates"],
  later: ["too_early", "not_yet"],
  ca: ["ca"],
});

/** @typedef {keyof typeof GROUPS | "unreadable" | "locked"} Group */

/** @param {Headline} headline @returns {Group} */
export function findGroup(headline) {
  const groups = /** @type {[Group, readonly string[]][]} */ (Object.entries(GROUPS));
  return groups.find(([, headlines]) => headlines.includes(headline))?.[0] ?? "choose";
}

/** Find the group of a file that shows no certificate. @param {Failure} error @returns {"unreadable" | "locked"} */
export const findFileGroup = ({ code }) => (NEEDS_PASSWORD.includes(code) ? "locked" : "unreadable");

/** @type {Group[]} what cannot be read comes first: nobody knows how urgent it is */
const ORDER = ["unreadable", "locked", .../** @type {Group[]} */ (Object.keys(GROUPS))];

/** Return a group's place in the order of urgency. @param {Group} group */
export const rankGroup = (group) => ORDER.indexOf(group);

/** What Excel takes for a formula when it is pasted, behind blanks and in full width, too. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;

/** Format a name for a form or a sheet: nothing in it hides, and none becomes a formula. @param {Certificate} certificate */
function formatCopiedName(certificate) {
  const name = makeVisible(getDisplayName(certificate));
  return FORMULA.test(name) ? `'${name}` : name;
}

/**
 * Count certificates by group, and files that show none.
 * @param {Entry[]} entries
 * @returns {[Group, number][]} in the order of urgency, empty groups left out
 */
function countGroups(entries) {
  const certificates = entries.flatMap(({ report }) => selectLeaves(report));
  const failures = entries.flatMap(({ report }) => report.error ?? []);
  const groups = [
    ...certificates.map(({ headline }) => findGroup(headline)),
    ...failures.map((failure) => findFileGroup(failure)),
  ];
  /** @param {Group} group @returns {[Group, number]} */
  const count = (group) => [group, groups.filter((other) => other === group).length];
  return ORDER.map(count).filter(([, n]) => n > 0);
}

/**
 * Render the overview.
 * @param {Page} page
 * @param {Entry[]} entries
 * @param {(request: Omit<WriteRequest, "report">) => Promise<string>} write
 * @returns {HTMLElement}
 */
export function renderOverview(page, entries, write) {
  const { t, data } = page;
  const counts = countGroups(entries).map(([group, n]) => t(`overview.${group}`, { n }));
  const holders = entries.flatMap(({ report }) => selectLeaves(report)).filter(({ is_ca }) => !is_ca);
  const status = createElement("span", { role: "status" });
  /** @param {string} text @param {Certificate[]} certificates */
  const renderCopyButton = (text, certificates) => {
    const onclick = async () => {
      const names = certificates.map(formatCopiedName);
      try {
        await navigator.clipboard.writeText(names.join("\r\n"));
        status.textContent = t("overview.copied", { n: names.length });
      } catch {
        status.textContent = t("overview.not_copied");
      }
    };
    return createElement("button", { type: "button", class: "cg-button", onclick }, text);
  };
  const forms = Object.entries(FORM_SIZES).flatMap(([id, size]) => {
    const own = holders.filter(({ authority }) => authority === id);
    const name = data.authorities[id]?.name ?? id;
    return splitIntoGroups(own, size).map((group, i) =>
      renderCopyButton(
        t("overview.copy_group", { name, from: i * size + 1, to: i * size + group.length }),
        group,
      ),
    );
  });
  return createElement(
    "div",
    { class: "check-overview" },
    createElement("p", { class: "check-counts" }, counts.join(t("list.and"))),
    createElement(
      "p",
      { class: "check-row" },
      ...(holders.length > 0 ? [renderCopyButton(t("overview.copy"), holders)] : []),
      ...forms,
      renderCsvButton(page, write),
      ...renderCalendarButtonForAll(page, holders, write),
      status,
    ),
  );
}

/**
 * Split certificates into groups of a form's size.
 * @param {Certificate[]} certificates
 * @param {number} size
 * @returns {Certificate[][]} empty where they fit into one, which the button for all copies
 */
function splitIntoGroups(certificates, size) {
  if (certificates.length <= size) return [];
  const count = Math.ceil(certificates.length / size);
  return Array.from({ length: count }, (_, i) => certificates.slice(i * size, (i + 1) * size));
}
