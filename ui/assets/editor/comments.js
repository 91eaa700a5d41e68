/** The comments of the row in work, and the one that is being written: kept until it is saved. */

import { carryOut } from "./answers.js";
import { button, h } from "./dom.js";
import { randomId } from "./kept.js";
import { t } from "./strings.js";
import { drawText, SHOWN } from "./text.js";

const KIND = "comment";

/** @typedef {import("./store.js").Row} Row */

export class Comments {
  #desk;
  /** @type {Map<string, string>} */
  #begun;

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    this.#begun = new Map(desk.kept.entries(KIND).map(({ key, text }) => [key, text]));
  }

  /** @param {Row} row @returns {HTMLElement[]} */
  draw(row) {
    const comments = (row.comments ?? []).map((comment) =>
      h("p", { class: "text", dir: "auto" }, ...drawText(comment, [], SHOWN)),
    );
    return this.#desk.readOnly ? comments : [...comments, ...this.#drawField(row)];
  }

  /** @param {Row} row @returns {HTMLElement[]} */
  #drawField(row) {
    const key = JSON.stringify([this.#desk.place.document, this.#desk.place.language, row.id]);
    const field = h("textarea", { rows: 2, "aria-label": t("comment.label"), dir: "auto" });
    const add = button(t("comment.add"), () => this.#add(row, key, field));
    field.value = this.#begun.get(key) ?? "";
    field.addEventListener("input", () => {
      this.#begun.set(key, field.value);
      this.#desk.kept.put(KIND, key, { key, text: field.value });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.stopPropagation(); // here it adds the comment, and confirms nothing
      event.preventDefault();
      add.click();
    });
    return [field, add];
  }

  /** @param {Row} row @param {string} key @param {HTMLTextAreaElement} field */
  async #add(row, key, field) {
    const desk = this.#desk;
    const text = field.value;
    if (!text.trim()) return field.focus();
    const added = await carryOut(desk, "comment", { ...desk.place, id: randomId(), row: row.id, text });
    if (!added) return undefined;
    this.#begun.delete(key);
    desk.kept.remove(KIND, key);
    field.value = "";
    desk.announce(t("comment.added"));
    await desk.live.poll();
    if (desk.row?.id !== row.id) return undefined;
    desk.panel.show();
    return desk.focus();
  }
}
