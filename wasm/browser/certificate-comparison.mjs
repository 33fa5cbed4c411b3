/**
 * Two certificates of a holder, field by field: what a renewal changed, and what it should not have changed.
 * @import {Certificate} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { createElement } from "./element.mjs";
import { formatInstant } from "./japan-time.mjs";

/** @param {string | null} instant @param {Wording} wording */
const formatTime = (instant, { t, lang }) =>
  instant ? t("fields.japan_time", { time: formatInstant(new Date(instant), lang) }) : "";

/**
 * List a certificate's fields, those of one name together.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @returns {Map<string, string>} values by the field's name in the page's language
 */
function listFields(certificate, wording) {
  const { t } = wording;
  /** @type {[string, string][]} */
  const entries = [
    ...certificate.subject_attributes.map(
      ({ oid, name, value }) =>
        /** @type {[string, string]} */ ([t("fields.attribute", { name: name || oid }), value]),
    ),
    [t("fields.issuer"), certificate.issuer],
    [t("fields.serial"), certificate.serial],
    [t("fields.not_before"), formatTime(certificate.not_before, wording)],
    [t("fields.not_after"), formatTime(certificate.not_after, wording)],
    ...certificate.emails.map(
      ({ value, field }) =>
        /** @type {[string, string]} */ ([
          t("fact.email.from", { value: t("fact.email"), field: t(`field.${field}`) }),
          value,
        ]),
    ),
    [t("fields.key"), t(certificate.has_private_key ? "fields.key.yes" : "fields.key.no")],
  ];
  /** @type {Map<string, string>} */
  const fields = new Map();
  for (const [name, value] of entries) {
    const earlier = fields.get(name);
    fields.set(name, earlier === undefined ? value : `${earlier}${t("list.and")}${value}`);
  }
  return fields;
}

/**
 * Render the comparison, folded.
 * @param {Certificate} other
 * @param {Certificate} current
 * @param {Wording} wording
 */
export function renderFieldComparison(other, current, wording) {
  const { t } = wording;
  const [before, after] = [listFields(other, wording), listFields(current, wording)];
  const rows = [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const values = [before.get(name) ?? "", after.get(name) ?? ""];
    const isSame = values[0] === values[1];
    return createElement(
      "tr",
      { "data-same": String(isSame) },
      createElement("th", { scope: "row" }, name),
      ...values.map((value) => createElement("td", {}, value)),
      createElement("td", {}, t(isSame ? "compare.same" : "compare.differs")),
    );
  });
  const heads = ["compare.field", "compare.other", "compare.current", "compare.result"];
  return createElement(
    "details",
    { class: "check-comparison" },
    createElement("summary", {}, t("compare.title")),
    createElement(
      "div",
      { class: "check-scroll", role: "group", tabindex: 0, "aria-label": t("compare.title") },
      createElement(
        "table",
        {},
        createElement(
          "thead",
          {},
          createElement("tr", {}, ...heads.map((code) => createElement("th", { scope: "col" }, t(code)))),
        ),
        createElement("tbody", {}, ...rows),
      ),
    ),
  );
}
