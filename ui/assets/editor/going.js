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
