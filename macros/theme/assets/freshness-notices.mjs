// A page may be read long after it was built, from a copy: a notice that holds from some day on appears on that day, in Japan.
/** @type {NodeListOf<HTMLElement>} */
const notices = document.querySelectorAll(".freshness-notice[hidden]");
for (const notice of notices) {
  notice.hidden = Date.now() < Date.parse(`${notice.dataset.since}T00:00+09:00`);
}
/** An institution's own notice goes with its last day, in Japan. @type {NodeListOf<HTMLElement>} */
const dated = document.querySelectorAll(".site-notice[data-until]");
for (const notice of dated) {
  notice.hidden = Date.now() >= Date.parse(`${notice.dataset.until}T24:00+09:00`);
}
