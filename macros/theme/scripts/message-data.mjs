/**
 * What is sent of guides and steps, fetched when it is wanted: `api/messages.ja.json`. One file holds all guides, so that no
 * request tells which is sent.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @import {Item} from "./helpdesk-message.mjs"
 * @typedef {{title: string, text: string, url: string, short: string}} Part a step, or the guide as a whole
 * @typedef {Part & {authority: string, steps: Record<string, Part>}} Guide
 * @typedef {{languages: Language[], form: "full" | "short"}} Style
 */

/** @type {Map<string, Promise<Record<string, Guide>>>} by address */
const files = new Map();

/**
 * Load what is sent of a step or a guide, once for each language.
 * @param {string} root the site's address
 * @param {string} ref `boj/renew#open-site` or `boj/renew`
 * @param {Style} style
 * @returns {Promise<Item[]>}
 * @throws {Error} there is no connection
 */
export function loadItems(root, ref, { languages, form }) {
  const [page = "", id = ""] = ref.split("#");
  return Promise.all(
    languages.map(async (language) => {
      const guide = (await loadMessages(root, language))[page];
      const step = guide?.steps[id];
      const part = step ?? guide;
      if (!guide || !part) throw new Error(`${ref} is not there`);
      return {
        language,
        authority: guide.authority,
        title: step ? `${guide.title} – ${step.title}` : guide.title,
        text: part.text,
        address: root + (form === "short" ? part.short : part.url),
      };
    }),
  );
}

/**
 * Load what is sent in one language.
 * @param {string} root
 * @param {Language} language
 */
export function loadMessages(root, language) {
  const address = `${root}api/messages.${language}.json`;
  const file = files.get(address) ?? fetchFile(address);
  files.set(address, file);
  file.catch(() => files.delete(address)); // the next press tries again
  return file;
}

/** @param {string} address @returns {Promise<Record<string, Guide>>} */
async function fetchFile(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
