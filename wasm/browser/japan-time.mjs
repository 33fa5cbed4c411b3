/**
 * Days and times as Japan counts them: a fixed UTC+9, whatever the device's time zone. A day is "YYYY-MM-DD".
 * @import {Language} from "./contract.mjs"
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** @param {Date} instant @returns {string} "YYYY-MM-DDTHH:MM:SS.sssZ", as a clock in Japan shows it */
const toJapanClock = (instant) => new Date(instant.getTime() + 9 * HOUR_MS).toISOString();

/** Convert an instant to its day in Japan. @param {Date} instant @returns {string} */
export const toJapanDay = (instant) => toJapanClock(instant).split("T", 1)[0] ?? "";

/** Convert an instant to its time of day in Japan. @param {Date} instant @returns {string} "HH:MM:SS" */
export const toJapanTime = (instant) => (toJapanClock(instant).split("T")[1] ?? "").slice(0, 8);

/** Return the instant at which a chosen day is judged: noon in Japan. @param {string} day @returns {string} ISO 8601 */
export const toJapanNoon = (day) => `${day}T12:00:00+09:00`;

/** Count the days from one day to another. @param {string} from @param {string} to @returns {number} */
export const countDays = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Return the day that is a number of days later. @param {string} day @param {number} days @returns {string} */
export const addDays = (day, days) => toJapanDay(new Date(Date.parse(day) + days * DAY_MS));

/** Format a day: 2027年3月31日, 31 March 2027. @param {string} day @param {Language} lang @returns {string} */
export function formatDay(day, lang) {
  // From the end: the year may have more than four digits (RFC 5280's 99991231235959Z is in the year 10000 in Japan).
  const [date = 0, month = 0, year = 0] = day.split("-").map(Number).reverse();
  return lang === "ja" ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

/** Format an instant to the second, leaving out seconds of 00. @param {Date} instant @param {Language} lang */
export const formatInstant = (instant, lang) =>
  `${formatDay(toJapanDay(instant), lang)}${lang === "ja" ? " " : ", "}${toJapanTime(instant).replace(/:00$/, "")}`;

/**
 * Format an instant to the minute, rounded down, leaving out the time of day that goes without saying.
 * @param {Date} instant
 * @param {Language} lang
 * @param {string} [impliedTime] time of day that is not shown, "HH:MM:SS"
 * @returns {string}
 */
export const formatMinute = (instant, lang, impliedTime) =>
  toJapanTime(instant) === impliedTime
    ? formatDay(toJapanDay(instant), lang)
    : formatInstant(new Date(Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS), lang);

/** What stands for a date that cannot be read. */
const NO_DATE = "—";

/** Format notAfter: the day alone where it is valid to its last second. @param {string | null} instant ISO 8601 @param {Language} lang */
export const formatEnd = (instant, lang) =>
  instant ? formatMinute(new Date(instant), lang, "23:59:59") : NO_DATE;

/** Format notBefore: the day alone where it is valid from its first second. @param {string | null} instant ISO 8601 @param {Language} lang */
export const formatStart = (instant, lang) =>
  instant ? formatMinute(new Date(instant), lang, "00:00:00") : NO_DATE;
