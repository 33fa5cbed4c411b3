/**
 * Keeps a copy of this build for the time without a network. The page fetches it, not the service worker: what a page
 * fetches ends when the person leaves it, so nothing is still under way on the checker's page, which does not load
 * this module. Every file is compared with the build's list; the list comes last, and says that the copy is whole.
 */

const root = new URL("../../", import.meta.url).href;
const prefix = `cert-guides ${root} `;
const LIST = "offline/files.json";
// At a time: what the person clicks comes first.
const AT_ONCE = 2;

// Service workers, caches and digests exist in secure contexts only (https, localhost).
if ("serviceWorker" in navigator && "caches" in globalThis && crypto.subtle) {
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

function start() {
  // A full disk, a broken line, another tab at the same work: the next page tries again.
  navigator.locks.request(prefix, { ifAvailable: true }, (lock) => (lock ? keep() : null)).catch(() => {});
}

async function keep() {
  const { version } = await (await answer("offline/version.json", "no-cache")).json();
  if (version === null) return forget();
  if (Reflect.get(navigator, "connection")?.saveData) return;
  const cache = await caches.open(prefix + version);
  if (!(await cache.match(root + LIST))) await fill(cache, version);
  // The version in the address makes the browser look at once; "all" lets it take the script from its own cache.
  const options = /** @type {const} */ ({ scope: root, updateViaCache: "all" });
  await navigator.serviceWorker.register(`${root}service-worker.js?${version}`, options);
}

/** For a preview of unfinished work, and to be rid of it all. */
async function forget() {
  const registration = await navigator.serviceWorker.getRegistration(root);
  if (registration?.scope === root) await registration.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/**
 * @param {Cache} cache
 * @param {string} version
 */
async function fill(cache, version) {
  const list = await checked(await answer(LIST, "no-cache"), version);
  /** @type {Record<string, string>} */
  const files = await list.clone().json();
  const todo = Object.entries(files);
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== prefix + version);
  const before = await Promise.all(others.map((name) => caches.open(name)));
  const work = async () => {
    for (let next = todo.pop(); next; next = todo.pop()) await take(cache, before, ...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await cache.put(root + LIST, list);
}

/**
 * One file into the copy: from an earlier attempt, from the build before, from the network.
 * @param {Cache} cache
 * @param {Cache[]} before
 * @param {string} path
 * @param {string} sha256
 */
async function take(cache, before, path, sha256) {
  const address = path.replace(/(^|\/)index\.html$/, "$1");
  if (await cache.match(root + address)) return;
  for (const other of before) {
    const stored = await other.match(root + address);
    const same = stored && (await checked(stored, sha256).catch(() => undefined));
    if (same) return cache.put(root + address, same);
  }
  await cache.put(root + address, await checked(await answer(address, "default"), sha256));
}

/**
 * @param {string} path
 * @param {RequestCache} cache
 */
async function answer(path, cache) {
  const response = await fetch(root + path, { cache });
  if (!response.ok || response.redirected) throw new TypeError(`${path}: ${response.status}`);
  return response;
}

/**
 * @param {Response} response
 * @param {string} sha256
 */
async function checked(response, sha256) {
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== sha256) throw new TypeError("not a file of this build");
  return new Response(bytes, { headers: response.headers });
}
