/**
 * The form for a file's password, with hints where the last one was wrong.
 * @import {Translate} from "./contract.mjs"
 */
import { createElement, createUnqueriedForm } from "./element.mjs";

/** Codes of errors that a password can correct. */
export const NEEDS_PASSWORD = ["password_required", "wrong_password", "forms_untried"];

let formCount = 0;

/**
 * List what may be wrong with a password: what can be seen of it first, then what cannot.
 * @param {string} password
 * @param {boolean} hasCapsLock
 * @returns {string[]} codes of sentences
 */
export function listHints(password, hasCapsLock) {
  const isEmpty = password === "";
  // NFKC folds full-width letters, digits and signs, which an input method types, into those of the keyboard.
  const isFullWidth = password !== password.normalize("NFKC");
  return [
    ...(isEmpty ? ["password.hint.was_empty"] : []),
    ...(isFullWidth ? ["password.hint.was_full_width"] : []),
    ...(hasCapsLock ? ["password.hint.caps_lock_on"] : []),
    ...(password !== password.trim() ? ["password.hint.had_spaces"] : []),
    "password.hint.case",
    ...(isFullWidth ? [] : ["password.hint.full_width"]),
    ...(isEmpty ? [] : ["password.hint.empty"]),
    "password.hint.which",
  ];
}

/**
 * Create the form.
 * @param {Translate} t
 * @param {string[] | null} hints on the last password, codes of sentences; null where there was none
 * @param {(password: string, hasCapsLock: boolean) => void} onPassword
 * @param {string} [label] code of the field's label
 * @returns {{element: HTMLElement, focus: () => void}}
 */
export function createPasswordForm(t, hints, onPassword, label = "password.label") {
  const id = `password-${++formCount}`;
  const isWrong = hints !== null;
  let hasCapsLock = false;
  const input = createElement("input", {
    type: "password",
    class: "cg-field",
    id,
    // Of this file only: not one that the browser should keep or fill in.
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": isWrong ? `${id}-hints` : undefined,
    "aria-invalid": isWrong ? "true" : undefined,
    onkeyup: (/** @type {KeyboardEvent} */ event) => {
      hasCapsLock = event.getModifierState("CapsLock");
    },
  });
  const toggle = createElement(
    "button",
    { type: "button", class: "cg-button", "aria-pressed": "false", "aria-controls": id },
    t("password.show"),
  );
  toggle.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(isShown));
  });
  const element = createUnqueriedForm(
    {
      class: "check-password",
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const password = input.value;
        input.value = ""; // the browser keeps the text of a field that is gone
        onPassword(password, hasCapsLock);
      },
    },
    createElement("label", { for: id }, t(label)),
    createElement(
      "span",
      { class: "check-row" },
      input,
      toggle,
      createElement("button", { class: "cg-button cg-button-primary", type: "submit" }, t("password.open")),
    ),
  );
  if (hints) element.append(renderHints(t, id, hints));
  return { element, focus: () => input.focus() };
}

/** @param {Translate} t @param {string} id of the field @param {string[]} codes */
function renderHints(t, id, codes) {
  return createElement(
    "div",
    { id: `${id}-hints` },
    createElement("p", {}, t("password.try")),
    createElement("ul", {}, ...codes.map((code) => createElement("li", {}, t(code)))),
  );
}
