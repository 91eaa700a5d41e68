/** The status line: how far the document is, what is not saved yet, and what has just happened. */

import { button, fill, h } from "./dom.js";
import { goToTyped } from "./going.js";
import { leftovers, openLeftovers, typedLeftovers } from "./leftovers.js";
import { looking } from "./roles.js";
import { isolate, sayList, t } from "./strings.js";

export class Status {
  #desk;
  #progress = h("span", { class: "progress" });
  #others = h("span", { class: "others" });
  #message = h("span", { class: "message", role: "status", "aria-live": "polite", dir: "auto" });
  #left = h("span");
  #typed = button("", () => goToTyped(this.#desk), { class: "typed", title: t("action.nextTyped"), hidden: true });
  #saving = h("span", { class: "saving" });

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    const parts = [this.#progress, this.#others, this.#message, this.#left, this.#typed, this.#saving];
    this.element = h("div", { class: "status" }, ...parts);
  }

  /** Say what has happened; a screen reader reads it when it has finished what it reads. @param {string} message */
  announce(message) {
    fill(this.#message, message);
  }

  draw() {
    const { store, outbox, live } = this.#desk;
    const done = store.states.filter((state) => state === "translated" || state === "approved").length;
    const users = new Set([...live.present.values()].flat());
    setText(this.#progress, t("status.progress", { done, n: store.total }));
    setText(this.#others, users.size ? t("status.others", { users: sayList([...users]) }) : "");
    const typed = this.#desk.drafts.of(this.#desk.place).length - typedLeftovers(this.#desk).length;
    setText(this.#typed, t("status.typed", { n: typed }));
    this.#typed.hidden = typed === 0;
    setText(this.#saving, this.#saved(outbox, live, typed));
    this.#saving.classList.toggle("warning", Boolean(outbox.problem || live.problem));
    this.#drawLeftovers();
  }

  /** @param {import("./outbox.js").Outbox} outbox @param {import("./live.js").Live} live @param {number} typed */
  #saved(outbox, live, typed) {
    const problem = isolate(outbox.problem || live.problem);
    const saved = looking(this.#desk.language, "edit") || (typed === 0 ? t("status.saved") : "");
    const unsaved = outbox.size > 0 ? t("status.unsaved", { n: outbox.size }) : saved;
    const unkept = this.#desk.kept.complete ? "" : t("status.unkept");
    return [unsaved, problem, unkept].filter(Boolean).join(" · ");
  }

  #drawLeftovers() {
    const found = leftovers(this.#desk).length;
    if (Number(this.#left.dataset.count ?? 0) === found) return;
    this.#left.dataset.count = String(found);
    fill(this.#left, found > 0 && button(t("status.leftovers", { n: found }), () => openLeftovers(this.#desk)));
  }
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
