/**
 * Which of the chosen certificates a private key in a file of its own fits.
 * @import {FileReport} from "./contract.mjs"
 * @import {KnownCertificates} from "./chosen-files.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { getDisplayName } from "./certificate-details.mjs";
import { createElement } from "./element.mjs";
import { formatEnd } from "./japan-time.mjs";

/**
 * Render the answer.
 * @param {FileReport} file
 * @param {KnownCertificates} known
 * @param {Wording} wording
 * @returns {HTMLElement[]} empty for other files
 */
export function renderPrivateKey({ private_key: key }, known, wording) {
  if (!key) return [];
  const { t } = wording;
  const code = key.fits.length > 0 ? "key.fits" : "key.fits_none";
  const items = key.fits.map((sha256) => renderCertificate(sha256, known, wording));
  return [
    createElement(
      "section",
      { class: "check-card", "data-private-key": code },
      createElement("h3", { tabindex: -1 }, t(code)),
      items.length > 0 ? createElement("ul", {}, ...items) : createElement("p", {}, t("key.fits_none.next")),
      createElement("p", { class: "check-small" }, t("key.secret")),
    ),
  ];
}

/** @param {string} sha256 @param {KnownCertificates} known @param {Wording} wording */
function renderCertificate(sha256, known, { t, lang }) {
  const entry = known.get(sha256);
  const values = {
    name: entry ? getDisplayName(entry.certificate) : sha256,
    end: entry ? formatEnd(entry.certificate.not_after, lang) : "",
    file: entry?.files.join(t("list.and")) ?? "",
  };
  return createElement("li", { "data-sha256": sha256 }, t("key.fits.certificate", values));
}
