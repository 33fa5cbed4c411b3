// Values that a page stores on this device. Storage may be forbidden: then they last as long as the page is open.

/** Prefix of the keys of guides that are begun; the guide's reference follows. */
export const BEGUN = "begun:";

/** Read a stored value. @param {string} key @returns {string | null} null where there is none */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Store a value.
 * @param {string} key
 * @param {string | null} value null removes it
 */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // the page itself still has it
  }
}

/** List the keys that begin so. @param {string} prefix @returns {string[]} */
export function listKeys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
