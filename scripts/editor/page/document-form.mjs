/** A document in its form: save, check, and mistakes at their fields. */

import Form from "@rjsf/core/lib/components/Form.js";
import { createElement as h, useEffect, useMemo, useRef, useState } from "react";
import { ActionError, request } from "./api.mjs";
import {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  FieldTemplate,
  ObjectFieldTemplate,
} from "./templates.mjs";
import { CheckboxWidget, SelectWidget, TextWidget } from "./widgets.mjs";
import { useWords } from "./words.mjs";

/** @typedef {(string | number)[]} Path */

/**
 * A mistake; `path` leads to its field, `isHere` tells whether it is in this document.
 *
 * @typedef {{file: string, path: Path, message: string, place: string, isHere: boolean}} Problem
 */

/** @typedef {{path: string, page: string, schema: any, data: any, digest: string}} OpenedDocument */

/**
 * What the form's parts know of the whole.
 *
 * @typedef {object} FormContext
 * @property {string} language
 * @property {string} path of the document
 * @property {(path: Path) => any} getValue
 * @property {(path: Path) => boolean} hasProblem whether one is at the field or inside it
 * @property {(id: string) => void} showStep
 */

const templates = { FieldTemplate, ObjectFieldTemplate, ArrayFieldTemplate, ArrayFieldItemTemplate };
const widgets = { TextWidget, SelectWidget, CheckboxWidget, DateWidget: TextWidget };
/** Nothing is filled in that nobody wrote. */
const defaults = {
  emptyObjectFields: /** @type {const} */ ("skipDefaults"),
  arrayMinItems: { populate: /** @type {const} */ ("never") },
};
/** The model judges, on the server. */
const validator = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
};

/**
 * @param {Problem[]} problems
 * @returns {any} in the form that the library takes
 */
function nestProblems(problems) {
  /** @type {any} */
  const root = {};
  for (const { path, message } of problems) {
    let node = root;
    for (const part of path) node = node[part] ??= {};
    node.__errors = [...(node.__errors ?? []), message];
  }
  return root;
}

/**
 * @param {Path} path
 * @param {Path} inner
 */
function startsWith(inner, path) {
  return path.every((part, index) => inner[index] === part);
}

/**
 * @param {object} props
 * @param {OpenedDocument} props.opened
 * @param {string} props.language
 * @param {(isDirty: boolean) => void} props.onDirty
 * @param {() => void} props.onSaved
 * @param {(id: string) => void} props.showStep
 * @param {(path: string) => void} props.onOpen
 */
export function DocumentForm({ opened, language, onDirty, onSaved, showStep, onOpen }) {
  const say = useWords();
  const [data, setData] = useState(opened.data);
  const [digest, setDigest] = useState(opened.digest);
  const [message, setMessage] = useState("");
  const [problems, setProblems] = useState(/** @type {Problem[]} */ ([]));
  const current = useRef(data);
  current.current = data;
  const here = problems.filter((problem) => problem.isHere);
  const elsewhere = problems.filter((problem) => !problem.isHere);
  const form = useRef(/** @type {HTMLDivElement | null} */ (null));
  const errors = useMemo(() => nestProblems(problems.filter((problem) => problem.isHere)), [problems]);
  useEffect(() => {
    if (problems.length) form.current?.querySelector(".field-wrong")?.scrollIntoView({ block: "center" });
  }, [problems]);

  /** @type {FormContext} */
  const context = {
    language,
    path: opened.path,
    getValue: (path) => path.reduce((/** @type {any} */ value, part) => value?.[part], current.current),
    hasProblem: (path) => here.some((problem) => startsWith(problem.path, path)),
    showStep,
  };

  /** @param {"check" | "save"} action */
  async function send(action) {
    setMessage("");
    try {
      /** @type {{problems: Problem[], digest?: string}} */
      const result = await request(
        action,
        { lang: language },
        { path: opened.path, data: current.current, digest },
      );
      setProblems(result.problems);
      if (result.problems.length) {
        setMessage(say("problems", { count: result.problems.length }));
      } else if (action === "save" && result.digest) {
        setDigest(result.digest);
        setMessage(say("saved"));
        onDirty(false);
        onSaved();
      } else {
        setMessage(say("no-problems"));
      }
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      setMessage(say(error.message));
    }
  }

  /** @param {any} changed */
  function change(changed) {
    setData(changed);
    onDirty(true);
  }

  const canBeDraft = "draft" in (opened.schema.properties ?? {});
  return h(
    "div",
    { className: "document", ref: form },
    h(
      "div",
      { className: "toolbar" },
      h("button", { type: "button", className: "main", onClick: () => send("save") }, say("save")),
      h("button", { type: "button", onClick: () => send("check") }, say("check")),
      canBeDraft &&
        h(
          "select",
          {
            className: "draft",
            "aria-label": say("draft"),
            value: data.draft === true ? "draft.on" : "draft.off",
            onChange: (/** @type {import("react").ChangeEvent<HTMLSelectElement>} */ event) => {
              const { draft: _, ...others } = data;
              change(event.target.value === "draft.on" ? { ...others, draft: true } : others);
            },
          },
          ["draft.off", "draft.on"].map((code) => h("option", { key: code, value: code }, say(code))),
        ),
      h("output", { className: problems.length ? "wrong" : "" }, message),
    ),
    elsewhere.length > 0 &&
      h(
        "section",
        { className: "elsewhere" },
        h("h3", null, say("elsewhere")),
        h(
          "ul",
          null,
          elsewhere.map((problem) =>
            h(
              "li",
              { key: `${problem.file} ${problem.place} ${problem.message}` },
              h("button", { type: "button", onClick: () => onOpen(problem.file) }, problem.file),
              ` ${problem.place}: ${problem.message}`,
            ),
          ),
        ),
      ),
    here.some((problem) => problem.path.length === 0) &&
      h(
        "ul",
        { className: "problems" },
        here
          .filter((problem) => !problem.path.length)
          .map((problem) => h("li", { key: problem.message }, problem.message)),
      ),
    h(
      Form,
      {
        schema: opened.schema,
        formData: data,
        validator,
        templates,
        widgets,
        formContext: context,
        extraErrors: errors,
        noHtml5Validate: true,
        showErrorList: false,
        experimental_defaultFormStateBehavior: defaults,
        onChange: (event) => change(event.formData),
        tagName: "div",
      },
      h("span"),
    ),
  );
}
