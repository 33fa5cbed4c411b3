/** Input fields of the form, by the keywords of the schema that scripts/editor/form_schema.py writes. */

import { createElement as h } from "react";
import { useWords } from "./words.mjs";

/** @typedef {import("@rjsf/utils").WidgetProps} WidgetProps */

/** Letters of a text that fit a line of its field, about. */
const LINE_LENGTH = 34;

/** @param {WidgetProps} props */
export function TextWidget({ id, value, schema, onChange, onBlur, rawErrors, required }) {
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
      .reduce((sum, line) => sum + 1 + Math.floor(line.length / LINE_LENGTH), 0);
    return h("textarea", {
      ...common,
      rows,
      lang: schema["x-language"],
      spellCheck: schema["x-language"] === "en",
    });
  }
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
