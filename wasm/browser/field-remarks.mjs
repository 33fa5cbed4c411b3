/**
 * What of a certificate could not be read, was read by a guess, or is not written as RFC 5280 asks.
 * @import {Certificate, FieldRemark, Translate} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { createElement } from "./element.mjs";

const CODES = /** @type {const} */ (["unreadable", "guessed", "nonconforming"]);

/** @param {FieldRemark} remark @param {Translate} t @returns {string} */
function formatRemark({ field, code, detail }, t) {
  const name = t(`remark.field.${field}`);
  if (!detail) return name;
  return t("remark.detail", { name, detail: code === "guessed" ? t(`encoding.${detail}`) : detail });
}

/**
 * Render the remarks, those of one kind together.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @returns {HTMLElement[]} empty without any
 */
export function renderRemarks({ remarks = [] }, { t }) {
  return CODES.flatMap((code) => {
    const names = remarks.filter((remark) => remark.code === code).map((remark) => formatRemark(remark, t));
    const sentence = t(`remark.${code}`, { fields: names.join(t("list.and")) });
    return names.length > 0
      ? [createElement("p", { class: "check-note", "data-remark": code }, sentence)]
      : [];
  });
}
