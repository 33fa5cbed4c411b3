// The mail that reports a mistake in a step: the page says which step and manual, this adds the build of the site. The
// build is in a file of its own, so that a new build does not change every page.
import { say } from "./page-words.mjs";

/** Add the build to a step's mail when its menu is opened. @param {Element} menu */
export function completeReport(menu) {
  menu.addEventListener("toggle", addBuild, { once: true });
}

/** @param {Event} event */
async function addBuild({ currentTarget: menu }) {
  const link = menu instanceof Element ? menu.querySelector("a.step-report") : null;
  const answer = await fetch(new URL("../../api/build.json", import.meta.url)).catch(() => null);
  if (!answer?.ok || !(link instanceof HTMLAnchorElement)) return;
  const { build } = await answer.json();
  const line = encodeURIComponent(`${say("report-build", { build })}\r\n`);
  link.href = link.href.replace("&body=", `&body=${line}`);
}
