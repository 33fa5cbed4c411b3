/**
 * Several certificates of one holder: which is current, and what the manuals advise on the others. The page never advises
 * deleting without the manual's condition.
 * @import {Certificate, Holder} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {KnownCertificates} from "./chosen-files.mjs"
 */
import { renderFieldComparison } from "./certificate-comparison.mjs";
import { getDisplayName } from "./certificate-details.mjs";
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { GradualList } from "./gradual-list.mjs";
import { formatEnd } from "./japan-time.mjs";

const OTHERS_AT_ONCE = 20;

/** Guides on deleting: the first one that the authority has. */
const GUIDES = ["delete", "revoke"];

/** A serial number of so many digits is read as a whole. */
const SHORT_SERIAL = 12;

/**
 * Shorten the serial numbers of one holder's certificates, as far as they stay apart.
 * @param {string[]} serials
 * @returns {(serial: string) => string}
 */
function createShortener(serials) {
  const shorten = (/** @type {string} */ serial) =>
    serial.length > SHORT_SERIAL ? `${serial.slice(0, 4)}…${serial.slice(-4)}` : serial;
  const isTellingApart = new Set(serials.map(shorten)).size === new Set(serials).size;
  return isTellingApart ? shorten : (serial) => serial;
}

/**
 * Format a certificate with what tells it apart: serial number and expiry; the issuer, too, where that is to be compared.
 * @param {Page} page
 * @param {Certificate} certificate
 * @param {boolean} isProven
 * @param {string} serial as it is to be shown
 */
const formatCertificate = ({ t, lang }, certificate, isProven, serial) =>
  t(isProven ? "holders.certificate" : "holders.certificate.unproven", {
    name: getDisplayName(certificate),
    issuer: certificate.issuer,
    serial,
    end: formatEnd(certificate.not_after, lang),
  });

/**
 * Render the card of a holder.
 * @param {Page} page
 * @param {Holder} holder
 * @param {KnownCertificates} known
 * @returns {HTMLElement}
 */
export function renderHolder(page, holder, known) {
  const { t, data } = page;
  const authority = data.authorities[holder.authority];
  const own = [holder.current, ...holder.others.map(({ sha256 }) => sha256)];
  const shorten = createShortener(own.map((sha256) => known.get(sha256)?.certificate.serial ?? ""));
  /** @param {string} sha256 */
  const describe = (sha256) => {
    const certificate = known.get(sha256)?.certificate;
    if (!certificate) return sha256;
    // What is to be compared with the issuer's site stands there whole: parts of a number can be made to agree.
    const serial = holder.proven ? shorten(certificate.serial) : certificate.serial;
    return formatCertificate(page, certificate, holder.proven, serial);
  };
  const current = describe(holder.current);
  /** @param {string} sha256 */
  const compare = (sha256) => {
    const [other, newest] = [known.get(sha256)?.certificate, known.get(holder.current)?.certificate];
    return other && newest ? [renderFieldComparison(other, newest, page)] : [];
  };
  const renderOther = (/** @type {Holder["others"][number]} */ { sha256, advice, reason }) =>
    createElement(
      "li",
      { "data-sha256": sha256, "data-advice": advice },
      createElement(
        "p",
        {},
        ...keepDaysUnbroken(t(`holders.${advice}`, { other: describe(sha256), current })),
      ),
      createElement(
        "p",
        {},
        (reason === "not_in_manual" && authority?.no_deleting) || t(`holders.reason.${reason}`),
      ),
      ...compare(sha256),
    );
  const others = createElement("ul", {});
  const list = new GradualList(others, OTHERS_AT_ONCE, (rest) => t("list.more", { n: rest }));
  list.replace(holder.others.map((other) => () => renderOther(other)));
  const isDeletable = holder.others.some(({ advice }) => advice === "may_delete_after_login");
  const hasAdvice = holder.others.some(({ advice }) => advice !== "no_advice");
  const guide = hasAdvice ? GUIDES.map((id) => authority?.guides[id]).find(Boolean) : undefined;
  return createElement(
    "section",
    { class: "check-card check-holder", "data-authority": holder.authority },
    createElement("h3", {}, t("holders.title", { n: holder.others.length + 1 })),
    createElement("p", { class: "check-small" }, authority?.system ?? ""),
    createElement(
      "p",
      { class: "check-current" },
      ...keepDaysUnbroken(t(holder.proven ? "holders.current" : "holders.newest", { current })),
    ),
    ...(holder.proven ? [] : [createElement("p", { class: "check-compare" }, t("holders.compare"))]),
    others,
    list.moreButton,
    ...(isDeletable ? [createElement("p", { class: "check-warning" }, t("holders.irreversible"))] : []),
    ...(guide
      ? [createElement("p", {}, t("holders.how"), createElement("a", { href: guide.url }, guide.title))]
      : []),
  );
}
