/** All a person can do, in one table: it drives the keys, the list of keys and the command palette. */

import { openBulk } from "./bulk.js";
import { openColumns } from "./columns.js";
import { clearText, copySource, insertNextTag, insertSource, insertTag, revert, unlock } from "./editing.js";
import { confirmAndGo, reject, saveDraft, take } from "./deciding.js";
import { goTo, goToEnd, goToState, goToTyped, openNumber, step } from "./going.js";
import { openKeys } from "./keylist.js";
import { openLeftovers } from "./leftovers.js";
import { openPalette } from "./palette.js";
import { openReplace } from "./replace.js";

/** @typedef {import("./keys.js").SetName} SetName */
/** @typedef {import("./desk.js").Desk} Desk */
/**
 * @typedef {object} Action
 * @property {string} id its label is the string "action.ID"
 * @property {"decide" | "text" | "go" | "find" | "look"} group
 * @property {Record<SetName, string[]>} keys
 * @property {(desk: Desk) => unknown} run
 * @property {number} [number] what the label counts
 * @property {import("./roles.js").Deed} [needs] what one has to be allowed to do
 * @property {(desk: Desk) => boolean} [applies] whether the document has a use for it; all of them do without it
 */

/**
 * @param {string} id
 * @param {Action["group"]} group
 * @param {string[] | Record<SetName, string[]>} keys of all three sets, or of each
 * @param {(desk: Desk) => unknown} run
 * @returns {Action}
 */
function action(id, group, keys, run) {
  const needs = group === "decide" || group === "text" ? /** @type {const} */ ("edit") : undefined;
  return { id, group, keys: Array.isArray(keys) ? { weblate: keys, matecat: keys, omegat: keys } : keys, run, needs };
}

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** @type {Action[]} */
export const ACTIONS = [
  action("confirm", "decide", ["Ctrl+Enter"], (desk) => confirmAndGo(desk, "translated")),
  action("confirmUntranslated", "decide", ["Ctrl+Shift+Enter"], (desk) =>
    confirmAndGo(desk, "translated", ["untranslated"]),
  ),
  action("draft", "decide", ["Alt+S"], saveDraft),
  { ...action("approve", "decide", ["Alt+A"], (desk) => confirmAndGo(desk, "approved")), needs: "approve" },
  action("reject", "decide", ["Alt+R"], reject),
  {
    ...action("omit", "decide", ["Alt+O"], (desk) => confirmAndGo(desk, "translated", null, true)),
    applies: (desk) => !desk.ofMessages,
  },
  action("mine", "decide", ["Alt+M"], (desk) => take(desk, "mine")),
  action("theirs", "decide", ["Alt+Shift+M"], (desk) => take(desk, "theirs")),
  action("undo", "decide", ["Alt+Z"], (desk) => desk.undoing.undo()),
  action("redo", "decide", ["Alt+Shift+Z"], (desk) => desk.undoing.redo()),
  { ...action("bulk", "decide", ["Alt+B"], openBulk), needs: "bulk" },

  action("copySource", "text", { weblate: ["Ctrl+O"], matecat: ["Ctrl+I"], omegat: ["Ctrl+Shift+R"] }, copySource),
  action("insertSource", "text", { weblate: ["Alt+I"], matecat: ["Alt+I"], omegat: ["Ctrl+Shift+I"] }, insertSource),
  action("nextTag", "text", ["Alt+T"], insertNextTag), // Ctrl+T, which OmegaT has, opens a tab
  ...NUMBERS.map((number) => ({
    ...action(`tag${number}`, "text", [`Alt+${number}`], (desk) => insertTag(desk, number)),
    number,
  })),
  action("clear", "text", ["Alt+Delete"], clearText),
  action("revert", "text", ["Alt+U"], revert),
  action("unlock", "text", ["Alt+L"], unlock),

  action(
    "next",
    "go",
    { weblate: ["Alt+PageDown", "Alt+Down"], matecat: ["Ctrl+Down", "Alt+Down"], omegat: ["Alt+Down", "Alt+PageDown"] },
    (desk) => step(desk, 1),
  ),
  action(
    "previous",
    "go",
    { weblate: ["Alt+PageUp", "Alt+Up"], matecat: ["Ctrl+Up", "Alt+Up"], omegat: ["Alt+Up", "Alt+PageUp"] },
    (desk) => step(desk, -1),
  ),
  action("first", "go", ["Alt+Home"], (desk) => goTo(desk, 0)),
  action("last", "go", ["Alt+End"], goToEnd),
  action("nextUntranslated", "go", { weblate: ["Alt+N"], matecat: ["Alt+N"], omegat: ["Ctrl+U"] }, (desk) =>
    goToState(desk, ["untranslated"]),
  ),
  action("nextDraft", "go", { weblate: ["Alt+Shift+N"], matecat: ["Alt+Shift+N"], omegat: ["Ctrl+Shift+U"] }, (desk) =>
    goToState(desk, ["draft"]),
  ),
  action("nextTyped", "go", ["Alt+Y"], goToTyped),
  action("number", "go", { weblate: ["Alt+G"], matecat: ["Alt+G"], omegat: ["Ctrl+J"] }, openNumber),
  action("field", "go", { weblate: ["Ctrl+E"], matecat: ["Alt+E"], omegat: ["Alt+E"] }, (desk) => desk.focus()),
  action("panel", "go", ["Alt+J"], (desk) => desk.panel.focus()),
  action("comment", "go", { weblate: ["Alt+C"], matecat: ["Alt+C"], omegat: ["Alt+C"] }, (desk) =>
    desk.panel.comment(),
  ),

  action("align", "go", ["Alt+W"], (desk) => {
    const page = location.pathname.endsWith("/editor") ? "aligner" : "align";
    location.assign(`${page}?${new URLSearchParams({ ...desk.place, row: desk.row?.id ?? "" })}`);
  }),

  action("search", "find", { weblate: ["Ctrl+S"], matecat: ["Ctrl+F"], omegat: ["Ctrl+F"] }, (desk) =>
    desk.finder.focus(),
  ),
  action("all", "find", ["Alt+0"], (desk) => desk.finder.search("")),
  {
    ...action("replace", "find", { weblate: ["Ctrl+H"], matecat: ["Ctrl+H"], omegat: ["Ctrl+K"] }, openReplace),
    needs: "bulk",
  },

  action("palette", "look", { weblate: ["Ctrl+K"], matecat: ["Ctrl+K"], omegat: ["Alt+K"] }, openPalette),
  action("keys", "look", ["Alt+H"], openKeys),
  action("togglePanel", "look", ["Alt+Shift+J"], (desk) => desk.panel.toggle()),
  action("columns", "look", ["Alt+V"], openColumns),
  action("leftovers", "look", [], openLeftovers),
];
