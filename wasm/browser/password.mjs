/**
 * Asks for a file's password, and helps when it was wrong.
 * @import {Translate} from "./contract.mjs"
 */
import { el, unqueriedForm } from "./dom.mjs";

let forms = 0;

/**
 * What may be wrong with the password that was just tried: what can be seen of it first, then what cannot.
 * @param {string} password
 * @param {boolean} capsLock
 * @returns {string[]} codes of sentences
 */
function hints(password, capsLock) {
  const empty = password === "";
  // NFKC folds full-width letters, digits and signs, which an input method types, into those of the keyboard.
  const fullWidth = password !== password.normalize("NFKC");
  return [
    ...(empty ? ["password.hint.was_empty"] : []),
    ...(fullWidth ? ["password.hint.was_full_width"] : []),
    ...(capsLock ? ["password.hint.caps_lock_on"] : []),
    ...(password !== password.trim() ? ["password.hint.had_spaces"] : []),
    "password.hint.case",
    ...(fullWidth ? [] : ["password.hint.full_width"]),
    ...(empty ? [] : ["password.hint.empty"]),
    "password.hint.which",
  ];
}

/**
 * @param {Translate} t
 * @param {{wrong: string | null, capsLock: boolean}} last the password that did not open the file, if any
 * @param {(password: string, capsLock: boolean) => void} onPassword
 * @returns {{element: HTMLElement, focus: () => void}}
 */
export function passwordForm(t, last, onPassword) {
  const id = `password-${++forms}`;
  let capsLock = false;
  const input = el("input", {
    type: "password",
    id,
    // Of this file only: not one that the browser should keep or fill in.
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": last.wrong === null ? undefined : `${id}-hints`,
    "aria-invalid": last.wrong === null ? undefined : "true",
    onkeyup: (/** @type {KeyboardEvent} */ event) => {
      capsLock = event.getModifierState("CapsLock");
    },
  });
  const show = el(
    "button",
    { type: "button", "aria-pressed": "false", "aria-controls": id },
    t("password.show"),
  );
  show.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    show.setAttribute("aria-pressed", String(shown));
  });
  const element = unqueriedForm(
    {
      class: "password",
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const password = input.value;
        input.value = ""; // the browser keeps the text of a field that is gone
        onPassword(password, capsLock);
      },
    },
    el("label", { for: id }, t("password.label")),
    el(
      "span",
      { class: "row" },
      input,
      show,
      el("button", { class: "button", type: "submit" }, t("password.open")),
    ),
  );
  if (last.wrong !== null) element.append(hintList(t, id, hints(last.wrong, last.capsLock)));
  return { element, focus: () => input.focus() };
}

/** @param {Translate} t @param {string} id @param {string[]} codes */
function hintList(t, id, codes) {
  return el(
    "div",
    { id: `${id}-hints` },
    el("p", {}, t("password.try")),
    el("ul", {}, ...codes.map((code) => el("li", {}, t(code)))),
  );
}
