// Visits a page in a fresh Firefox and prints the milliseconds to its verdict: node firefox_visit.mjs ADDRESS <bench_driver.js
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const [address = ""] = process.argv.slice(2);
const driver = readFileSync(0, "utf8");
const profile = mkdtempSync(join(tmpdir(), "firefox-"));
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: "/usr/bin/firefox-esr",
  headless: true,
  userDataDir: profile,
});
const page = await browser.newPage();
await page.evaluateOnNewDocument(driver);
await page.goto(address);
process.stdout.write(String(await page.evaluate("window.verdict")));
await browser.close();
rmSync(profile, { recursive: true, force: true });
