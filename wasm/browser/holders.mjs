/**
 * Several certificates of one holder: which is current, and what the manuals say of the others. Never a bare "delete".
 * @import {Certificate, Holder} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 * @import {Known} from "./pool.mjs"
 */

import { formatEnd } from "./dates.mjs";
import { nameOf } from "./details.mjs";
import { el, unbrokenDays } from "./dom.mjs";

/** Where an authority's guides tell how one is deleted, the first that it has. */
const GUIDES = ["delete", "revoke"];

/** @param {Page} page @param {Certificate} certificate @returns {string} told apart by serial number and expiry */
const called = ({ t, lang }, certificate) =>
  t("holders.certificate", {
    name: nameOf(certificate),
    serial: certificate.serial,
    end: formatEnd(new Date(certificate.not_after), lang),
  });

/**
 * @param {Page} page
 * @param {Holder} holder
 * @param {Known} known
 * @returns {HTMLElement}
 */
export function holderPart(page, holder, known) {
  const { t, data } = page;
  const authority = data.authorities[holder.authority];
  /** @param {string} sha256 */
  const say = (sha256) => {
    const found = known.get(sha256);
    return found ? called(page, found.certificate) : sha256;
  };
  const current = say(holder.current);
  const others = holder.others.map(({ sha256, advice, reason }) =>
    el(
      "li",
      { "data-sha256": sha256, "data-advice": advice },
      el("p", {}, ...unbrokenDays(t(`holders.${advice}`, { other: say(sha256), current }))),
      el("p", {}, (reason === "not_in_manual" && authority?.no_deleting) || t(`holders.reason.${reason}`)),
    ),
  );
  const may = holder.others.some(({ advice }) => advice === "may_delete_after_login");
  const silent = holder.others.every(({ advice }) => advice === "no_advice");
  const guide = silent ? undefined : GUIDES.map((id) => authority?.guides[id]).find(Boolean);
  return el(
    "section",
    { class: "card holder", "data-authority": holder.authority },
    el("h3", {}, t("holders.title", { n: holder.others.length + 1 })),
    el("p", { class: "small" }, authority?.system ?? ""),
    el("p", { class: "current" }, ...unbrokenDays(t("holders.current", { current }))),
    el("ul", {}, ...others),
    ...(may ? [el("p", { class: "warning" }, t("holders.irreversible"))] : []),
    ...(guide ? [el("p", {}, t("holders.how"), el("a", { href: guide.url }, guide.title))] : []),
  );
}
