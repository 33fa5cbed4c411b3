/**
 * The words at the marks of a drawing: one below the other where they would overlap on the narrowest screen.
 * @import {Shape} from "./contract.mjs"
 *
 * @typedef {object} Label The words of all marks at one place.
 * @property {string} text
 * @property {Record<string, string>} attributes of its SVG element
 * @property {Record<string, string>} leader attributes of the line from the mark to the words
 */

/** Pixels that a card leaves for the line in a window of 320, the width of 400 % (WCAG 2.2, 1.4.10). */
const NARROWEST = 230;
/** Pixels of a row, and of a letter: those of Japanese are twice as wide. */
const ROW_HEIGHT = 18;
const WIDE_LETTER = 13;
const LATIN_LETTER = 7;
const GAP = 6;

/** Marks nearer to each other than this many per cent of the line have one label. */
const SAME_PLACE = 1;

/** @param {string} text @returns {number} pixels */
function estimateWidth(text) {
  const widths = [...text].map((letter) => (letter > "\u{2e80}" ? WIDE_LETTER : LATIN_LETTER));
  return widths.reduce((sum, width) => sum + width, 0);
}

/**
 * List the marks: those that stand at a point, and the beginning of the renewal window.
 * @param {Shape[]} shapes of certcheck's drawing
 * @returns {{kind: string, place: number}[]} by place in per cent
 */
function listMarks(shapes) {
  const marks = shapes.flatMap(([tag, attributes, children]) => {
    const place = Number.parseFloat(attributes.x ?? "");
    if (tag === "rect") return attributes.class === "window" ? [{ kind: "opens", place }] : [];
    return [{ kind: children[0]?.[1].class ?? "", place }];
  });
  return marks.sort((a, b) => a.place - b.place);
}

/**
 * Lay the words out.
 * @param {Shape[]} shapes of certcheck's drawing
 * @param {number} top height of the drawing, below which the words stand
 * @param {(kind: string) => string} translateMark
 * @param {string} and between words of one place
 * @returns {{labels: Label[], height: number}} with the height of the drawing and its words
 */
export function layOutLabels(shapes, top, translateMark, and) {
  /** @type {{place: number, kinds: string[]}[]} */
  const places = [];
  for (const { kind, place } of listMarks(shapes)) {
    const last = places.at(-1);
    if (last && place - last.place < SAME_PLACE) last.kinds.push(kind);
    else places.push({ place, kinds: [kind] });
  }
  /** @type {number[]} where the words of each row end, in pixels of the narrowest screen */
  const ends = [];
  const labels = places.map(({ place, kinds }) => {
    const text = [...new Set(kinds)].map(translateMark).join(and);
    const { anchor, start, end } = findExtent((place * NARROWEST) / 100, estimateWidth(text));
    const free = ends.findIndex((other) => other + GAP <= start);
    const row = free < 0 ? ends.length : free;
    ends[row] = end;
    const x = `${place}%`;
    const y = top + ROW_HEIGHT * (row + 1) - 5;
    return {
      text,
      attributes: {
        x,
        y: String(y),
        "text-anchor": anchor,
        class: kinds.includes("today") ? "is-today" : "",
      },
      leader: { x1: x, x2: x, y1: String(top / 2), y2: String(y - 11) },
    };
  });
  return { labels, height: top + ROW_HEIGHT * ends.length };
}

/**
 * Find where words stand that belong to a point: around it, unless they would leave the drawing.
 * @param {number} point @param {number} width
 * @returns {{anchor: "start" | "middle" | "end", start: number, end: number}}
 */
function findExtent(point, width) {
  if (point - width / 2 < 0) return { anchor: "start", start: point, end: point + width };
  if (point + width / 2 > NARROWEST) return { anchor: "end", start: point - width, end: point };
  return { anchor: "middle", start: point - width / 2, end: point + width / 2 };
}
