/**
 * The message that a helpdesk sends: steps as plain text, Markdown and HTML.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 *
 * @typedef {Record<Language, string>} Words
 * @typedef {object} Entry a step or a whole guide
 * @property {string} ref `boj/renew#open-site` or `boj/renew`
 * @property {Words} guide the guide's title
 * @property {Words | null} step the step's title
 * @property {Words} first the first sentence
 * @property {Words} url relative to the site's root
 * @property {Words} short the same without a fragment
 * @typedef {{title: string, first: string, address: string}} Item an entry in one language, at its absolute address
 */
import { createElement } from "../../../wasm/browser/element.mjs";

/** Format the message as plain text. @param {Item[]} items */
export function formatText(items) {
  return formatList(items, (item) => [item.title, item.first, item.address]);
}

/** Format the message as Markdown. @param {Item[]} items */
export function formatMarkdown(items) {
  return formatList(items, (item) => [
    `[${escapeMarkdown(item.title)}](<${item.address}>)  `,
    escapeMarkdown(item.first),
  ]);
}

/** Render the message: what is shown is what is copied. @param {Item[]} items */
export function renderMessage(items) {
  const [listTag, itemTag] = items.length > 1 ? ["ol", "li"] : ["div", "p"];
  const parts = items.map((item) =>
    createElement(
      /** @type {"li" | "p"} */ (itemTag),
      {},
      createElement("a", { href: item.address }, item.title),
      createElement("br"),
      item.first,
    ),
  );
  return createElement(/** @type {"ol" | "div"} */ (listTag), {}, ...parts);
}

/**
 * Number several items as a list that Markdown reads as well; a single one has no number.
 * @param {Item[]} items
 * @param {(item: Item) => string[]} toLines
 */
function formatList(items, toLines) {
  const blocks = items.map((item, at) => {
    const mark = items.length > 1 ? `${at + 1}. ` : "";
    return mark + toLines(item).join(`\n${" ".repeat(mark.length)}`);
  });
  return blocks.length ? `${blocks.join("\n\n")}\n` : "";
}

/** Escape every character that may mean something in Markdown. @param {string} text */
function escapeMarkdown(text) {
  return text.replace(/[\\`*_[\]<>#&]/g, "\\$&");
}
