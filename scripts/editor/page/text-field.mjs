/** A line of text with its label. */

import { createElement as h } from "react";
import { useWords } from "./words.mjs";

/**
 * @param {object} props
 * @param {string} props.code of the label's words, and the field's name
 * @param {string} props.value
 * @param {(value: string) => void} props.onInput
 */
export function TextField({ code, value, onInput }) {
  const say = useWords();
  const onChange = (/** @type {import("react").ChangeEvent<HTMLInputElement>} */ event) =>
    onInput(event.target.value);
  return h("label", null, say(code), h("input", { name: code, value, onChange }));
}
