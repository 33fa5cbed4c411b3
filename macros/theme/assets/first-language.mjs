// An institution's site may open in English (docs/site.yaml, `first_language`). Addresses stay, and that of the Japanese
// start page is the site's root: it leads on whoever comes from elsewhere, and nobody who is on the site already.

/** @type {HTMLAnchorElement | null} */
const link = document.querySelector("a[data-opens-site]");
/** @type {{canGoBack: boolean} | undefined} of the Navigation API: whether a page of this site was before this one */
const entries = Reflect.get(window, "navigation");
// A fragment is an answer that somebody sent, in the language of its address.
if (link && !location.hash && entries?.canGoBack === false) location.replace(link.href);
