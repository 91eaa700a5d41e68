/** Where the person goes: to the next row, to the next one in a state, to a number. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./strings.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @param {number} by rows that are shown */
export function step(desk, by) {
  const place = desk.index + by;
  if (place < 0 || place >= desk.view.length) {
    desk.announce(t(by > 0 ? "go.end" : "go.start"));
    desk.focus();
  } else desk.go(place);
}

/** @param {Desk} desk @param {number} place */
export function goTo(desk, place) {
  if (desk.view.length > 0) desk.go(place);
}

/** @param {Desk} desk */
export function goToEnd(desk) {
  goTo(desk, desk.view.length - 1);
}

/**
 * Go to the next row in one of these states; past the end the search goes on from the start.
 *
 * @param {Desk} desk
 * @param {import("./store.js").State[]} states
 */
export function goToState(desk, states) {
  const place = nextInState(desk, states);
  if (place >= 0) return desk.go(place);
  desk.announce(t("go.none"));
  return desk.focus();
}

/** @param {Desk} desk @param {import("./store.js").State[]} states @returns {number} a place in the view, or -1 */
export function nextInState({ view, store, index }, states) {
  for (let ahead = 1; ahead < view.length; ahead++) {
    const place = (index + ahead) % view.length;
    const state = store.states[view.position(place)];
    if (state && states.includes(state)) return place;
  }
  return -1;
}

/** Go to the next row that was typed in and not confirmed, also out of a search. @param {Desk} desk */
export async function goToTyped(desk) {
  const { store, view, index, drafts, place } = desk;
  await desk.ask(() => store.whole);
  const here = index < 0 ? -1 : view.position(index);
  const typed = drafts.of(place).flatMap((draft) => store.position(draft.row) ?? []);
  typed.sort((a, b) => a - b);
  const next = typed.find((position) => position > here) ?? typed[0];
  if (next !== undefined) return goToPosition(desk, next);
  desk.announce(t("go.noneTyped"));
  return desk.focus();
}

/** Ask for the number of a row, and go there. @param {Desk} desk */
export function openNumber(desk) {
  const input = h("input", { type: "number", min: 1, max: desk.store.total, required: true, id: "hexapla-number" });
  const form = h(
    "form",
    { method: "dialog", class: "form" },
    h("label", { for: input.id }, t("go.number", { n: desk.store.total })),
    input,
    h("button", { class: "primary" }, t("go.go")),
  );
  const dialog = openDialog(desk, t("action.number"), form);
  form.addEventListener("submit", () => {
    dialog.close();
    goToPosition(desk, input.valueAsNumber - 1);
  });
}

/**
 * Go to a row of the document, and out of a search that did not find it.
 *
 * @param {Desk} desk
 * @param {number} position
 */
export async function goToPosition(desk, position) {
  if (desk.view.place(position) < 0) await desk.finder.search("");
  return desk.go(desk.view.place(position));
}
