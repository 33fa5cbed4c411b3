// The region that says aloud what scripts change.

const announcer = document.createElement("div");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

/** @param {string} text what a screen reader says, without the focus moving; empty: nothing any more */
export function announce(text) {
  announcer.textContent = text;
}
