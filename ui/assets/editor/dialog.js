/** A dialog over the desk: it keeps the focus inside, closes with Escape, and gives the focus back. */

import { button, h } from "./dom.js";
import { t } from "./strings.js";

let count = 0;

/** @typedef {{root: HTMLElement, focus: () => void}} Stage what a dialog stands over */

/**
 * @param {Stage} desk
 * @param {string} title
 * @param {...import("./dom.js").Child} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(desk, title, ...content) {
  const id = `hexapla-dialog-${++count}`;
  const dialog = h("dialog", { "aria-labelledby": id });
  const close = button("×", () => dialog.close(), { class: "close", "aria-label": t("dialog.close") });
  const heading = h("h2", { id }, title);
  dialog.append(h("header", {}, heading, close), h("div", { class: "content" }, ...content.filter((child) => child)));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (!desk.root.querySelector("dialog[open]")) desk.focus();
  });
  desk.root.append(dialog);
  dialog.showModal();
  /** @type {HTMLElement | null} */ (
    dialog.querySelector(".content input, .content select, .content textarea, .content button")
  )?.focus();
  return dialog;
}
