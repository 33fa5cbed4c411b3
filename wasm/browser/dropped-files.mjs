/**
 * Files out of folders that were dropped: those that are named like certificates, in the order of their paths, and no more
 * than are taken at once.
 */

/** Files and folders that are looked at in a drop; a whole disk ends there. */
const ENTRIES_LOOKED_AT = 20_000;

/**
 * @typedef {object} DroppedFiles
 * @property {File[]} files those to take; of a folder, each under its path
 * @property {number} beyond files named like certificates that are more than are taken
 * @property {number} others files in folders that are named otherwise, and are not read
 * @property {boolean} isCut whether there was more than is looked at
 * @property {boolean} hasFolder whether any folder was dropped
 */

/**
 * Collect the dropped files. It has to be called while the drop is handled: later the list of items is empty.
 * @param {DataTransfer | null} transfer
 * @param {number} allowed files that are taken at once
 * @param {string[]} suffixes of names of files to read in folders
 * @returns {Promise<DroppedFiles>}
 */
export async function collectDroppedFiles(transfer, allowed, suffixes) {
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some((entry) => entry.isDirectory)) {
    return { files: [...(transfer?.files ?? [])], beyond: 0, others: 0, isCut: false, hasFolder: false };
  }
  const { found, others, isCut } = await walk(entries, suffixes);
  found.sort((a, b) => (a.fullPath < b.fullPath ? -1 : 1));
  const files = await Promise.all(found.slice(0, allowed).map(readFile));
  return {
    files: files.filter((file) => file !== null),
    beyond: Math.max(0, found.length - allowed),
    others,
    isCut,
    hasFolder: true,
  };
}

/**
 * Walk through folders, the nearest first.
 * @param {FileSystemEntry[]} entries dropped
 * @param {string[]} suffixes
 */
async function walk(entries, suffixes) {
  const dropped = new Set(entries);
  const queue = [...entries];
  /** @type {FileSystemFileEntry[]} */
  const found = [];
  let others = 0;
  let looked = 0;
  for (const entry of queue) {
    looked += 1;
    if (looked > ENTRIES_LOOKED_AT) break;
    if (entry.isDirectory) {
      queue.push(...(await listFolder(/** @type {FileSystemDirectoryEntry} */ (entry))));
    } else if (dropped.has(entry) || suffixes.some((suffix) => entry.name.toLowerCase().endsWith(suffix))) {
      found.push(/** @type {FileSystemFileEntry} */ (entry));
    } else {
      others += 1;
    }
  }
  return { found, others, isCut: looked > ENTRIES_LOOKED_AT };
}

/**
 * List a folder, which a browser does in portions until one is empty. One that cannot be opened counts as empty.
 * @param {FileSystemDirectoryEntry} folder
 * @returns {Promise<FileSystemEntry[]>}
 */
async function listFolder(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const entries = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const portion = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (portion.length === 0 || entries.length > ENTRIES_LOOKED_AT) return entries;
    entries.push(...portion);
  }
}

/** Get a file under its path: two folders may have files of one name. @param {FileSystemFileEntry} entry @returns {Promise<File | null>} */
const readFile = (entry) =>
  new Promise((resolve) => {
    entry.file(
      (file) => resolve(new File([file], entry.fullPath.replace(/^\//, ""))),
      () => resolve(null),
    );
  });
