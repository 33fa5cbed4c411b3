/** The list of documents, by the folder that they are in. */

import { createElement as h, useState } from "react";
import { ActionError, request } from "./api.mjs";
import { TextField } from "./text-field.mjs";
import { useWords } from "./words.mjs";

/** @typedef {{path: string, kind: string, folder: string, title: string, changed: boolean}} Entry */

/**
 * @param {object} props
 * @param {Entry[]} props.documents
 * @param {string} props.chosen
 * @param {(path: string) => void} props.onChoose
 */
export function DocumentList({ documents, chosen, onChoose }) {
  const say = useWords();
  const folders = [...new Set(documents.map((entry) => entry.folder))];
  const nameFolder = (/** @type {string} */ folder) => {
    const authority = documents.find((entry) => entry.folder === folder && entry.kind === "authority");
    return authority?.title ?? say(folder ? "documents.shared" : "documents.site");
  };
  const nameKind = (/** @type {Entry} */ entry) => {
    if (entry.kind === "guide" || entry.kind === "site") return entry.title;
    if (entry.kind === "parts") return `${say("kind.parts")}: ${entry.title}`;
    return entry.kind === "authority" || entry.kind === "answers" ? say(`kind.${entry.kind}`) : entry.title;
  };
  return h(
    "nav",
    { "aria-label": say("documents") },
    folders.map((folder) =>
      h(
        "details",
        { key: folder, open: chosen === "" ? undefined : chosen.startsWith(`${folder}/`) || undefined },
        h("summary", null, nameFolder(folder)),
        h(
          "ul",
          null,
          documents
            .filter((entry) => entry.folder === folder)
            .map((entry) =>
              h(
                "li",
                { key: entry.path },
                h(
                  "button",
                  {
                    type: "button",
                    "aria-current": entry.path === chosen ? "true" : undefined,
                    "data-path": entry.path,
                    onClick: () => onChoose(entry.path),
                  },
                  nameKind(entry),
                  entry.changed && h("small", { className: "changed" }, say("changed")),
                ),
              ),
            ),
        ),
        folder !== "" && h(NewGuide, { folder, onAdded: onChoose }),
      ),
    ),
  );
}

/**
 * @param {object} props
 * @param {string} props.folder
 * @param {(path: string) => void} props.onAdded
 */
function NewGuide({ folder, onAdded }) {
  const say = useWords();
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [message, setMessage] = useState("");
  async function add() {
    try {
      /** @type {{path: string}} */
      const added = await request("guide", { lang: document.documentElement.lang }, { folder, name, title });
      setMessage("");
      onAdded(added.path);
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      setMessage(say(error.message));
    }
  }
  return h(
    "details",
    { className: "new-guide" },
    h("summary", null, say("guide.new")),
    h(TextField, { code: "guide.name", value: name, onInput: setName }),
    h(TextField, { code: "guide.title", value: title, onInput: setTitle }),
    h("button", { type: "button", onClick: add }, say("guide.add")),
    message && h("p", { className: "fault" }, message),
  );
}
