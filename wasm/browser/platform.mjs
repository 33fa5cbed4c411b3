/**
 * Which Windows and which browser this is, as far as the browser tells (User-Agent Client Hints; Chrome and Edge, in
 * secure contexts). The browser answers by itself, without a request.
 * @typedef {{brand: string, version: string}} Brand
 * @typedef {{platform?: string, platformVersion?: string, fullVersionList?: Brand[]}} Hints
 */

/** Brands beside the browser's own name: its engine, and the arbitrary one that the specification has browsers add. */
const NOT_THE_BROWSER = /Chromium|Not.?A.?Brand/i;

/** @param {Hints} hints @returns {string} the operating system and, of Windows, its version */
function formatSystem({ platform = "", platformVersion = "" }) {
  if (platform !== "Windows") return platform;
  // Microsoft: 13 and above is Windows 11, 1 to 10 is Windows 10.
  const major = Number.parseInt(platformVersion, 10);
  const name = major >= 13 ? "Windows 11" : major >= 1 ? "Windows 10" : "Windows";
  return `${name} (${platformVersion})`;
}

/** Read the hints. @returns {Promise<{windows: string, browser: string}>} empty where the browser does not tell */
export async function detectPlatform() {
  /** @type {{getHighEntropyValues(hints: string[]): Promise<Hints>} | undefined} */
  const userAgentData = Reflect.get(navigator, "userAgentData");
  const hints = await userAgentData?.getHighEntropyValues(["platformVersion", "fullVersionList"]);
  if (!hints) return { windows: "", browser: "" };
  const brands = hints.fullVersionList ?? [];
  const browser =
    brands.find(({ brand }) => !NOT_THE_BROWSER.test(brand)) ??
    brands.find(({ brand }) => brand === "Chromium");
  return { windows: formatSystem(hints), browser: browser ? `${browser.brand} ${browser.version}` : "" };
}
