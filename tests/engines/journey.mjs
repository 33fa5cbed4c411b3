/**
 * One person's way through the site in another engine: the checker with a .cer, a .pfx and a forged CA, then a guide,
 * and the checker in the guide's first step with the .cer.
 * node journey.mjs ENGINE PORT < {"site": address, "cer", "pfx", "password", "forged": [path, …]}; prints what was seen as JSON.
 * @import {Driver} from "./drivers.mjs"
 */
import { readFile } from "node:fs/promises";
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

/** Open the checker in the guide's first step, and choose a file there. @param {Driver} driver @param {string} path */
async function judgeInStep(driver, path) {
  const tree = `document.querySelector(".step-checker")?.shadowRoot`;
  await driver.evaluate(`document.querySelector(".step-check > summary").click()`);
  const connection = await waitFor(
    driver,
    `return ${tree}?.querySelector("[data-connection]")?.dataset.connection`,
  );
  const bytes = (await readFile(path)).toString("base64");
  await driver.evaluate(
    `const input = ${tree}.querySelector("#file");
    const chosen = new DataTransfer();
    chosen.items.add(new File([Uint8Array.from(atob("${bytes}"), (c) => c.charCodeAt(0))], "mine.cer"));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));`,
  );
  await waitFor(driver, `return ${tree}.querySelector(".check-answer h3") !== null`);
  const sha256 = await driver.evaluate(`return ${tree}.querySelector(".check-card").dataset.sha256`);
  return { connection, sha256, fetch: await tryFetch(driver) };
}

/** Have the page try to fetch a file of its own site. @param {Driver} driver */
async function tryFetch(driver) {
  await driver.evaluate(
    `window.sent = null; fetch(".").then(() => { window.sent = "sent"; }, () => { window.sent = "stopped"; })`,
  );
  return waitFor(driver, "return window.sent");
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
  seen.fetch = await tryFetch(driver);
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
  seen.step = await judgeInStep(driver, cer);
  return seen;
}

const [engine, port] = process.argv.slice(2);
const driver = engine === "firefox" ? await startFirefox() : await startWebKit(Number(port));
try {
  process.stdout.write(JSON.stringify(await walk(driver, JSON.parse(await text(process.stdin)))));
} finally {
  await driver.close();
}
