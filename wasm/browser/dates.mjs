/**
 * Days and times as Japan counts them: a fixed UTC+9, whatever the device's time zone. A day is "YYYY-MM-DD".
 * @import {Language} from "./contract.mjs"
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
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

/** @param {Date} instant @returns {string} "YYYY-MM-DDTHH:MM:SS.sssZ", read on a clock in Japan */
const onJapansClock = (instant) => new Date(instant.getTime() + 9 * HOUR).toISOString();

/** @param {Date} instant @returns {string} its day in Japan */
export const japanDay = (instant) => onJapansClock(instant).split("T", 1)[0] ?? "";

/** @param {Date} instant @returns {string} its time of day in Japan, "HH:MM:SS" */
export const japanTime = (instant) => (onJapansClock(instant).split("T")[1] ?? "").slice(0, 8);

/** @param {string} day @returns {string} the moment a chosen day is judged at: noon in Japan */
export const noonInJapan = (day) => `${day}T12:00:00+09:00`;

/** @param {string} from @param {string} to @returns {number} whole days from one day to another */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** @param {string} day @param {number} days @returns {string} */
export const addDays = (day, days) => japanDay(new Date(Date.parse(day) + days * DAY));

/** @param {string} day @param {Language} lang @returns {string} 2027年3月31日, 31 March 2027 */
export function formatDay(day, lang) {
  // From the end: the year may have more than four digits (RFC 5280's 99991231235959Z is in the year 10000 in Japan).
  const [date = 0, month = 0, year = 0] = day.split("-").map(Number).reverse();
  return lang === "ja" ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

/** @param {Date} instant @param {Language} lang @returns {string} to the second, which is left out where it is the first */
export const formatInstant = (instant, lang) =>
  `${formatDay(japanDay(instant), lang)}${lang === "ja" ? " " : ", "}${japanTime(instant).replace(/:00$/, "")}`;

/**
 * The day, and the time of day in Japan unless it is the one that goes without saying: to the minute, begun or not.
 * @param {Date} instant
 * @param {Language} lang
 * @param {string} [ordinary] time of day that is not shown, "HH:MM:SS"
 */
export const formatMinute = (instant, lang, ordinary) =>
  japanTime(instant) === ordinary
    ? formatDay(japanDay(instant), lang)
    : formatInstant(new Date(Math.floor(instant.getTime() / MINUTE) * MINUTE), lang);

/** @param {Date} instant @param {Language} lang @returns {string} a day that is whole to its last second, or the time */
export const formatEnd = (instant, lang) => formatMinute(instant, lang, "23:59:59");

/** @param {Date} instant @param {Language} lang @returns {string} a day that is whole from its first second, or the time */
export const formatStart = (instant, lang) => formatMinute(instant, lang, "00:00:00");
