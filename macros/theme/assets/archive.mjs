// The page of the offline copy: names the archive that lies beside it. Inside a copy there is none, and it says so.

const place = document.getElementById("archive");
if (place) show(place);

/** @param {HTMLElement} place holds the words for either case, hidden */
async function show(place) {
  const address = `${place.dataset.beside ?? ""}archive.json`;
  const response = await fetch(address, { cache: "no-cache" }).catch(() => null); // no network: it says so elsewhere
  if (!response?.ok) return;
  const { archive } = await response.json();
  /** @type {HTMLElement | null} */
  const words = place.querySelector(archive ? "[data-archive]" : "[data-copy]");
  if (archive) {
    fill("name", archive.name);
    fill("size", `${(archive.size / 1e6).toFixed(1)} MB`);
    fill("sha256", archive.sha256);
    for (const link of place.querySelectorAll("a")) {
      link.href = (place.dataset.beside ?? "") + archive.name + (link.dataset.ending ?? "");
    }
  }
  if (words) words.hidden = false;

  /**
   * @param {string} name
   * @param {string} value
   */
  function fill(name, value) {
    for (const slot of place.querySelectorAll(`[data-slot=${name}]`)) slot.textContent = value;
  }
}
