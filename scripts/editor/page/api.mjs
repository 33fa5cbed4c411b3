/** The form's server: JSON requests with the token of this page's address. */

/** What the server could not do, in words to show. */
export class ActionError extends Error {}

/** @typedef {Record<string, unknown>} Json */

/**
 * Ask for something, or have something done.
 *
 * @template T
 * @param {string} action
 * @param {Record<string, string>} query
 * @param {Json} [body] what is to be done; without it nothing is written
 * @returns {Promise<T>}
 * @throws {ActionError} with the server's words, or the code of the page's own
 */
export async function request(action, query, body) {
  const token = location.hash.slice(1);
  /** @type {RequestInit} */
  const options = { headers: { "X-Editor-Token": token, "Content-Type": "application/json" } };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  const response = await fetch(`/api/${action}?${new URLSearchParams(query)}`, options).catch(
    () => undefined,
  );
  if (!response) throw new ActionError("error.connection");
  if (response.status === 403) throw new ActionError("error.refused");
  const result = await response.json();
  if (!response.ok) throw new ActionError(result.error || `${response.status}`);
  return result;
}
