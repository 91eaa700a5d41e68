/** What a person decides about a row: saved at once on the screen, and by the server as soon as it can. */

import { carryOut } from "./answers.js";
import { goToState, step } from "./going.js";
import { randomId } from "./kept.js";
import { standing } from "./standing.js";
import { t } from "./strings.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./outbox.js").Operation} Operation */

/**
 * Save the row in work in a state; whoever asks for it draws the row again.
 *
 * @param {Desk} desk
 * @param {Operation["state"]} state
 * @param {boolean} [omit] the translation leaves the row out on purpose
 * @returns {boolean} whether it can be saved
 */
export function decide(desk, state, omit = false) {
  const { row } = desk;
  if (!row) return false;
  const now = desk.standing(row);
  if (now.sides) return refuse(desk, t("decide.sides"));
  const texts = omit ? now.texts.map(() => "") : desk.texts;
  const blank = texts.some(isBlank);
  const omitted = omit || (blank && now.omitted && state !== "draft");
  if (blank && !omitted && state !== "draft") {
    desk.fields[texts.findIndex(isBlank)]?.focus();
    return refuse(desk, t(desk.ofMessages ? "decide.emptyMessage" : "decide.empty"));
  }
  const settled = state === now.state && omitted === now.omitted && !row.broken && !row.previous;
  if (!settled || now.unsaved === "typed") put(desk, row.id, { base: now.base, texts, state, omit: omitted });
  return true;
}

/** Save the row in work as a draft, and stay. @param {Desk} desk */
export function saveDraft(desk) {
  if (decide(desk, "draft") && desk.row) desk.refresh(desk.row.id);
}

/**
 * Save the row in work, and go on: to the next row, or to the next one in some states.
 *
 * @param {Desk} desk
 * @param {Operation["state"]} state
 * @param {import("./store.js").State[] | null} [states]
 * @param {boolean} [omit]
 */
export function confirmAndGo(desk, state, states = null, omit = false) {
  performance.mark("hexapla:confirm");
  if (!decide(desk, state, omit)) return;
  goOn(desk, states);
}

/** @param {Desk} desk @param {import("./store.js").State[] | null} [states] */
function goOn(desk, states = null) {
  const { index, row } = desk;
  if (states) goToState(desk, states);
  else step(desk, 1);
  if (desk.index === index && row) desk.refresh(row.id); // nowhere to go, or it has to be loaded first
}

/** Make the row in work a draft again, with the text that stands. @param {Desk} desk */
export function reject(desk) {
  if (decide(desk, "draft")) goOn(desk);
}

/** Choose between two texts of the row in work. @param {Desk} desk @param {"mine" | "theirs"} side */
export async function take(desk, side) {
  const { row, place } = desk;
  const sides = row && desk.standing(row).sides;
  if (!row || !sides) return desk.announce(t("decide.oneSide"));
  const draft = desk.drafts.get(place, row.id);
  const { base } = standing(row, desk.outbox.pending(place, row.id), undefined);
  desk.drafts.drop(place, row.id);
  if (side === "mine") put(desk, row.id, { base, texts: sides.mine, state: sides.state, omit: false });
  else if (!draft) await dismiss(desk, row.id);
  desk.redraw(row.id);
}

/** @param {Desk} desk @param {string} row @param {Pick<Operation, "base" | "texts" | "state" | "omit">} decision */
function put(desk, row, decision) {
  desk.drafts.drop(desk.place, row);
  desk.store.expect(row, decision.state);
  desk.outbox.put({ id: randomId(), ...desk.place, row, ...decision });
}

/** Let what stands in a row stand: the other text is settled. @param {Desk} desk @param {string} row */
export async function dismiss(desk, row) {
  await carryOut(desk, "dismiss", { ...desk.place, id: randomId(), row });
  await desk.live.poll();
}

/** @param {string} text */
function isBlank(text) {
  return text.trim() === "";
}

/** @param {Desk} desk @param {string} message */
function refuse(desk, message) {
  desk.announce(message);
  return false;
}
