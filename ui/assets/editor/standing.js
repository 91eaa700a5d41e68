/** What stands in a row for the person who works on it: what is saved, what is on its way, and what was typed. */

import { after } from "./outbox.js";

/**
 * @typedef {object} Standing
 * @property {string[]} texts
 * @property {import("./store.js").State} state
 * @property {boolean} omitted
 * @property {string} base of the next operation
 * @property {"" | "typed" | "sending"} unsaved
 * @property {Sides | null} sides two texts between which a person has to choose
 */
/**
 * @typedef {object} Sides
 * @property {string[]} mine
 * @property {string[]} theirs
 * @property {"draft" | "translated" | "approved"} state that mine was to have
 * @property {string} user who wrote mine; "" for the person who looks at it
 */

/**
 * @param {import("./store.js").Row} row
 * @param {import("./outbox.js").Operation | undefined} operation the last one on its way
 * @param {import("./drafts.js").Draft | undefined} draft
 * @returns {Standing}
 */
export function standing(row, operation, draft) {
  const saved = operation
    ? { texts: operation.texts, state: operation.state, omitted: operation.omit, base: after(operation.id) }
    : { texts: row.target.length ? row.target : [""], state: row.state, omitted: Boolean(row.omitted), base: row.base };
  const now = {
    ...saved,
    unsaved: /** @type {"" | "sending"} */ (operation ? "sending" : ""),
    sides: displaced(row, operation),
  };
  if (!draft || sameTexts(draft.texts, saved.texts)) return now;
  const sides = draft.base === saved.base ? now.sides : contested(draft, saved.texts);
  return { ...now, texts: draft.texts, base: draft.base, unsaved: "typed", sides };
}

/** @param {string[]} one @param {string[]} other */
export function sameTexts(one, other) {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** @param {import("./drafts.js").Draft} draft @param {string[]} theirs @returns {Sides} */
function contested(draft, theirs) {
  const state = /** @type {Sides["state"]} */ (draft.state ?? "draft");
  return { mine: draft.texts, theirs, state, user: "" };
}

/**
 * @param {import("./store.js").Row} row
 * @param {import("./outbox.js").Operation | undefined} operation
 * @returns {Sides | null}
 */
function displaced({ conflict, target }, operation) {
  if (!conflict || operation) return null;
  return { mine: conflict.texts, theirs: target, state: "draft", user: conflict.user };
}
