/**
 * Answers for the site when the network does not. It asks the network first, always, so nobody sees an old page who
 * could see the new one; what it keeps is one whole build, in parts, which a guide page (kept.mjs) has fetched and
 * checked. It fetches nothing by itself and stores nothing: what a person enters never comes here.
 *
 * The build writes the SHA-256 of each part's list of files into PARTS; the list has that of each file. So a changed byte
 * in the browser's storage, or a file of another build, is not used.
 */
const PARTS = { pages: "pages: written by the build", checker: "checker: written by the build" };

/** @type {ServiceWorkerGlobalScope} */
// @ts-expect-error TypeScript's library knows one kind of worker a file, and calls it by the general one
const worker = self;
const root = worker.registration.scope;
const prefix = `cert-guides ${root} `;
/** @type {Map<string, Record<string, string>>} lists by their hash, once read */
const lists = new Map();

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(dropOtherBuilds()));
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null)
    event.respondWith(fetch(event.request).catch((reason) => kept(event.request, path, reason)));
});

/** One build at a time: the one before goes when this one has taken its place. */
async function dropOtherBuilds() {
  const current = Object.entries(PARTS).map(nameOf);
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && !current.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** @param {[part: string, sha256: string]} part */
function nameOf([part, sha256]) {
  return `${prefix}${part} ${sha256}`;
}

/**
 * @param {Request} request
 * @returns {string | null} the file's path below the site's root, if it may be one
 */
function pathOf(request) {
  const address = new URL(request.url);
  const whole = address.origin + address.pathname;
  if (request.method !== "GET" || !whole.startsWith(root)) return null;
  const path = whole.slice(root.length);
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/**
 * @param {Request} request
 * @param {string} path
 * @param {unknown} reason why the network gave nothing
 */
async function kept(request, path, reason) {
  let any = false;
  for (const part of Object.entries(PARTS)) {
    const name = nameOf(part);
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    const files = await readList(cache, ...part).catch(() => undefined);
    if (files && Object.hasOwn(files, path)) return checked(cache, path, files[path]);
    any ||= files !== undefined;
  }
  // A page that is not among them, such as the checker's: the page of the copy says what is kept.
  if (!any || request.mode !== "navigate") throw reason;
  return Response.redirect(`${root}${path.startsWith("en/") ? "en/" : ""}offline/`);
}

/**
 * @param {Cache} cache
 * @param {string} part
 * @param {string} sha256
 * @returns {Promise<Record<string, string>>}
 */
async function readList(cache, part, sha256) {
  const known = lists.get(sha256);
  if (known) return known;
  const list = await (await checked(cache, `offline/${part}.json`, sha256)).json();
  lists.set(sha256, list);
  return list;
}

/**
 * A kept file, if its bytes are the ones that the build wrote. Its headers, the policy among them, are the server's.
 * @param {Cache} cache
 * @param {string} path
 * @param {string | undefined} expected
 */
async function checked(cache, path, expected) {
  const stored = await cache.match(root + path.replace(/(^|\/)index\.html$/, "$1"));
  if (!stored) throw new TypeError(`not kept: ${path}`);
  const bytes = await stored.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== expected) throw new TypeError(`altered: ${path}`);
  return new Response(bytes, { headers: stored.headers });
}
