/** How the form lays out fields, groups and lists. */

import { canExpand } from "@rjsf/utils";
import { createElement as h, useState } from "react";
import { useWords } from "./words.mjs";

/** @typedef {import("./document-form.mjs").FormContext} FormContext */

/** Lists whose entries have at most so many fields show them at once. */
const FIELDS_AT_ONCE = 3;

/** @param {unknown} value */
function isEmpty(value) {
  return value == null || value === "" || (typeof value === "object" && Object.values(value).every(isEmpty));
}

/** @param {import("@rjsf/utils").FieldTemplateProps} props */
export function FieldTemplate({
  id,
  label,
  schema,
  required,
  rawDescription,
  rawErrors = [],
  hidden,
  children,
}) {
  const say = useWords();
  if (hidden) return h("div", { hidden: true }, children);
  const isGroup = schema.type === "object" || schema.type === "array";
  const errors = [...new Set(rawErrors)].map((error) => h("li", { key: error }, error));
  const isEntry = /_\d+$/.test(id);
  return h(
    "div",
    {
      className: `field${errors.length ? " field-wrong" : ""}`,
      "data-field": id,
      "data-kind": schema["x-flag"] ? "flag" : schema.type,
    },
    !isGroup &&
      !isEntry &&
      h("label", { htmlFor: id }, label, required && h("span", { className: "required" }, say("required"))),
    !isGroup && rawDescription && h("small", { id: `${id}__help`, className: "help" }, rawDescription),
    children,
    errors.length > 0 && h("ul", { className: "problems", role: "alert" }, errors),
  );
}

/** @param {import("@rjsf/utils").ObjectFieldTemplateProps} props */
export function ObjectFieldTemplate({
  fieldPathId,
  title,
  description,
  properties,
  schema,
  formData,
  uiSchema,
  onAddProperty,
  registry,
  required,
}) {
  const say = useWords();
  const [first] = useState(
    () => new Set(properties.filter(({ name }) => !isEmpty(formData?.[name])).map(({ name }) => name)),
  );
  const [isOpen, setOpen] = useState(false);
  /** @type {FormContext} */
  const context = registry.formContext;
  const isRoot = fieldPathId.path.length === 0;
  const hasTitle = typeof fieldPathId.path.at(-1) === "string";
  const isText = properties.length === 2 && properties[0]?.name === "ja" && properties[1]?.name === "en";
  const shown = properties.filter(({ name }) => !(isRoot && name === "draft"));
  const isNeeded = (/** @type {string} */ name) =>
    isText ||
    first.has(name) ||
    schema["x-first"]?.includes(name) ||
    context.hasProblem([...fieldPathId.path, name]);
  const needed = shown.filter(({ name }) => isNeeded(name));
  const others = shown.filter(({ name }) => !isNeeded(name));
  const isSmall = shown.length <= FIELDS_AT_ONCE;
  const content = isSmall ? shown : needed;
  return h(
    "fieldset",
    { className: isText ? "text" : "group" },
    hasTitle && h("legend", null, title, required && h("span", { className: "required" }, say("required"))),
    hasTitle && description && h("small", { className: "help" }, description),
    h(
      "div",
      { className: isText ? "languages" : "fields" },
      content.map((property) => property.content),
    ),
    canExpand(schema, uiSchema, formData) &&
      h("button", { type: "button", onClick: onAddProperty }, say("add", { name: title })),
    !isSmall &&
      others.length > 0 &&
      h(
        "details",
        {
          className: "more",
          open: isOpen,
          onToggle: (/** @type {import("react").SyntheticEvent<HTMLDetailsElement>} */ event) => {
            if (event.target === event.currentTarget) setOpen(event.currentTarget.open);
          },
        },
        h("summary", null, say("more", { count: others.length })),
        isOpen && others.map((property) => property.content),
      ),
  );
}

/** @param {import("@rjsf/utils").ArrayFieldTemplateProps} props */
export function ArrayFieldTemplate({ title, items, onAddClick, schema, required }) {
  const say = useWords();
  return h(
    "fieldset",
    { className: "list" },
    h("legend", null, title, required && h("span", { className: "required" }, say("required"))),
    schema.description && h("small", { className: "help" }, schema.description),
    h("div", { className: "entries" }, items),
    h("button", { type: "button", className: "add", onClick: onAddClick }, say("add", { name: title })),
  );
}

/** @param {import("@rjsf/utils").ArrayFieldItemTemplateProps} props */
export function ArrayFieldItemTemplate({ children, buttonsProps, index, schema, registry }) {
  const say = useWords();
  /** @type {FormContext} */
  const context = registry.formContext;
  const { path } = buttonsProps.fieldPathId;
  const value = context.getValue(path);
  const isLarge = Object.keys(schema.properties ?? {}).length > FIELDS_AT_ONCE;
  const [isOpen, setOpen] = useState(isEmpty(value));
  const hasProblem = context.hasProblem(path);
  const buttons = h(
    "span",
    { className: "entry-buttons" },
    h(
      "button",
      { type: "button", disabled: !buttonsProps.hasMoveUp, onClick: buttonsProps.onMoveUpItem },
      say("up"),
    ),
    h(
      "button",
      { type: "button", disabled: !buttonsProps.hasMoveDown, onClick: buttonsProps.onMoveDownItem },
      say("down"),
    ),
    h("button", { type: "button", onClick: buttonsProps.onAddItem }, say("add.here")),
    h("button", { type: "button", className: "remove", onClick: buttonsProps.onRemoveItem }, say("remove")),
  );
  if (!isLarge) return h("div", { className: "entry entry-small" }, children, buttons);
  return h(
    "details",
    {
      className: `entry${hasProblem ? " entry-wrong" : ""}`,
      open: isOpen || hasProblem,
      onToggle: (/** @type {import("react").SyntheticEvent<HTMLDetailsElement>} */ event) => {
        if (event.target !== event.currentTarget) return;
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open && typeof value?.id === "string") context.showStep(value.id);
      },
    },
    h(
      "summary",
      null,
      h("b", null, index + 1),
      " ",
      nameEntry(value, context.language, schema) || say("entry", { number: index + 1 }),
    ),
    buttons,
    (isOpen || hasProblem) && children,
  );
}

/** Fields that name an entry, in the order in which they are looked for. */
const NAMES = [
  "title",
  "about",
  "name",
  "text",
  "sees",
  "label",
  "says",
  "what",
  "short",
  "situation",
  "id",
  "field",
];

/**
 * Name an entry by its own words; a step that is used from elsewhere, as it is called there.
 *
 * @param {any} value
 * @param {string} language
 * @param {import("@rjsf/utils").RJSFSchema} schema
 * @returns {string}
 */
function nameEntry(value, language, schema) {
  if (typeof value !== "object" || value === null) return "";
  const parts = /** @type {any} */ (schema.properties?.use)?.["x-suggestions"];
  if (value.use && !value.title) return parts?.[value.use] ?? value.use;
  for (const name of NAMES) {
    const words = value[name];
    if (typeof words === "string" && words) return words;
    if (words?.[language] || words?.ja) return words[language] || words.ja;
  }
  return String(Object.values(value).find((words) => typeof words === "string") ?? "");
}
