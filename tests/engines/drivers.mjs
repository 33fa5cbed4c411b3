/**
 * Firefox and WebKit behind the same few calls: Debian's browsers, started here, without a download.
 *
 * Firefox speaks WebDriver BiDi itself, which puppeteer-core drives; WebKitGTK comes with a WebDriver of its own. Both run without
 * a window of their own: Firefox headless, WebKitGTK on the display that DISPLAY names.
 * @typedef {object} Driver
 * @property {(url: string) => Promise<void>} open
 * @property {(selector: string, paths: string[]) => Promise<void>} chooseFiles
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string, text: string) => Promise<void>} type ends with Enter
 * @property {<T>(script: string) => Promise<T>} evaluate the body of a function of the page
 * @property {() => Promise<string>} version
 * @property {() => Promise<void>} close
 */
import { spawn } from "node:child_process";

/** @returns {Promise<Driver>} */
export async function startFirefox() {
  const { launchFirefox } = await import("../../scripts/measuring/firefox.mjs");
  const { browser, page, end } = await launchFirefox();
  return {
    open: async (url) => void (await page.goto(url)),
    chooseFiles: async (selector, paths) => {
      const input = /** @type {import("puppeteer-core").ElementHandle<HTMLInputElement>} */ (
        await page.waitForSelector(selector)
      );
      await input.uploadFile(...paths);
    },
    click: (selector) => page.click(selector),
    type: async (selector, text) => {
      await page.type(selector, text);
      await page.keyboard.press("Enter");
    },
    evaluate: (script) => /** @type {Promise<any>} */ (page.evaluate(`(() => { ${script} })()`)),
    version: () => browser.version(),
    close: end,
  };
}

/** @param {number} port of the loopback address @returns {Promise<Driver>} */
export async function startWebKit(port) {
  const { Builder, By, Key } = await import("selenium-webdriver");
  const service = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore" });
  const server = `http://127.0.0.1:${port}/`;
  await untilAnswering(`${server}status`);
  const browser = await new Builder()
    .usingServer(server)
    .withCapabilities({ browserName: "MiniBrowser" })
    .build();
  const find = (/** @type {string} */ selector) => browser.findElement(By.css(selector));
  return {
    open: (url) => browser.get(url),
    chooseFiles: (selector, paths) => find(selector).sendKeys(paths.join("\n")),
    click: (selector) => find(selector).click(),
    type: (selector, text) => find(selector).sendKeys(text, Key.ENTER),
    evaluate: (script) => browser.executeScript(script),
    version: async () => {
      const capabilities = await browser.getCapabilities();
      return `${capabilities.get("browserName")} ${capabilities.get("browserVersion")}`;
    },
    close: async () => {
      await browser.quit();
      service.kill();
    },
  };
}

/** @param {string} url */
async function untilAnswering(url) {
  for (let tries = 0; tries < 300; tries++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("WebKitWebDriver does not answer");
}
