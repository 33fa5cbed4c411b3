// Makes the one style sheet of the guides: the theme's rules without those that no page can use, and our own; minified.
// node scripts/site/purge_styles.mjs <{"styles": [path, …], "content": [path, …]}, and writes the style sheet to its output.
import { readFileSync } from "node:fs";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

/** @type {{styles: string[], content: string[]}} the style sheets in their order; files that name classes */
const { styles, content } = JSON.parse(readFileSync(0, "utf8"));
const [themeStyles, ...ownStyles] = styles.map((path) => readFileSync(path, "utf8"));
// Our own stay whole: templates put names of classes together (win-radio), which no search for words finds.
const raw = [themeStyles, "/* purgecss start ignore */", ...ownStyles, "/* purgecss end ignore */"].join(
  "\n",
);
const [purged] = await new PurgeCSS().purge({
  content: [...content, { raw: "ltr", extension: "html" }], // the direction, a variable in the theme's template
  css: [{ raw }],
  // The theme's pictures are variables. Our own are also for pages that bring a style sheet of their own.
  variables: true,
  safelist: {
    standard: [/^admonition/], // Python-Markdown writes them
    variables: [/^--cg-/],
  },
});
process.stdout.write(
  transform({ filename: "site.css", code: Buffer.from(purged?.css ?? ""), minify: true }).code,
);
