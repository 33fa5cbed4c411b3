/** A QR code as a drawing. Its address holds the host, which only the page knows, so the page draws it. */

const SVG = "http://www.w3.org/2000/svg";
// Blank modules around the code (ISO/IEC 18004, 6.3.8).
const QUIET = 4;

/**
 * @param {string} library address of lean-qr's module
 * @param {string} text
 * @param {string} name what is read out
 * @returns {Promise<SVGSVGElement>}
 */
export async function drawQr(library, text, name) {
  /** @type {typeof import("lean-qr")} */
  const { generate } = await import(library);
  const code = generate(text);
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  }
  const side = code.size + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${side} ${side}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  svg.setAttribute("shape-rendering", "crispEdges");
  const modules = document.createElementNS(SVG, "path");
  modules.setAttribute("d", path);
  svg.append(modules);
  return svg;
}
