/**
 * What a helpdesk sends: steps as plain text, Markdown and HTML.
 *
 * @typedef {"ja" | "en"} Language
 * @typedef {Record<Language, string>} Words
 * @typedef {object} Entry a step or a whole guide
 * @property {string} ref `boj/renew#open-site` or `boj/renew`
 * @property {Words} guide the guide's title
 * @property {Words | null} step the step's title
 * @property {Words} first the first sentence
 * @property {Words} url relative to the site's root
 * @property {Words} short the same without a fragment
 * @typedef {{title: string, first: string, address: string}} Line an entry in one language, at its whole address
 */

/** @param {Line[]} lines */
export function asText(lines) {
  return numbered(lines, (line) => [line.title, line.first, line.address]);
}

/** @param {Line[]} lines */
export function asMarkdown(lines) {
  return numbered(lines, (line) => [`[${escaped(line.title)}](<${line.address}>)  `, escaped(line.first)]);
}

/**
 * The message as elements: what is shown is what is copied.
 * @param {Line[]} lines
 */
export function asElement(lines) {
  const parts = lines.map((line) => {
    const part = document.createElement(lines.length > 1 ? "li" : "p");
    const link = document.createElement("a");
    link.href = line.address;
    link.textContent = line.title;
    part.append(link, document.createElement("br"), line.first);
    return part;
  });
  const whole = document.createElement(lines.length > 1 ? "ol" : "div");
  whole.append(...parts);
  return whole;
}

/**
 * Several lines are numbered as a list that Markdown reads as well; a single one is not.
 * @param {Line[]} lines
 * @param {(line: Line) => string[]} rows
 */
function numbered(lines, rows) {
  const blocks = lines.map((line, at) => {
    const mark = lines.length > 1 ? `${at + 1}. ` : "";
    return mark + rows(line).join(`\n${" ".repeat(mark.length)}`);
  });
  return blocks.length ? `${blocks.join("\n\n")}\n` : "";
}

/** @param {string} words in which no letter may mean anything to Markdown */
function escaped(words) {
  return words.replace(/[\\`*_[\]<>#&]/g, "\\$&");
}
