/** One bead on the screen: its sentences on both sides, what joins them, and how sure that is. */

import { h } from "../editor/dom.js";
import { sayConfidence, sayNumber, t } from "../editor/strings.js";
import { SIDES } from "./regroup.js";

/** Least confidence of what is doubtful, but not very. */
const LIKELY = 0.6;
/** Least confidence of what is sure; the server says it. */
let sure = 1;
const SVG = "http://www.w3.org/2000/svg";

/** Each has a colour, a line of its own, and a word. @typedef {"confirmed" | "later" | "sure" | "doubtful" | "unlikely"} Degree */
/** @typedef {import("./regroup.js").Group} Group */
/** @typedef {import("./pair.js").Pair} Pair */

/** @param {number} least confidence of what is called sure from now on */
export function callSure(least) {
  sure = least;
}

/** @param {Pair} pair @param {number} index @returns {Degree} how far a bead can be relied on */
export function degree(pair, index) {
  const [, , confidence, confirmedBy] = pair.groups[index];
  if (confirmedBy !== null) return "confirmed";
  if (pair.isLater(index)) return "later";
  if (confidence >= sure) return "sure";
  return confidence >= LIKELY ? "doubtful" : "unlikely";
}

/** @param {Pair} pair @param {number} index @returns {boolean} in the one sense of the word, in which the overview counts them, too */
export const isDoubtful = (pair, index) => ["doubtful", "unlikely"].includes(degree(pair, index));

/** @param {Group} group @returns {"omission" | "addition" | "plain" | "joined"} */
export function shape([source, target]) {
  if (target === 0) return "omission";
  if (source === 0) return "addition";
  return source === 1 && target === 1 ? "plain" : "joined";
}

/** @param {import("./bench.js").Bench} bench @param {number} index @returns {HTMLElement} */
export function drawBead(bench, index) {
  const group = bench.pair.groups[index];
  const links = h("div", { class: "links", role: "gridcell" }, document.createElementNS(SVG, "svg"), drawBadge(bench.pair, index));
  bench.links.watch(links);
  const row = h(
    "div",
    { class: `row bead ${degree(bench.pair, index)} ${shape(group)}`, role: "row" },
    drawSide(bench, index, 0),
    links,
    drawSide(bench, index, 1),
  );
  number(row, index);
  if (index === bench.cursor.at) mark(row, bench);
  return row;
}

/** @param {HTMLElement} row @param {number} index */
export function number(row, index) {
  row.dataset.place = String(index);
  row.setAttribute("aria-rowindex", String(index + 2));
}

/** Show that the cursor is in a bead. @param {HTMLElement} row @param {import("./bench.js").Bench} bench */
export function mark(row, { cursor, linking }) {
  row.classList.add("active");
  const cell = cellOf(row, cursor.side);
  cell.tabIndex = 0;
  cell.querySelectorAll(".sentence")[cursor.sentence]?.classList.add("current");
  cell.setAttribute("aria-selected", "true");
  if (linking) row.classList.add("linking");
}

/** @param {HTMLElement} row */
export function unmark(row) {
  row.classList.remove("active", "linking");
  for (const cell of row.querySelectorAll("[data-side]")) {
    /** @type {HTMLElement} */ (cell).tabIndex = -1;
    cell.setAttribute("aria-selected", "false");
  }
  row.querySelector(".current")?.classList.remove("current");
}

/** @param {HTMLElement} row @param {number} side @returns {HTMLElement} */
export function cellOf(row, side) {
  return /** @type {HTMLElement} */ (row.querySelector(`[data-side="${side}"]`));
}

/** Say what a bead is, in words. @param {Pair} pair @param {number} index */
export function describe(pair, index) {
  const group = pair.groups[index];
  const kind = degree(pair, index);
  if (kind === "later") return t("degree.later");
  return t("bead.what", {
    shape: t(`shape.${shape(group)}`, { source: group[0], target: group[1] }),
    degree: t(`degree.${kind}`, { confidence: sayConfidence(group[2]), who: group[3] ?? "" }),
  });
}

/** @param {import("./bench.js").Bench} bench @param {number} index @param {0 | 1} side */
function drawSide(bench, index, side) {
  const { pair, languages } = bench;
  const sentences = pair.sentences(index, side);
  const texts = sentences.map(({ text }) => text ?? t("row.loading"));
  const none = pair.isLater(index) ? `(${t("degree.later")})` : t(`side.${SIDES[side]}`);
  const label = t("bead.cell", {
    side: languages[side].name,
    text: texts.join(" ") || none,
    what: describe(pair, index),
  });
  return h(
    "div",
    { class: SIDES[side], role: "gridcell", "data-side": side, tabindex: -1, "aria-label": label, "aria-selected": "false" },
    ...sentences.map(({ number: n }, i) => drawSentence(n, texts[i], languages[side])),
    sentences.length === 0 && h("p", { class: "none" }, none),
  );
}

/** @param {number} n @param {string} text @param {import("../editor/columns.js").Language} language */
function drawSentence(n, text, { tag, dir }) {
  return h(
    "p",
    { class: "sentence", "data-number": n },
    h("span", { class: "number", "aria-hidden": "true" }, sayNumber(n + 1)),
    h("span", { class: "text", lang: tag, dir }, text),
  );
}

/** @param {Pair} pair @param {number} index */
function drawBadge(pair, index) {
  const group = pair.groups[index];
  const kind = degree(pair, index);
  const [source, target, confidence] = group;
  const sign = { confirmed: "✓", later: "", sure: "", doubtful: "", unlikely: "?" }[kind];
  // Each number stands on the side of its text, also where the columns run from right to left.
  const counts = shape(group) !== "plain" && [source, target].map((count) => h("bdi", {}, sayNumber(count)));
  return h(
    "span",
    { class: "badge", title: describe(pair, index) },
    sign && `${sign} `,
    ...(counts ? [counts[0], ":", counts[1], " "] : []),
    !["confirmed", "later"].includes(kind) && sayConfidence(confidence),
  );
}
