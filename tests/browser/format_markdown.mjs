// Formats items of a helpdesk's message, JSON on the standard input, as Markdown.
import { readFileSync } from "node:fs";
import { formatMarkdown } from "../../macros/theme/scripts/helpdesk-message.mjs";

process.stdout.write(formatMarkdown(JSON.parse(readFileSync(0, "utf8"))));
