/** What was saved here is taken back, and brought again: each step is an operation of its own. */

import { carryOut } from "./answers.js";
import { randomId } from "./kept.js";
import { t } from "./strings.js";

/** @typedef {import("./drafts.js").Place} Place */
/** @typedef {{place: Place, operation: string, row: string | null}} Step `operation` may be that of a group */

export class Undoing {
  /** Steps that are asked for and not answered. */
  waiting = 0;
  #desk;
  /** @type {Step[]} */
  #done = [];
  /** @type {Step[]} */
  #undone = [];
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Take down what can be taken back. @param {Step} step */
  record(step) {
    this.#done.push(step);
    this.#undone = [];
  }

  undo() {
    return this.#inOrder(() => this.#turn(this.#done, this.#undone, "undo.nothing", "undo.undone"));
  }

  redo() {
    return this.#inOrder(() => this.#turn(this.#undone, this.#done, "redo.nothing", "redo.redone"));
  }

  /** Take back an operation of the history of the row in work. @param {string} operation */
  takeBack(operation) {
    const { place, row } = this.#desk;
    return this.#inOrder(async () => {
      const step = await this.#reverse({ place, operation, row: row?.id ?? null });
      if (step) this.record(step);
    });
  }

  /** A key may come before the answer to the one before it. @param {() => Promise<void>} turn */
  #inOrder(turn) {
    this.waiting += 1;
    this.#desk.drawStatus();
    const finished = () => {
      this.waiting -= 1;
      this.#desk.drawStatus();
    };
    this.#last = this.#last
      .catch(() => {})
      .then(turn)
      .finally(finished);
    return this.#last;
  }

  /** @param {Step[]} from @param {Step[]} to @param {string} nothing @param {string} said */
  async #turn(from, to, nothing, said) {
    await this.#desk.outbox.flush();
    const step = from.pop();
    if (!step) return this.#desk.announce(t(nothing));
    const reverse = await this.#reverse(step);
    if (!reverse) return undefined;
    to.push(reverse);
    return this.#desk.announce(t(said));
  }

  /** @param {Step} step @returns {Promise<Step | null>} the step that takes this one back; null: it failed */
  async #reverse({ place, operation, row }) {
    const desk = this.#desk;
    const id = randomId();
    if (!(await carryOut(desk, "undo", { ...place, operation, id }))) return null;
    await desk.live.poll();
    if (row) await desk.show(place, row);
    return { place, operation: id, row };
  }
}
