/**
 * `api/authorities.json` as the page for helpdesks reads it; its whole shape is in `api/authorities.schema.json`.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @import {Entry, Words} from "./helpdesk-message.mjs"
 * @typedef {{id: string, title: Words, first: Words, url: Words, short: Words}} Step
 * @typedef {{id: string, title: Words, first: Words, url: Words, steps: Step[]}} Guide
 * @typedef {{authorities: {id: string, name: Words, guides: Guide[]}[], shared_guides: Guide[]}} Index
 * @typedef {{value: string, label: string}} Option
 */

/** @param {Guide} guide @returns {string} its reference, `boj/renew` */
const toReference = (guide) => guide.url.ja.replace(/\/$/, "");

/**
 * Index every guide and step by its reference.
 * @param {Index} index
 * @returns {Map<string, Entry>}
 */
export function indexByReference(index) {
  const guides = [...index.authorities.flatMap((authority) => authority.guides), ...index.shared_guides];
  return new Map(guides.flatMap(listEntries).map((entry) => [entry.ref, entry]));
}

/** @param {Guide} guide @returns {Entry[]} the guide as a whole, then its steps */
function listEntries(guide) {
  const ref = toReference(guide);
  const { title, first, url } = guide;
  return [
    { ref, guide: title, step: null, first, url, short: url },
    ...guide.steps.map((step) => ({
      ref: `${ref}#${step.id}`,
      guide: title,
      step: step.title,
      first: step.first,
      url: step.url,
      short: step.short,
    })),
  ];
}

/**
 * List what the three fields offer: systems, their guides, and the guides' steps.
 * @param {Index} index
 * @param {Language} language
 * @param {{shared: string, whole: string}} words
 * @returns {(Option & {guides: (Option & {steps: Option[]})[]})[]}
 */
export function listOptions(index, language, words) {
  const groups = [
    ...index.authorities.map(({ id, name, guides }) => ({ value: id, label: name[language], guides })),
    { value: "shared", label: words.shared, guides: index.shared_guides },
  ];
  /** @param {Guide} guide */
  const toOption = (guide) => ({
    value: toReference(guide),
    label: guide.title[language],
    steps: [
      { value: toReference(guide), label: words.whole },
      ...guide.steps.map((step) => ({
        value: `${toReference(guide)}#${step.id}`,
        label: step.title[language],
      })),
    ],
  });
  return groups.map((group) => ({ ...group, guides: group.guides.map(toOption) }));
}
