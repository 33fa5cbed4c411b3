/**
 * The contents of a PKCS #12: every certificate, every key and its certificate, how it is encrypted, and which form of the
 * password opened it.
 * @import {Certificate, FileReport, KeyEntry, Pkcs12} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { getDisplayName, renderDefinitions } from "./certificate-details.mjs";
import { createElement } from "./element.mjs";
import { formatEnd } from "./japan-time.mjs";

/** Forms of the password that need no words: the one that was typed, and none where nothing is encrypted. */
const OBVIOUS_FORMS = ["as_typed", "none"];

/**
 * Tell whether certificates show while the rest of the file is still encrypted.
 * @param {FileReport} file
 * @returns {boolean}
 */
export const isHalfOpen = ({ certificates, pkcs12, password_form: form }) =>
  certificates !== undefined && pkcs12 !== undefined && form === null;

/** Render which form of the password opened the file. @param {FileReport} file @param {Wording} wording @returns {HTMLElement[]} */
export function renderPasswordForm({ password_form: form }, { t }) {
  if (!form || OBVIOUS_FORMS.includes(form)) return [];
  return [createElement("p", { class: "check-note", "data-form": form }, t(`password.form.${form}`))];
}

/**
 * Render which programs cannot open the file, as far as the facts name any.
 * @param {FileReport} file
 * @param {Page} page
 * @returns {HTMLElement[]}
 */
export function renderRefusals({ refused_by: programs = [] }, { data, lang }) {
  const sentences = programs.flatMap((id) => data.pfx_programs[id]?.says ?? []);
  if (sentences.length === 0) return [];
  const line = sentences.join(lang === "ja" ? "" : " ");
  return [createElement("p", { class: "check-note", "data-refused-by": programs.join(" ") }, line)];
}

/** Render the contents. @param {FileReport} file @param {Wording} wording @returns {HTMLElement[]} empty for other formats */
export function renderContents({ certificates = [], pkcs12 }, wording) {
  if (!pkcs12) return [];
  const { t } = wording;
  const hasStrayKey = pkcs12.keys.some(({ opened, certificate }) => opened && !certificate);
  const { encryption, mac } = pkcs12;
  const protection = encryption.length > 0 ? encryption.join(t("list.and")) : t("contents.unencrypted");
  const counts = { certificates: certificates.length, keys: pkcs12.keys.length };
  return [
    createElement(
      "details",
      { class: "check-contents", open: hasStrayKey },
      createElement("summary", {}, t("contents.title", counts)),
      createElement(
        "ul",
        {},
        ...certificates.map((certificate) => renderCertificate(certificate, pkcs12, wording)),
      ),
      createElement("ul", {}, ...pkcs12.keys.map((key) => renderKey(key, certificates, wording))),
      ...(pkcs12.may_hold_more
        ? [createElement("p", { class: "check-incomplete" }, t("contents.may_hold_more"))]
        : []),
      renderDefinitions([
        [t("contents.encryption"), protection],
        [t("contents.mac"), mac === "none" ? t("contents.mac.none") : mac],
      ]),
    ),
  ];
}

/** @param {Certificate} certificate @param {Pkcs12} pkcs12 @param {Wording} wording */
function renderCertificate(certificate, pkcs12, { t, lang }) {
  const bag = pkcs12.certificates.find((entry) => entry.certificate === certificate.sha256);
  const values = { name: getDisplayName(certificate), end: formatEnd(certificate.not_after, lang) };
  return createElement(
    "li",
    { "data-sha256": certificate.sha256 },
    t(certificate.is_ca ? "contents.ca" : "contents.certificate", values),
    ...renderFriendlyName(bag?.friendly_name, t),
  );
}

/** @param {KeyEntry} key @param {Certificate[]} certificates @param {Wording} wording */
function renderKey({ certificate: sha256, opened, friendly_name: name }, certificates, { t }) {
  const owner = certificates.find((certificate) => certificate.sha256 === sha256);
  const code = `contents.key.${opened ? "opened" : "shut"}.${owner ? "fits" : "alone"}`;
  return createElement(
    "li",
    { class: opened && !owner ? "check-warning" : undefined, "data-key": sha256 ?? "" },
    t(code, { name: owner ? getDisplayName(owner) : "" }),
    ...renderFriendlyName(name, t),
  );
}

/** @param {string | null | undefined} name @param {Wording["t"]} t @returns {HTMLElement[]} */
const renderFriendlyName = (name, t) =>
  name ? [createElement("span", { class: "check-small" }, t("contents.friendly_name", { name }))] : [];
