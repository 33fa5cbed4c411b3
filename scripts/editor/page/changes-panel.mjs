/** What has changed, in words, and how it is recorded: one commit, or one file to send. */

import { createElement as h, useEffect, useState } from "react";
import { ActionError, request } from "./api.mjs";
import { TextField } from "./text-field.mjs";
import { useWords } from "./words.mjs";

/** @typedef {{sentences: string[], files: string[], hasAuthor: boolean, longestSubject: number}} Changes */

/**
 * @param {object} props
 * @param {string} props.language
 * @param {() => void} props.onDone
 */
export function ChangesPanel({ language, onDone }) {
  const say = useWords();
  const [changes, setChanges] = useState(/** @type {Changes | null} */ (null));
  const [message, setMessage] = useState("");
  const [subject, setSubject] = useState("");
  const [reason, setReason] = useState("");
  const [author, setAuthor] = useState("");
  const [mail, setMail] = useState("");

  useEffect(() => {
    (async () => {
      try {
        /** @type {Changes} */
        const found = await request("changes", { lang: language });
        setChanges(found);
        setSubject((found.sentences[0] ?? found.files[0] ?? "").slice(0, found.longestSubject));
      } catch (error) {
        if (!(error instanceof ActionError)) throw error;
        setMessage(say(error.message));
      }
    })();
  }, [language, say]);

  /** @param {"commit" | "patch"} action */
  async function record(action) {
    setMessage("");
    const text = [subject, "", ...(reason ? [reason, ""] : []), ...(changes?.sentences ?? [])].join("\n");
    try {
      /** @type {{commit?: string, name?: string, text?: string, outdated: string[]}} */
      const result = await request(action, { lang: language }, { message: text, author, mail });
      const older = result.outdated.length
        ? ` ${say("outdated", { places: result.outdated.join(", ") })}`
        : "";
      if (result.name && result.text) {
        download(result.name, result.text);
        setMessage(say("patch.done", { name: result.name }) + older);
      } else {
        setMessage(say("commit.done", { commit: result.commit ?? "" }) + older);
        setChanges({ sentences: [], files: [], hasAuthor: true, longestSubject: 0 });
      }
      onDone();
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      setMessage(say(error.message));
    }
  }

  const isReady = subject.trim() !== "" && (changes?.hasAuthor || (author && mail));
  return h(
    "section",
    { className: "changes" },
    h("h2", null, say("changes")),
    changes && !changes.files.length && !message && h("p", null, say("changes.none")),
    changes &&
      changes.files.length > 0 && [
        h("h3", { key: "told" }, say("changes.told")),
        h(
          "ul",
          { key: "sentences", className: "sentences" },
          changes.sentences.map((sentence) => h("li", { key: sentence }, sentence)),
        ),
        h("h3", { key: "files" }, say("changes.files")),
        h(
          "ul",
          { key: "names" },
          changes.files.map((file) => h("li", { key: file }, h("code", null, file))),
        ),
        h(TextField, { key: "subject", code: "subject", value: subject, onInput: setSubject }),
        h(TextField, { key: "reason", code: "reason", value: reason, onInput: setReason }),
        !changes.hasAuthor && [
          h(TextField, { key: "author", code: "author", value: author, onInput: setAuthor }),
          h(TextField, { key: "mail", code: "mail", value: mail, onInput: setMail }),
        ],
        h(
          "p",
          { key: "buttons" },
          h(
            "button",
            { type: "button", className: "main", disabled: !isReady, onClick: () => record("commit") },
            say("commit"),
          ),
          h("button", { type: "button", disabled: !isReady, onClick: () => record("patch") }, say("patch")),
        ),
      ],
    h("output", null, message),
  );
}

/**
 * Hand a text to the browser as a file.
 *
 * @param {string} name
 * @param {string} text
 */
function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
