/** Where the cursor goes: along a column, over to the other one, to the next bead of a kind. */

import { t } from "../editor/strings.js";
import { isDoubtful, shape } from "./bead.js";

/** @typedef {import("./bench.js").Bench} Bench */

/** What is looked for, by name. @type {Record<string, (pair: import("./pair.js").Pair, index: number) => boolean>} */
export const SOUGHT = {
  doubtful: isDoubtful,
  unequal: ({ groups }, index) => shape(groups[index]) !== "plain",
  lone: ({ groups }, index) => ["omission", "addition"].includes(shape(groups[index])),
};

/** Go along the column, sentence by sentence; an empty side is a stop, too. @param {Bench} bench @param {1 | -1} by */
export function stepSentence(bench, by) {
  const { at, side, sentence } = bench.cursor;
  const count = Number(bench.pair.groups[at]?.[side] ?? 0);
  if (sentence + by >= 0 && sentence + by < count) return bench.go(at, side, sentence + by);
  return step(bench, by, by < 0 ? Infinity : 0);
}

/** Go to another bead. @param {Bench} bench @param {number} by @param {number} [sentence] */
export function step(bench, by, sentence = 0) {
  const { length } = bench.pair.groups;
  const at = Math.min(Math.max(0, bench.cursor.at + by), length - 1);
  if (at === bench.cursor.at) return bench.announce(t(by > 0 ? "align.end" : "align.start"));
  return bench.go(at, bench.cursor.side, sentence);
}

/** @param {Bench} bench */
export function cross(bench) {
  const { at, side, sentence } = bench.cursor;
  bench.go(at, side === 0 ? 1 : 0, sentence);
}

/** Go to the next bead of a kind; past the end the search goes on from the start. @param {Bench} bench @param {string} kind @param {1 | -1} by */
export function seek(bench, kind, by) {
  const { pair, cursor } = bench;
  const { length } = pair.groups;
  for (let ahead = 1; ahead < length; ahead++) {
    const at = (cursor.at + by * ahead + length * 2) % length;
    if (SOUGHT[kind](pair, at)) return bench.go(at);
  }
  return bench.announce(t("align.noneLeft"));
}
