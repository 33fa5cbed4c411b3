// A page may be read long after it was built, from a copy: what holds from some day on appears on that day, in Japan.
/** @type {NodeListOf<HTMLElement>} */
const reminders = document.querySelectorAll(".aged[hidden]");
for (const reminder of reminders) {
  reminder.hidden = Date.now() < Date.parse(`${reminder.dataset.since}T00:00+09:00`);
}
