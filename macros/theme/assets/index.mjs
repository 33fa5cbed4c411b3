/**
 * `api/authorities.json` as the page for helpdesks reads it; its whole shape is in `api/authorities.schema.json`.
 * @import {Entry, Language, Words} from "./message.mjs"
 * @typedef {{id: string, title: Words, first: Words, url: Words, short: Words}} Step
 * @typedef {{id: string, title: Words, first: Words, url: Words, steps: Step[]}} Guide
 * @typedef {{authorities: {id: string, name: Words, guides: Guide[]}[], shared_guides: Guide[]}} Index
 * @typedef {{value: string, label: string}} Option
 */

/** @param {Guide} guide @returns {string} `boj/renew` */
const refOf = (guide) => guide.url.ja.replace(/\/$/, "");

/**
 * Every guide and step by its reference.
 * @param {Index} index
 * @returns {Map<string, Entry>}
 */
export function byRef(index) {
  const entries = allGuides(index).flatMap((guide) => [
    {
      ref: refOf(guide),
      guide: guide.title,
      step: null,
      first: guide.first,
      url: guide.url,
      short: guide.url,
    },
    ...guide.steps.map((step) => ({
      ref: `${refOf(guide)}#${step.id}`,
      guide: guide.title,
      step: step.title,
      first: step.first,
      url: step.url,
      short: step.short,
    })),
  ]);
  return new Map(entries.map((entry) => [entry.ref, entry]));
}

/** @param {Index} index */
function allGuides(index) {
  return [...index.authorities.flatMap((authority) => authority.guides), ...index.shared_guides];
}

/**
 * What the three lists offer.
 * @param {Index} index
 * @param {Language} language
 * @param {{shared: string, whole: string}} words
 * @returns {(Option & {guides: (Option & {steps: Option[]})[]})[]}
 */
export function choices(index, language, words) {
  const groups = [
    ...index.authorities.map(({ id, name, guides }) => ({ value: id, label: name[language], guides })),
    { value: "shared", label: words.shared, guides: index.shared_guides },
  ];
  return groups.map((group) => ({
    ...group,
    guides: group.guides.map((guide) => ({
      value: refOf(guide),
      label: guide.title[language],
      steps: [
        { value: refOf(guide), label: words.whole },
        ...guide.steps.map((step) => ({ value: `${refOf(guide)}#${step.id}`, label: step.title[language] })),
      ],
    })),
  }));
}
