/**
 * What a helpdesk asks for, as text to copy.
 * @import {Authority} from "./contract.mjs"
 * @import {Judged, Page} from "./card.mjs"
 */
import { formatDay, formatEnd, formatStart, japanDay } from "./dates.mjs";
import { el } from "./dom.mjs";
import { sentence } from "./verdict.mjs";

/**
 * @param {Page} page
 * @param {Judged} judged
 * @param {Authority | undefined} authority
 */
function summaryText(page, { certificate, at }, authority) {
  const { t, lang } = page;
  const from = formatStart(new Date(certificate.not_before), lang);
  const to = formatEnd(new Date(certificate.not_after), lang);
  /** @type {[string, string | null][]} */
  const lines = [
    ["fact.system", authority ? authority.system : t("fact.system.unknown")],
    ["fact.user_id", certificate.user_id],
    ["fact.valid", t("fact.valid.range", { from, to })],
    ["fields.serial", certificate.serial],
    ["fields.issuer", certificate.issuer],
    ["summary.judged", formatDay(japanDay(at), lang)],
  ];
  const shown = lines
    .filter(([, value]) => value)
    .map(([code, value]) => t("summary.line", { name: t(code), value: value ?? "" }));
  return [sentence(certificate, page, at), ...shown].join("\r\n");
}

/**
 * @param {Page} page
 * @param {Judged} judged
 * @param {Authority | undefined} authority
 */
export function summary(page, judged, authority) {
  const { t } = page;
  const said = el("span", { role: "status" });
  const shown = el("textarea", { rows: 8, readonly: true, "aria-label": t("summary.button"), hidden: true });
  const copy = async () => {
    const text = summaryText(page, judged, authority);
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = t("summary.copied");
    } catch {
      // No secure context, or the browser refused: show the text, selected, for Ctrl+C.
      said.textContent = t("summary.by_hand");
      shown.hidden = false;
      shown.value = text;
      shown.select();
    }
  };
  const button = el("button", { type: "button", onclick: copy }, t("summary.button"));
  return el("span", {}, button, " ", said, shown);
}
