/** What reaches the desk from outside it: keys, clicks, the network, the end of the page, tabs that were closed. */

import { keyName } from "./keys.js";

const ADOPTION = 10_000; // milliseconds between two looks at what closed tabs have left

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {HTMLElement} sheet what bears the rows
 * @param {AbortSignal} signal ends the listening
 */
export function listen(desk, sheet, signal) {
  desk.root.addEventListener("keydown", (event) => hearKey(desk, event), { signal });
  sheet.addEventListener("click", (event) => hearClick(desk, event), { signal });
  addEventListener("online", () => desk.outbox.retry(), { signal });
  addEventListener("pagehide", () => desk.drafts.flush(), { signal });
  addEventListener("beforeunload", (event) => hearEnd(desk, event), { signal });
  const adoption = setInterval(() => adopt(desk), ADOPTION);
  signal.addEventListener("abort", () => clearInterval(adoption));
}

/** @param {Desk} desk @param {KeyboardEvent} event */
function hearKey(desk, event) {
  event.stopPropagation(); // the page around has keys of its own
  if (desk.root.querySelector("dialog[open]")) return;
  const [action] = desk.keys.actions(keyName(event));
  if (!action) return;
  event.preventDefault();
  desk.run(action);
}

/** @param {Desk} desk @param {MouseEvent} event */
function hearClick(desk, event) {
  const target = /** @type {Element} */ (event.target);
  const row = /** @type {HTMLElement | null} */ (target.closest(".row"));
  if (!row || target.closest("button, textarea") || getSelection()?.type === "Range") return;
  const place = Number(row.dataset.place);
  if (place !== desk.index) desk.go(place);
}

/** @param {Desk} desk @param {BeforeUnloadEvent} event */
function hearEnd(desk, event) {
  desk.drafts.flush();
  if (!desk.kept.complete) event.preventDefault();
}

/** Without Web Locks nobody knows which tabs are closed; then it is done at the start alone. @param {Desk} desk */
async function adopt(desk) {
  if (!navigator.locks || !(await desk.kept.adopt())) return;
  desk.drafts.reload();
  desk.outbox.reload();
  for (const place of desk.list.drawn) desk.refresh(desk.store.ids[desk.view.position(place)]);
  desk.drawStatus();
  desk.outbox.flush();
}
