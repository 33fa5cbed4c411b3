/**
 * Which Windows and which browser this is, as far as the browser tells (User-Agent Client Hints; Chrome and Edge, in
 * secure contexts). Nobody is asked for it over the network.
 * @typedef {{brand: string, version: string}} Brand
 * @typedef {{platform?: string, platformVersion?: string, fullVersionList?: Brand[]}} Hints
 */

/** Brands that stand beside the browser's own name: its engine, and one that is made up on purpose. */
const NO_BROWSER = /Chromium|Not.?A.?Brand/i;

/** @param {Hints} hints @returns {string} */
function platform({ platform = "", platformVersion = "" }) {
  if (platform !== "Windows") return platform;
  // Microsoft: 13 and above is Windows 11, 1 to 10 is Windows 10.
  const major = Number.parseInt(platformVersion, 10);
  const name = major >= 13 ? "Windows 11" : major >= 1 ? "Windows 10" : "Windows";
  return `${name} (${platformVersion})`;
}

/** @returns {Promise<{windows: string, browser: string}>} empty where the browser does not tell */
export async function system() {
  /** @type {{getHighEntropyValues(hints: string[]): Promise<Hints>} | undefined} */
  const told = Reflect.get(navigator, "userAgentData");
  const hints = await told?.getHighEntropyValues(["platformVersion", "fullVersionList"]);
  if (!hints) return { windows: "", browser: "" };
  const brands = hints.fullVersionList ?? [];
  const own =
    brands.find(({ brand }) => !NO_BROWSER.test(brand)) ?? brands.find(({ brand }) => brand === "Chromium");
  return { windows: platform(hints), browser: own ? `${own.brand} ${own.version}` : "" };
}
