/** All a person can do on the align page, in one table: it drives the keys, the list of keys and the command palette. */

import { openKeys } from "../editor/keylist.js";
import { openPalette } from "../editor/palette.js";
import { openAbove, openNumber, openParts } from "./dialogs.js";
import { openCut, openJoin } from "./borders.js";
import { cross, seek, step, stepSentence } from "./going.js";
import { splitBefore } from "./regroup.js";

/** @typedef {import("./bench.js").Bench} Bench */
/**
 * @typedef {object} Action
 * @property {string} id its label is the string "action.ID"
 * @property {{intertext: string[]}} keys
 * @property {(bench: Bench) => unknown} run
 * @property {import("../editor/roles.js").Deed} [needs] what one has to be allowed to do
 */

/**
 * @param {string} id
 * @param {string[]} keys
 * @param {(bench: Bench) => unknown} run
 * @param {Action["needs"]} [needs]
 * @returns {Action}
 */
function action(id, keys, run, needs) {
  return { id, keys: { intertext: keys }, run, needs };
}

/** Keys are InterText's where it has one. @type {Action[]} */
export const ACTIONS = [
  action("beadDown", ["Down"], (bench) => stepSentence(bench, 1)),
  action("beadUp", ["Up"], (bench) => stepSentence(bench, -1)),
  action("beadOther", ["Left", "Right"], cross),
  action("beadPageDown", ["PageDown"], (bench) => step(bench, 10)),
  action("beadPageUp", ["PageUp"], (bench) => step(bench, -10)),
  action("beadFirst", ["Ctrl+Home", "Home"], (bench) => bench.go(0)),
  action("beadLast", ["Ctrl+End", "End"], (bench) => bench.go(bench.pair.groups.length - 1)),
  action("beadNumber", ["Ctrl+G"], openNumber),
  action("beadDoubtful", ["N"], (bench) => seek(bench, "doubtful", 1)),
  action("beadDoubtfulBack", ["Shift+N"], (bench) => seek(bench, "doubtful", -1)),
  action("beadUnequal", ["G"], (bench) => seek(bench, "unequal", 1)),
  action("beadLone", ["O"], (bench) => seek(bench, "lone", 1)),

  action("beadConfirm", ["Space"], (bench) => {
    if (bench.edit({ name: "confirm" })) seek(bench, "doubtful", 1);
  }, "settle"),
  action("beadUnconfirm", ["U"], (bench) => bench.edit({ name: "unconfirm" }), "settle"),
  action("beadAbove", ["A"], openAbove, "settle"),
  action("beadRealign", ["R"], (bench) => bench.realign(), "mend"),

  action("beadMergeBack", ["Ctrl+Backspace"], (bench) => bench.edit({ name: "merge" }, -1), "mend"),
  action("beadMerge", ["J"], (bench) => bench.edit({ name: "merge" }), "mend"),
  action("beadSplit", ["S"], (bench) => {
    const { at, sentence } = bench.cursor;
    bench.edit({ name: "split", ...splitBefore(bench.pair.groups[at], sentence) });
  }, "mend"),
  action("beadFirstUp", ["Ctrl+Up"], (bench) => bench.edit({ name: "up", side: bench.side }), "mend"),
  action("beadLastDown", ["Ctrl+Down"], (bench) => bench.edit({ name: "down", side: bench.side }), "mend"),
  action("beadPush", ["Enter"], (bench) => bench.edit({ name: "push", side: bench.side }), "mend"),
  action("beadPull", ["Backspace"], (bench) => bench.edit({ name: "pull", side: bench.side }), "mend"),
  action("beadUnlink", ["Delete"], (bench) => bench.edit({ name: "unlink", side: "target" }), "mend"),
  action("beadInsert", ["Ctrl+Enter"], (bench) => bench.edit({ name: "unlink", side: bench.side }), "mend"),
  action("beadLink", ["L"], (bench) => bench.link(), "mend"),

  action("sentenceCut", ["C"], openCut, "mend"),
  action("sentenceJoin", ["Shift+C"], openJoin, "mend"),

  action("beadUndo", ["Ctrl+Z", "Alt+Z"], (bench) => bench.undo(false), "mend"),
  action("beadRedo", ["Ctrl+Y", "Ctrl+Shift+Z"], (bench) => bench.undo(true), "mend"),
  action("beadTake", ["T"], (bench) => bench.beside.take(), "edit"),
  action("beadReview", ["E"], (bench) => bench.review()),
  action("beadParts", ["P"], openParts),
  action("palette", ["Ctrl+K"], openPalette),
  action("keys", ["Alt+H", "F1"], openKeys),
];
