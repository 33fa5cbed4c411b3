/**
 * Saving a certificate of a .pfx without its private key, as something harmless to send: certcheck writes the bytes of the
 * certificate, or of its path, and nothing else of the file.
 * @import {Certificate, PublicFormat} from "./contract.mjs"
 * @import {CardContext, Page} from "./certificate-card.mjs"
 */
import { getDisplayName } from "./certificate-details.mjs";
import { createElement } from "./element.mjs";
import { toJapanDay } from "./japan-time.mjs";
import { saveFile } from "./save-file.mjs";

/** MIME types: RFC 2585 4.1, RFC 8555 9.1, RFC 5751 3.2.2. */
const TYPES = /** @type {const} */ ({
  cer: "application/pkix-cert",
  pem: "application/pem-certificate-chain",
  p7b: "application/pkcs7-mime",
});

/** Letters of a file's name that come from a certificate. */
const NAME_LENGTH = 40;

/**
 * Name the file by the holder and the day on which the certificate ends. Only ASCII letters, digits and "-" are taken from the
 * certificate, whatever stands in it, so that no name leads to another folder, hides its ending or is the system's own.
 * @param {Certificate} certificate
 * @param {PublicFormat} format
 */
export function nameFile(certificate, format) {
  const name = (certificate.user_id ?? getDisplayName(certificate)).replace(/[^A-Za-z0-9-]+/g, "-");
  const safe = name.replace(/^-+|-+$/g, "").slice(0, NAME_LENGTH) || "certificate";
  const day = certificate.not_after ? `_${toJapanDay(new Date(certificate.not_after))}` : "";
  return `${safe}${day || "_certificate"}.${format}`;
}

/**
 * Render the buttons, folded.
 * @param {Page} page
 * @param {CardContext} context
 * @returns {HTMLElement[]} empty for files that hold no key anyway
 */
export function renderSaving({ t }, { certificate, known, isPkcs12, save }) {
  if (!isPkcs12) return [];
  const path = certificate.chain.path.filter((sha256) => known.has(sha256));
  const formats = /** @type {PublicFormat[]} */ (path.length > 1 ? ["cer", "pem", "p7b"] : ["cer", "pem"]);
  const buttons = formats.map((format) => {
    const onclick = async () => {
      saveFile(nameFile(certificate, format), TYPES[format], await save({ format, path }));
    };
    return createElement(
      "button",
      { type: "button", class: "cg-button", "data-save": format, onclick },
      t(`save.${format}`),
    );
  });
  return [
    createElement(
      "details",
      { "data-asks-again": "" },
      createElement("summary", {}, t("save.title")),
      createElement("p", {}, t("save.means")),
      createElement("div", { class: "check-row" }, ...buttons),
      createElement("p", { class: "check-small" }, t("save.name")),
    ),
  ];
}
