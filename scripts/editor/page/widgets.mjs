/** Input fields of the form, by the keywords of the schema that scripts/editor/form_schema.py writes. */

import { createElement as h, useState } from "react";
import { ActionError, request } from "./api.mjs";
import { useWords } from "./words.mjs";

/** @typedef {import("@rjsf/utils").WidgetProps} WidgetProps */

/** Latin letters of a text that fit a line of its field, about; a Japanese one takes the place of two. */
const LINE_LENGTH = 34;

/** @param {string} line */
function measureWidth(line) {
  return Array.from(line).reduce((width, letter) => width + (letter > "\u00ff" ? 2 : 1), 0);
}

/** @param {WidgetProps} props */
export function TextWidget({ id, value, schema, onChange, onBlur, rawErrors, required, registry }) {
  const text = value ?? "";
  const common = {
    id,
    value: text,
    "aria-required": required,
    "aria-invalid": Boolean(rawErrors?.length),
    "aria-describedby": `${id}__help`,
    /** @param {import("react").ChangeEvent<HTMLInputElement | HTMLTextAreaElement>} event */
    onChange: (event) => onChange(event.target.value === "" ? undefined : event.target.value),
    onBlur: () => onBlur(id, text),
  };
  if (schema["x-lines"]) {
    const rows = String(text)
      .split("\n")
      .reduce((sum, line) => sum + 1 + Math.floor(measureWidth(line) / LINE_LENGTH), 0);
    return h("textarea", {
      ...common,
      rows,
      lang: schema["x-language"],
      spellCheck: schema["x-language"] === "en",
    });
  }
  if (schema["x-file"])
    return h(PictureInput, {
      id,
      value: text,
      purpose: schema["x-file"],
      path: registry.formContext.path,
      onChange,
    });
  const suggestions = schema["x-suggestions"];
  const example = /** @type {unknown[] | undefined} */ (schema.examples)?.[0];
  const placeholder =
    typeof example === "string" || typeof example === "number" ? `例: ${example}` : undefined;
  const type = schema.type === "integer" ? "number" : schema.format === "date" ? "date" : "text";
  const input = { ...common, type, placeholder, list: suggestions && `${id}__list` };
  if (!suggestions) return h("input", input);
  const options = Object.entries(suggestions).map(([name, label]) =>
    h("option", { key: name, value: name }, label),
  );
  return h("div", null, h("input", input), h("datalist", { id: `${id}__list` }, options));
}

/**
 * A picture: its name, and a choice of another, which the server encodes anew and writes.
 *
 * @param {object} props
 * @param {string} props.id
 * @param {string} props.value
 * @param {string} props.purpose
 * @param {string} props.path of the document
 * @param {(value: string) => void} props.onChange
 */
function PictureInput({ id, value, purpose, path, onChange }) {
  const say = useWords();
  const [message, setMessage] = useState("");
  /** @param {File | undefined} file */
  async function send(file) {
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    try {
      /** @type {{value: string}} */
      const result = await request(
        "picture",
        { lang: document.documentElement.lang },
        { path, purpose, name: file.name, data },
      );
      setMessage("");
      onChange(result.value);
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      setMessage(say(error.message));
    }
  }
  return h(
    "div",
    null,
    value && h("code", null, value),
    h("input", {
      id,
      type: "file",
      accept: "image/*",
      "aria-label": say("picture"),
      onChange: (/** @type {import("react").ChangeEvent<HTMLInputElement>} */ event) =>
        send(event.target.files?.[0]),
    }),
    message && h("p", { className: "fault" }, message),
  );
}

/** @param {WidgetProps} props */
export function SelectWidget({ id, value, options, onChange, rawErrors }) {
  const say = useWords();
  const known = options.enumOptions ?? [];
  const isUnknown = value !== undefined && !known.some((option) => option.value === value);
  const choices = isUnknown ? [...known, { value, label: String(value) }] : known;
  return h(
    "select",
    {
      id,
      value: value === undefined ? "" : String(value),
      "aria-invalid": Boolean(rawErrors?.length),
      "aria-describedby": `${id}__help`,
      onChange: (/** @type {import("react").ChangeEvent<HTMLSelectElement>} */ event) =>
        onChange(choices.find((option) => String(option.value) === event.target.value)?.value),
    },
    h("option", { value: "" }, say("choose-value")),
    choices.map((option) =>
      h("option", { key: String(option.value), value: String(option.value) }, option.label),
    ),
  );
}

/**
 * A switch that is off where nothing is written, or yes, no and nothing.
 *
 * @param {WidgetProps} props
 */
export function CheckboxWidget(props) {
  const say = useWords();
  if (!props.schema["x-flag"]) {
    const enumOptions = [
      { value: true, label: say("yes") },
      { value: false, label: say("no") },
    ];
    return h(SelectWidget, { ...props, options: { ...props.options, enumOptions } });
  }
  return h("input", {
    id: props.id,
    type: "checkbox",
    checked: props.value === true,
    "aria-describedby": `${props.id}__help`,
    onChange: (/** @type {import("react").ChangeEvent<HTMLInputElement>} */ event) =>
      props.onChange(event.target.checked ? true : undefined),
  });
}
