/**
 * `api/authorities.json` as the page for helpdesks reads it; its whole shape is in `api/authorities.schema.json`.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @import {Words} from "./helpdesk-message.mjs"
 * @typedef {object} Entry a step or a whole guide
 * @property {string} ref `boj/renew#open-site` or `boj/renew`
 * @property {Words} authority whose it is
 * @property {Words} guide the guide's title
 * @property {Words | null} step the step's title
 * @property {Words} url relative to the site's root
 * @property {Words} short the same without a fragment
 * @typedef {{id: string, title: Words, url: Words, short: Words}} Step
 * @typedef {{id: string, title: Words, url: Words, steps: Step[]}} Guide
 * @typedef {{authorities: {id: string, name: Words, guides: Guide[]}[], shared_guides: Guide[]}} Index
 * @typedef {{value: string, label: string}} Option
 */

/** @param {Guide} guide @returns {string} its reference, `boj/renew` */
const toReference = (guide) => guide.url.ja.replace(/\/$/, "");

/**
 * Index every guide and step by its reference.
 * @param {Index} index
 * @param {string} shared what guides of no authority are called, in the page's language
 * @returns {Map<string, Entry>}
 */
export function indexByReference(index, shared) {
  const entries = index.authorities.flatMap(({ name, guides }) =>
    guides.flatMap((guide) => listEntries(guide, name)),
  );
  entries.push(...index.shared_guides.flatMap((guide) => listEntries(guide, { ja: shared, en: shared })));
  return new Map(entries.map((entry) => [entry.ref, entry]));
}

/** @param {Guide} guide @param {Words} authority @returns {Entry[]} the guide as a whole, then its steps */
function listEntries(guide, authority) {
  const ref = toReference(guide);
  const { title, url } = guide;
  return [
    { ref, authority, guide: title, step: null, url, short: url },
    ...guide.steps.map((step) => ({
      ref: `${ref}#${step.id}`,
      authority,
      guide: title,
      step: step.title,
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
