/** What stands around the beads: documents and tools above, the names of the columns, and the status line below. */

import { button, fill, h } from "../editor/dom.js";
import { looking, refusal } from "../editor/roles.js";
import { isolate, sayConfidence, t } from "../editor/strings.js";
import { picker } from "../editor/toolbar.js";
import { degree, isDoubtful } from "./bead.js";

const DOORS = ["beadUndo", "beadRedo", "beadAbove", "beadRealign", "beadParts", "beadReview", "keys", "palette"];

/** @typedef {import("./bench.js").Bench} Bench */

/** @param {Bench} bench @param {HTMLElement} bar */
export function drawBar(bench, bar) {
  const { documents, targets, place } = bench;
  const document = picker(
    "document",
    documents.map((name) => ({ value: name, name })),
    place.document,
    (value) => bench.open({ ...place, document: value }),
  );
  const language = picker(
    "language",
    targets.map(({ tag, name }) => ({ value: tag, name })),
    place.language,
    (value) => bench.open({ ...place, language: value }),
  );
  const doors = bench.actions
    .filter(({ id }) => DOORS.includes(id))
    .map((action) => {
      const reason = refusal(bench.target, action);
      return button(t(`button.${action.id}`), () => bench.run(action), {
        title: reason || [t(`action.${action.id}`), ...bench.keys.of(action.id)].join(" · "),
        disabled: reason !== "",
      });
    });
  const tools = h("div", { class: "doors", role: "toolbar", "aria-label": t("bar.doors") }, ...doors);
  fill(bar, ...document, ...language, tools);
}

/** @param {Bench} bench @param {HTMLElement} head */
export function drawHead({ languages }, head) {
  const names = [languages[0].name, t("column.links"), languages[1].name];
  const cells = names.map((name) => h("div", { role: "columnheader" }, name));
  fill(head, h("div", { class: "row", role: "row", "aria-rowindex": 1 }, ...cells));
}

export class Status {
  /** What keeps the server from writing, in a sentence; "" while all is well. */
  problem = "";
  #bench;
  #progress = h("span", { class: "progress" });
  #message = h("span", { class: "message", role: "status", "aria-live": "polite", dir: "auto" });
  #saving = h("span", { class: "saving" });

  /** @param {Bench} bench */
  constructor(bench) {
    this.#bench = bench;
    this.element = h("div", { class: "status" }, this.#progress, this.#message, this.#saving);
  }

  /** Say what has happened; a screen reader reads it when it has finished what it reads. @param {string} message */
  announce(message) {
    fill(this.#message, message);
  }

  draw() {
    const { pair, queue, kept, root, target } = this.#bench;
    const confirmed = pair.groups.filter((_, index) => degree(pair, index) === "confirmed").length;
    const doubtful = pair.groups.filter((_, index) => isDoubtful(pair, index)).length;
    const problem = isolate(queue.problem || this.problem);
    const saved = queue.size ? t("status.unsaved", { n: queue.size }) : looking(target, "mend") || t("status.saved");
    root.dataset.unsaved = String(queue.size);
    const counts = { done: confirmed, n: pair.groups.length, doubtful, sure: sayConfidence(pair.sure) };
    fill(this.#progress, t("align.progress", counts));
    fill(this.#saving, [saved, problem, kept.complete ? "" : t("status.unkept")].filter(Boolean).join(" · "));
    this.#saving.classList.toggle("warning", Boolean(problem));
  }
}
