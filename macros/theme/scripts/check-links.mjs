// Steps that a certificate's file answers: the link to the checker names the step, whose question is answered there first.
/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".step-check a");
for (const link of links) link.hash = link.closest("[data-question]")?.getAttribute("data-question") ?? "";
