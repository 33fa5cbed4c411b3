// Visits a page in a fresh Firefox and prints the milliseconds to its verdict: node firefox_visit.mjs ADDRESS <bench_driver.js
import { readFileSync } from "node:fs";
import { launchFirefox } from "./firefox.mjs";

const [address = ""] = process.argv.slice(2);
const driver = readFileSync(0, "utf8");
const { page, end } = await launchFirefox();
await page.evaluateOnNewDocument(driver);
await page.goto(address);
process.stdout.write(String(await page.evaluate("window.verdict")));
await end();
