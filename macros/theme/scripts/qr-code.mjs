/** A QR code as a drawing, made in the page: the address in it holds the host, which only the page knows. */
import { createSvgElement } from "../../../wasm/browser/element.mjs";

/** Width of the quiet zone around the code, in modules (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;

/**
 * Draw the code of a text.
 * @param {string} library address of lean-qr's module, loaded when it is needed
 * @param {string} text
 * @param {string} name as read out
 * @returns {Promise<SVGSVGElement>}
 */
export async function drawQrCode(library, text, name) {
  /** @type {typeof import("lean-qr")} */
  const { generate } = await import(library);
  const code = generate(text);
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  }
  const side = code.size + 2 * QUIET_ZONE;
  const viewBox = `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`;
  return createSvgElement(
    "svg",
    { viewBox, role: "img", "aria-label": name, "shape-rendering": "crispEdges" },
    createSvgElement("path", { d: path }),
  );
}
