/**
 * One person's way through the site in another engine: the checker with a .cer, a .pfx and a forged CA, then a guide.
 * node journey.mjs ENGINE PORT < {"site": address, "cer", "pfx", "password", "forged": [path, …]}; prints what was seen as JSON.
 * @import {Driver} from "./drivers.mjs"
 */
import { text } from "node:stream/consumers";
import { startFirefox, startWebKit } from "./drivers.mjs";

const CARDS = `return [...document.querySelectorAll(".check-card[data-sha256]")].map((card) => ({
  sha256: card.dataset.sha256, headline: card.dataset.verdict, verdict: card.querySelector("h3").textContent, text: card.innerText }))`;

/** @param {Driver} driver @param {string} condition of the page @returns {Promise<any>} its value, once it is truthy */
async function waitFor(driver, condition) {
  for (let tries = 0; tries < 600; tries++) {
    const value = await driver.evaluate(condition);
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const shown = await driver.evaluate("return document.body.innerText");
  throw new Error(`never: ${condition}\n${shown}`);
}

/** Chooses files in place of those before and waits for a card. @param {Driver} driver @param {string[]} paths */
async function judge(driver, paths) {
  await driver.chooseFiles("#file", paths);
  await waitFor(driver, `return document.querySelector(".check-card") !== null`);
  return driver.evaluate(CARDS);
}

/** @param {Driver} driver @param {any} task */
async function walk(driver, { site, cer, pfx, password, forged }) {
  /** @type {any} */
  const seen = { version: await driver.version() };
  await driver.open(`${site}check/`);
  seen.connection = await waitFor(
    driver,
    `return document.querySelector("[data-connection]")?.dataset.connection`,
  );
  await driver.evaluate(
    `window.sent = null; fetch("../api/authorities.json").then(() => { window.sent = "sent"; }, () => { window.sent = "stopped"; })`,
  );
  seen.fetch = await waitFor(driver, "return window.sent");
  seen.cer = await judge(driver, [cer]);
  await driver.chooseFiles("#file", [pfx]);
  await waitFor(driver, `return document.querySelector("form.check-password input") !== null`);
  await driver.type("form.check-password input", password);
  await waitFor(driver, `return document.querySelector(".check-card") !== null`);
  seen.pfx = await driver.evaluate(CARDS);
  seen.forged = await judge(driver, forged);
  await driver.open(`${site}boj/renew/`);
  seen.guide = await waitFor(driver, `return document.querySelector("h1")?.textContent`);
  seen.steps = await driver.evaluate(`return document.querySelectorAll("section.step, .step").length`);
  return seen;
}

const [engine, port] = process.argv.slice(2);
const driver = engine === "firefox" ? await startFirefox() : await startWebKit(Number(port));
try {
  process.stdout.write(JSON.stringify(await walk(driver, JSON.parse(await text(process.stdin)))));
} finally {
  await driver.close();
}
