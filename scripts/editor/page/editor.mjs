/** The form's page: the list of documents, one of them in its form, and the site beside it. */

import { createElement as h, useCallback, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { ActionError, request } from "./api.mjs";
import { ChangesPanel } from "./changes-panel.mjs";
import { DocumentForm } from "./document-form.mjs";
import { DocumentList } from "./document-list.mjs";
import { useWords, WordsContext } from "./words.mjs";

/** @typedef {import("./document-form.mjs").OpenedDocument} OpenedDocument */
/** @typedef {{words: Record<string, string>, documents: import("./document-list.mjs").Entry[], preview: string, changed: number}} Start */

const LANGUAGE_KEY = "editor-language";

function Editor() {
  const [language, setLanguage] = useState(localStorage.getItem(LANGUAGE_KEY) === "en" ? "en" : "ja");
  const [start, setStart] = useState(/** @type {Start | null} */ (null));
  const [fault, setFault] = useState("");
  const refresh = useCallback(async () => {
    try {
      setStart(await request("start", { lang: language }));
      setFault("");
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      setFault(error.message);
    }
  }, [language]);
  useEffect(() => {
    localStorage.setItem(LANGUAGE_KEY, language);
    document.documentElement.lang = language;
    refresh();
  }, [language, refresh]);
  useEffect(() => {
    if (start) document.title = start.words.title ?? "";
  }, [start]);
  if (!start) return fault ? h("p", { className: "fault" }, FAULTS[fault] ?? fault) : null;
  return h(
    WordsContext.Provider,
    { value: start.words },
    h(Desk, { key: language, start, language, setLanguage, refresh }),
  );
}

/** What is said before the server has given any words. @type {Record<string, string>} */
const FAULTS = {
  "error.connection": "サーバーにつながりません。scripts/edit を始め直します。 / Start scripts/edit again.",
  "error.refused":
    "scripts/edit が表示したアドレスを開きます。 / Open the address that scripts/edit has printed.",
};

/**
 * @param {object} props
 * @param {Start} props.start
 * @param {string} props.language
 * @param {(language: string) => void} props.setLanguage
 * @param {() => void} props.refresh
 */
function Desk({ start, language, setLanguage, refresh }) {
  const say = useWords();
  const [opened, setOpened] = useState(/** @type {OpenedDocument | null} */ (null));
  const [view, setView] = useState(/** @type {"form" | "changes"} */ ("form"));
  const [isDirty, setDirty] = useState(false);
  const [isEnglish, setEnglish] = useState(language === "en");
  const [step, setStep] = useState("");
  const [message, setMessage] = useState("");

  useEffect(() => {
    const warn = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault();
    if (isDirty) addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isDirty]);

  const mayLeave = () => !isDirty || confirm(say("leave"));

  /** @param {string} path */
  async function open(path) {
    if (!mayLeave()) return;
    try {
      setOpened(await request("document", { path, lang: language }));
      setMessage("");
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      setOpened(null);
      setMessage(say(error.message));
    }
    setDirty(false);
    refresh();
    setStep("");
    setView("form");
  }

  const page = `${start.preview}${isEnglish ? "en/" : ""}${opened?.page ?? ""}${step && `#${step}`}`;
  return h(
    "div",
    { className: "desk" },
    h(
      "header",
      null,
      h("h1", null, say("title")),
      isDirty && h("span", { className: "unsaved" }, say("unsaved")),
      h(
        "button",
        { type: "button", className: "record", onClick: () => setView(view === "form" ? "changes" : "form") },
        view === "form" ? `${say("changes")}${start.changed ? ` (${start.changed})` : ""}` : say("back"),
      ),
      h(
        "button",
        {
          type: "button",
          className: "language",
          onClick: () => mayLeave() && setLanguage(language === "ja" ? "en" : "ja"),
        },
        say("language"),
      ),
    ),
    h(DocumentList, { documents: start.documents, chosen: opened?.path ?? "", onChoose: open }),
    h(
      "main",
      null,
      message && h("p", { className: "fault" }, message),
      view === "changes" && h(ChangesPanel, { language, onDone: refresh }),
      view === "form" && !opened && !message && h("p", null, say("choose")),
      opened &&
        h(
          "div",
          { hidden: view !== "form" },
          h("h2", null, h("code", null, opened.path)),
          h(DocumentForm, {
            key: `${opened.path} ${opened.digest}`,
            opened,
            language,
            onDirty: setDirty,
            onSaved: refresh,
            showStep: setStep,
            onOpen: open,
          }),
        ),
    ),
    start.preview &&
      h(
        "aside",
        null,
        h(
          "div",
          { className: "toolbar" },
          h("b", null, say("preview")),
          h(
            "label",
            null,
            h("input", {
              type: "checkbox",
              checked: isEnglish,
              onChange: (/** @type {import("react").ChangeEvent<HTMLInputElement>} */ event) =>
                setEnglish(event.target.checked),
            }),
            say("preview.language"),
          ),
        ),
        h("iframe", { src: page, title: say("preview") }),
      ),
  );
}

const root = document.getElementById("editor");
if (root) createRoot(root).render(h(Editor));
