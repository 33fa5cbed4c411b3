/**
 * The page in its other language, without leaving it: another page would be without the result, and the page has given up its
 * requests. Before that, the page that the link leads to is fetched as a document; later a press on the link exchanges all
 * but the checker with that document, and the address with its own. So Back and Reload do what they would do otherwise.
 */

const LINK = "header a[hreflang]";

/** @param {Document} page @returns {HTMLElement} @throws {Error} the page has no checker: a fault of the build */
function findChecker(page) {
  const checker = page.getElementById("checker");
  if (!checker) throw new Error("the page has no #checker");
  return checker;
}

/** @returns {HTMLAnchorElement | null} the link to the page in the other language */
const findLink = () => document.querySelector(LINK);

/**
 * Fetch a page as a document. The browser parses it for this request, and runs nothing of it; parsing a text would be a sink
 * of Trusted Types.
 * @param {string} address
 * @returns {Promise<Document | null>} null where it does not come: then the link leads there as any other
 */
function fetchDocument(address) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("loadend", () => {
      const { response, status } = request;
      const isPage = status === 200 && response instanceof Document && response.getElementById("checker");
      resolve(isPage ? response : null);
    });
    request.send();
  });
}

export class PageLanguage {
  /** @type {Document | null} the page in the language that is not shown */ #twin = null;
  #path = location.pathname;
  #onChange;

  /** @param {(page: Document) => void} onChange is told the document whose texts show now, before they do */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Fetch the twin, while the page may still request something. */
  async load() {
    const link = findLink();
    this.#twin = link && (await fetchDocument(link.href));
  }

  /** Exchange in place from now on; before, and without the twin, the link is followed. */
  enable() {
    if (!this.#twin) return;
    document.addEventListener("click", (event) => this.#take(event));
    window.addEventListener("popstate", () => {
      if (location.pathname !== this.#path) this.#exchange();
    });
  }

  /** @param {MouseEvent} event */
  #take(event) {
    const { target, button, ctrlKey, metaKey, shiftKey } = event;
    const link = target instanceof Element ? target.closest(LINK) : null;
    if (!(link instanceof HTMLAnchorElement) || button !== 0 || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    this.#exchange();
    findLink()?.focus();
  }

  #exchange() {
    const twin = this.#twin;
    if (!twin) return;
    this.#onChange(twin);
    this.#path = location.pathname;
    const { hash } = location;
    const [checker, other] = [findChecker(document), findChecker(twin)];
    keepState(document, twin);
    // The checker itself stays in this document, with its listeners and what is typed in it.
    const place = document.createElement("div");
    checker.replaceWith(place);
    const mine = [...document.body.childNodes];
    document.body.replaceChildren(...twin.body.childNodes);
    twin.body.replaceChildren(...mine);
    other.replaceWith(checker);
    place.replaceWith(other);
    [document.title, twin.title] = [twin.title, document.title];
    const { lang } = document.documentElement;
    document.documentElement.lang = twin.documentElement.lang;
    twin.documentElement.lang = lang;
    const link = findLink();
    if (link) link.hash = hash;
  }
}

/** Keep what is unfolded, and which notices show. @param {Document} from @param {Document} to */
function keepState(from, to) {
  for (const details of from.querySelectorAll("details[id]")) {
    const twin = to.getElementById(details.id);
    if (details instanceof HTMLDetailsElement && twin) twin.toggleAttribute("open", details.open);
  }
  const notices = to.querySelectorAll(".freshness-notice, .site-notice");
  for (const [i, notice] of [...from.querySelectorAll(".freshness-notice, .site-notice")].entries())
    notices[i]?.toggleAttribute("hidden", notice.hasAttribute("hidden"));
}
