/**
 * What is in a PKCS #12: every certificate, every key and whose it is, how it is protected, and how it was opened.
 * @import {Certificate, FileReport, KeyEntry, Pkcs12} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { formatEnd } from "./dates.mjs";
import { facts, nameOf } from "./details.mjs";
import { el } from "./dom.mjs";

/** Forms of the password that need no words: the one that was typed, and none where there is nothing to open. */
const UNMENTIONED = ["as_typed", "none"];

/**
 * @param {FileReport} file
 * @returns {boolean} whether certificates show while the rest of the file is still shut
 */
export const isHalfOpen = ({ certificates, pkcs12, password_form: form }) =>
  certificates !== undefined && pkcs12 !== undefined && form === null;

/** @param {FileReport} file @param {Wording} wording @returns {HTMLElement[]} which form of the password opened it */
export function openedBy({ password_form: form }, { t }) {
  if (!form || UNMENTIONED.includes(form)) return [];
  return [el("p", { class: "note", "data-form": form }, t(`password.form.${form}`))];
}

/** @param {FileReport} file @param {Wording} wording @returns {HTMLElement[]} */
export function contentsDetails({ certificates = [], pkcs12 }, wording) {
  if (!pkcs12) return [];
  const { t } = wording;
  const strange = pkcs12.keys.some(({ opened, certificate }) => opened && !certificate);
  const { encryption, mac } = pkcs12;
  const protection = encryption.length > 0 ? encryption.join(t("list.and")) : t("contents.unencrypted");
  return [
    el(
      "details",
      { class: "contents", open: strange },
      el("summary", {}, t("contents.title", { certificates: certificates.length, keys: pkcs12.keys.length })),
      el("ul", {}, ...certificates.map((each) => certificateItem(each, pkcs12, wording))),
      el("ul", {}, ...pkcs12.keys.map((key) => keyItem(key, certificates, wording))),
      ...(pkcs12.may_hold_more ? [el("p", { class: "more" }, t("contents.may_hold_more"))] : []),
      facts([
        [t("contents.encryption"), protection],
        [t("contents.mac"), mac === "none" ? t("contents.mac.none") : mac],
      ]),
    ),
  ];
}

/** @param {Certificate} certificate @param {Pkcs12} pkcs12 @param {Wording} wording */
function certificateItem(certificate, pkcs12, { t, lang }) {
  const named = pkcs12.certificates.find((entry) => entry.certificate === certificate.sha256)?.friendly_name;
  const values = { name: nameOf(certificate), end: formatEnd(new Date(certificate.not_after), lang) };
  return el(
    "li",
    { "data-sha256": certificate.sha256 },
    t(certificate.is_ca ? "contents.ca" : "contents.certificate", values),
    ...(named ? [el("span", { class: "small" }, t("contents.friendly_name", { name: named }))] : []),
  );
}

/** @param {KeyEntry} key @param {Certificate[]} certificates @param {Wording} wording */
function keyItem({ certificate: sha256, opened, friendly_name: named }, certificates, { t }) {
  const owner = certificates.find((certificate) => certificate.sha256 === sha256);
  const code = `contents.key.${opened ? "opened" : "shut"}.${owner ? "fits" : "alone"}`;
  return el(
    "li",
    { class: opened && !owner ? "warning" : undefined, "data-key": sha256 ?? "" },
    t(code, { name: owner ? nameOf(owner) : "" }),
    ...(named ? [el("span", { class: "small" }, t("contents.friendly_name", { name: named }))] : []),
  );
}
