/** How a diff is drawn: what went is struck through, what came is underlined; the words of both are the server's. */

import { h } from "./dom.js";
import { drawText } from "./text.js";

const LONGEST = 4_000; // code units of one piece

/** @typedef {[("=" | "-" | "+"), string][]} Diff */

/**
 * @param {Diff} diff
 * @param {{tag: string, dir: string}} language
 * @returns {HTMLElement}
 */
export function drawDiff(diff, language) {
  const names = /** @type {const} */ ({ "=": "span", "-": "del", "+": "ins" });
  const pieces = diff.map(([operation, text]) => h(names[operation], {}, ...drawText(text, [], LONGEST)));
  return h("p", { class: "text diff", lang: language.tag, dir: "auto" }, ...pieces);
}
