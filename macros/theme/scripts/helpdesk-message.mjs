/**
 * The message that a helpdesk sends: steps as plain text, Markdown and HTML, and a mail that is ready to be opened.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 *
 * @typedef {Record<Language, string>} Words
 * @typedef {object} Item a step or a whole guide, in one language
 * @property {Language} language
 * @property {string} authority whose it is
 * @property {string} title
 * @property {string} text what to do, in lines
 * @property {string} address absolute
 */
import { createElement } from "../../../wasm/browser/element.mjs";

/** Between the languages of one message. */
const RULE = "----------";
/** Letters of an address that Windows hands on to the mail program (ShellExecute); a longer one opens nothing. */
const MAX_ADDRESS = 2000;

/** Format the message as plain text. @param {Item[]} items */
export function formatText(items) {
  return formatLanguages(items, (item) => [
    `【${item.authority}】${item.title}`,
    ...item.text.split("\n"),
    item.address,
  ]);
}

/** Format the message as Markdown. @param {Item[]} items */
export function formatMarkdown(items) {
  return formatLanguages(items, (item) => [
    `[${escapeMarkdown(`【${item.authority}】${item.title}`)}](<${item.address}>)  `,
    ...item.text.split("\n").map((line) => `${escapeMarkdown(line)}  `),
  ]);
}

/** Render the message for programs that take formatting. @param {Item[]} items */
export function renderMessage(items) {
  const parts = splitLanguages(items).flatMap((group, at) => [
    ...(at ? [createElement("hr")] : []),
    ...group.map(renderItem),
  ]);
  return createElement("div", {}, ...parts);
}

/** @param {Item} item */
function renderItem({ authority, title, text, address, language }) {
  const lines = text.split("\n").flatMap((line) => [createElement("br"), line]);
  const link = createElement("a", { href: address }, title);
  return createElement("p", { lang: language }, createElement("b", {}, `【${authority}】`), link, ...lines);
}

/**
 * Build the subject: whose guide and which, of the first; how many more there are.
 * @param {Item[]} items
 * @param {(count: number) => string} sayMore
 */
export function formatSubject(items, sayMore) {
  return splitLanguages(items)
    .map(
      ([first, ...rest]) =>
        `【${first?.authority}】${first?.title}${rest.length ? sayMore(rest.length) : ""}`,
    )
    .join(" / ");
}

/**
 * Build the address that opens a mail. Where the message is too long for it, the mail has the links alone.
 * @param {string} subject
 * @param {Item[]} items
 * @param {string} paste the line that stands for the rest then
 * @returns {{address: string, isWhole: boolean}}
 */
export function buildMail(subject, items, paste) {
  /** @param {string} body */
  const build = (body) =>
    `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  const whole = build(formatText(items));
  if (whole.length <= MAX_ADDRESS) return { address: whole, isWhole: true };
  const links = items.map(({ address }) => address);
  return { address: build(`${paste}\n\n${links.slice(0, 5).join("\n")}\n`), isWhole: false };
}

/** @param {Item[]} items @returns {Item[][]} by language, in the order in which each comes first */
function splitLanguages(items) {
  const languages = [...new Set(items.map(({ language }) => language))];
  return languages.map((language) => items.filter((item) => item.language === language));
}

/**
 * Format the items of each language, with a rule between the languages.
 * @param {Item[]} items
 * @param {(item: Item) => string[]} toLines
 */
function formatLanguages(items, toLines) {
  return splitLanguages(items)
    .map((group) => formatList(group, toLines))
    .join(`\n${RULE}\n\n`);
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
