/**
 * How a text is shown where it cannot be edited: tags as chips, unseen characters as marks, and never too much of it.
 */

import { h } from "./dom.js";
import { t } from "./strings.js";
import { pieces } from "./tags.js";

// Controls, and what Unicode calls ignorable by default; but letters and emoji need joiners and variation selectors.
const UNSEEN = /(?![\t\n\u200c\u200d\p{Variation_Selector}])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
// These may order the letters beside them, and nothing further away, so they can stand as they are.
const HARMLESS = "\u061c\u200e\u200f";
/** Abbreviations of the Unicode code charts. @type {Record<string, string>} */
const NAMES = {
  "\u00ad": "SHY",
  "\u061c": "ALM",
  "\u200b": "ZWSP",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2060": "WJ",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\ufeff": "BOM",
};

/** Code units of a text that are shown where it is one of many. */
export const SHOWN = 1_000;

/**
 * Draw a text.
 *
 * @param {string} text
 * @param {string[]} [tags]
 * @param {number} [limit] code units that are shown; what is cut says so
 * @returns {(Node | string)[]}
 */
export function drawText(text, tags = [], limit = Infinity) {
  const head = text.length > limit ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, "") : text;
  const drawn = pieces(head, tags).map((piece) =>
    piece.tag ? h("span", { class: "chip" }, ...drawUnseen(piece.text)) : drawUnseen(piece.text),
  );
  if (head.length < text.length) drawn.push(h("span", { class: "cut" }, t("text.cut", { n: text.length })));
  return drawn.flat();
}

/** @param {string} text @returns {(Node | string)[]} */
function drawUnseen(text) {
  const drawn = [];
  let end = 0;
  for (const match of text.matchAll(UNSEEN)) {
    const [character] = match;
    drawn.push(text.slice(end, match.index), mark(character));
    if (HARMLESS.includes(character)) drawn.push(character);
    end = match.index + character.length;
  }
  return [...drawn, text.slice(end)];
}

/** @param {string} character */
function mark(character) {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return h("span", { class: "unseen", title: code }, NAMES[character] ?? code);
}

/**
 * Give an element its language, and the direction that its text has; an empty field takes that of its language.
 *
 * @param {HTMLElement} element
 * @param {{tag: string, dir: string}} language
 * @param {boolean} [empty]
 */
export function inLanguage(element, language, empty = false) {
  element.lang = language.tag;
  element.dir = empty ? language.dir : "auto";
}
