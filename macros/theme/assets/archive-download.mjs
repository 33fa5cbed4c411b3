// The page /offline/: names the archive that lies beside it. A page of the archive has none, and says so.

const container = document.getElementById("archive");
if (container) showArchive(container);

/** @param {HTMLElement} container holds the words for either case, hidden */
async function showArchive(container) {
  const directory = container.dataset.beside ?? "";
  const response = await fetch(`${directory}archive.json`, { cache: "no-cache" }).catch(() => null);
  if (!response?.ok) return; // without a network, browser-copy.mjs says so
  const { archive } = await response.json();
  /** @type {HTMLElement | null} */
  const words = container.querySelector(archive ? "[data-archive]" : "[data-copy]");
  if (archive) {
    fillSlots("name", archive.name);
    fillSlots("size", `${(archive.size / 1e6).toFixed(1)} MB`);
    fillSlots("sha256", archive.sha256);
    for (const link of container.querySelectorAll("a")) {
      link.href = directory + archive.name + (link.dataset.ending ?? "");
    }
  }
  if (words) words.hidden = false;

  /**
   * @param {string} name
   * @param {string} value
   */
  function fillSlots(name, value) {
    for (const slot of container.querySelectorAll(`[data-slot=${name}]`)) slot.textContent = value;
  }
}
