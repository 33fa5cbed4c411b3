/** The page's words, as the server has them in the language that was chosen. */

import { createContext, useCallback, useContext } from "react";

/** @typedef {(code: string, values?: Record<string, string | number>) => string} Say */

/** @type {import("react").Context<Record<string, string>>} */
export const WordsContext = createContext({});

/**
 * Return the function that says words by their codes, with placeholders filled.
 *
 * @returns {Say}
 */
export function useWords() {
  const words = useContext(WordsContext);
  return useCallback(
    (code, values = {}) =>
      (words[code] ?? code).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "")),
    [words],
  );
}
