/**
 * The result of one certificate: verdict, action, facts, details.
 * @import {Authority, Certificate, CheckData, Translate, Write} from "./contract.mjs"
 * @import {Known, Newer} from "./pool.mjs"
 * @import {Wording} from "./verdict.mjs"
 *
 * @typedef {object} Judged What a card shows and what it can ask for.
 * @property {Certificate} certificate
 * @property {Known} known all certificates that were chosen
 * @property {Newer} newer those that a certificate of the same holder outlasts
 * @property {Date} at the moment it was judged at
 * @property {boolean} chosen whether a person chose that day
 * @property {(day: string | null) => void} judgeOn judge again, on another day or (null) by the device's clock
 * @property {(authority: string) => void} judgeAs judge again, as a certificate of that authority
 * @property {(request: Omit<Write, "report">) => Promise<string>} write lets certcheck write what one takes along
 *
 * @typedef {{data: CheckData, home: string} & Wording} Page
 */
import { calendar } from "./calendar.mjs";
import { formatDay, formatEnd, formatStart, japanDay, japanTime } from "./dates.mjs";
import { chainDetails, facts, fieldDetails, nameOf } from "./details.mjs";
import { el, svg, unbrokenDays, unqueriedForm } from "./dom.mjs";
import { plural } from "./strings.mjs";
import { summary } from "./summary.mjs";
import { timeline } from "./timeline.mjs";
import { action, advice, endIsDerived, sentence, TONES } from "./verdict.mjs";

const SHAPES = /** @type {const} */ ({
  go: "M3 9l4 4 8-9",
  wait: "M9 2a7 7 0 1 0 0 14a7 7 0 1 0 0-14M9 5v4l3 2",
  stop: "M4 4l10 10M14 4L4 14",
  ask: "M9 3v8M9 14v1",
  note: "M9 8v7M9 4v1",
});

/** @param {Page} page @param {Judged} judged @returns {HTMLElement} */
export function card(page, judged) {
  const { t } = page;
  const { certificate, known, at } = judged;
  const authority = certificate.authority ? page.data.authorities[certificate.authority] : undefined;
  return el(
    "article",
    { class: "card", "data-verdict": certificate.headline, "data-sha256": certificate.sha256 },
    verdictPart(page, judged, authority),
    factsPart(page, judged, authority),
    chainDetails(certificate, known, page),
    fieldDetails(certificate, page),
    el(
      "div",
      { class: "row take" },
      ...calendar(page, judged, authority),
      summary(page, { certificate, authority, at }),
    ),
    el("p", { class: "small" }, t("revocation")),
  );
}

/** @param {Page} page @param {Judged} judged @param {Authority | undefined} authority */
function verdictPart(page, judged, authority) {
  const { t, data, home } = page;
  const { certificate, at } = judged;
  const { headline: verdict } = certificate;
  const next = action(certificate, authority, t, home);
  const said = advice(certificate, authority, page.lang);
  const newer = judged.newer.get(certificate.sha256);
  return el(
    "header",
    { class: `verdict ${TONES[verdict]}` },
    el(
      "p",
      { class: "label" },
      svg(
        "svg",
        { width: 18, height: 18, "aria-hidden": "true" },
        svg("path", { d: SHAPES[TONES[verdict]] }),
      ),
      t(`label.${verdict}`),
    ),
    el("h3", { tabindex: -1 }, ...unbrokenDays(sentence(certificate, page, at))),
    ...(newer ? [el("p", { class: "note" }, ...unbrokenDays(newerOne(newer, page)))] : []),
    ...(endIsDerived(certificate, authority) ? [el("p", { class: "small" }, t("closes.derived"))] : []),
    ...(said ? [el("p", {}, ...unbrokenDays(said))] : []),
    el("p", { class: "days" }, daysLeft(certificate, t)),
    ...(next ? [el("p", {}, el("a", { class: "button main", href: next.href }, next.text))] : []),
    ...(verdict === "unknown" ? [systemChoice(page, judged)] : []),
    ...(certificate.recognised_by === "given"
      ? [el("details", { class: "small" }, el("summary", {}, t("system.again")), systemChoice(page, judged))]
      : []),
    judgedBy(page, judged),
    ...(japanDay(at) < data.built && !judged.chosen
      ? [el("p", { class: "warning" }, t("clock.behind", { built: formatDay(data.built, page.lang) }))]
      : []),
    ...(authority
      ? [
          el(
            "p",
            { class: "small" },
            t("rule.checked", { name: authority.name, day: formatDay(authority.checked, page.lang) }),
          ),
        ]
      : []),
  );
}

/** @param {Certificate} newer @param {Page} page @returns {string} that renewing may be over */
const newerOne = ({ serial, not_after: end }, { t, lang }) =>
  t("newer", { serial, end: formatEnd(new Date(end), lang) });

/** @param {Certificate} certificate @param {Translate} t */
function daysLeft(certificate, t) {
  const { validity, days_left: days } = certificate;
  if (validity !== "expired") return days === 0 ? t("days.today") : plural(t, "days.left", days);
  return days === 0 ? t("days.expired_today") : plural(t, "days.ago", -days);
}

/** @param {Page} page @param {Judged} judged */
function systemChoice({ t, data }, { judgeAs }) {
  const options = Object.entries(data.authorities).map(([id, { name, system }]) =>
    el(
      "button",
      { type: "button", class: "button", onclick: () => judgeAs(id) },
      name,
      el("span", { class: "small" }, system),
    ),
  );
  const unnamed = Object.values(data.authorities).filter(({ named_by }) => named_by !== "issuer");
  const names = unnamed.map(({ name }) => name).join(t("list.and"));
  return el(
    "fieldset",
    { class: "systems" },
    el("legend", {}, t("system.choose")),
    el("p", { class: "small" }, t("system.why", { names })),
    ...options,
    el("details", {}, el("summary", {}, t("system.none")), el("p", {}, t("system.none.means"))),
  );
}

/** @param {Page} page @param {Judged} judged */
function judgedBy({ t, lang }, { at, chosen, judgeOn }) {
  const words = t(chosen ? "judged.chosen" : "judged.device", { day: formatDay(japanDay(at), lang) });
  const day = el("input", {
    type: "date",
    required: true,
    value: japanDay(at),
    "aria-label": t("judged.day"),
  });
  const form = unqueriedForm(
    {
      class: "row",
      hidden: true,
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        judgeOn(day.value);
      },
    },
    day,
    el("button", { type: "submit" }, t("judged.judge")),
    ...(chosen ? [el("button", { type: "button", onclick: () => judgeOn(null) }, t("judged.today"))] : []),
  );
  const open = el("button", { type: "button", class: "link", "aria-expanded": "false" }, t("judged.another"));
  open.addEventListener("click", () => {
    form.hidden = !form.hidden;
    open.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) day.focus();
  });
  return el("div", { class: "small judged" }, words, " ", open, form);
}

/** @param {Page} page @param {Judged} judged @param {Authority | undefined} authority */
function factsPart(page, { certificate, at }, authority) {
  const { t, lang } = page;
  const end = new Date(certificate.not_after);
  const from = formatStart(new Date(certificate.not_before), lang);
  const to = formatEnd(end, lang);
  const midnight =
    japanTime(end) === "00:00:00" ? [el("p", { class: "warning" }, t("expires.midnight"))] : [];
  return el(
    "section",
    { class: "facts" },
    timeline(certificate, authority, page, at),
    facts([
      [t("fact.system"), authority ? authority.system : t("fact.system.unknown")],
      [t("fact.known_by"), authority ? knownBy(certificate, authority, t) : null],
      called(certificate, authority, t),
      [t("fields.issuer"), authority ? null : certificate.issuer],
      ...certificate.emails.map(
        ({ value, field }) =>
          /** @type {[string, string]} */ ([
            t("fact.email"),
            t("fact.email.from", { value, field: t(`field.${field}`) }),
          ]),
      ),
      [t("fact.valid"), el("span", {}, ...unbrokenDays(t("fact.valid.range", { from, to })))],
    ]),
    ...midnight,
  );
}

/**
 * What the certificate goes by: the user id, as the manual calls it, or its name.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Translate} t
 * @returns {[string, string]}
 */
function called(certificate, authority, t) {
  const { user_id: id } = certificate;
  return id && authority?.user_id_label
    ? [authority.user_id_label, id]
    : [t("fact.name"), nameOf(certificate)];
}

/** @param {Certificate} certificate @param {Authority} authority @param {Translate} t */
function knownBy({ recognised_by: by }, { name, named_by: named }, t) {
  if (!by) return null;
  return t(`known_by.${by === "name" && named !== "issuer" ? "subject" : by}`, { name });
}
