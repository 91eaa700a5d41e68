/** What was saved here is taken back, and brought again: each step is an operation of its own. */

import { ApiError } from "./api.js";
import { randomId } from "./kept.js";
import { t } from "./strings.js";

const FINAL = [400, 403, 404]; // what HTTP answers that will be answered again

/** @typedef {import("./drafts.js").Place} Place */
/** @typedef {import("./outbox.js").Outcome} Outcome */
/**
 * @typedef {object} Step
 * @property {Place} place
 * @property {string} operation or the group of several
 * @property {string | null} row
 * @property {string} [reversal] id of the operation that takes it back, once it was asked for
 */
/** @typedef {{reverse: Step | null, message: string}} Turned `message`: why something stayed, or "" */

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
    this.#undone.length = 0;
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
      const turned = await this.#reverse({ place, operation, row: row?.id ?? null });
      if (turned?.reverse) this.record(turned.reverse);
      if (turned) this.#desk.announce(turned.message || t("undo.undone"));
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
    const step = from.at(-1);
    if (!step) return this.#desk.announce(t(nothing));
    const turned = await this.#reverse(step);
    if (!turned) return undefined;
    from.splice(from.lastIndexOf(step), 1);
    if (turned.reverse) to.push(turned.reverse);
    return this.#desk.announce(turned.message || t(said));
  }

  /** @param {Step} step @returns {Promise<Turned | null>} null: the server could not answer, and can be asked again */
  async #reverse(step) {
    const desk = this.#desk;
    const { place, operation, row } = step;
    const id = (step.reversal ??= randomId()); // the server carries it out once, however often it is asked
    let outcomes;
    try {
      ({ outcomes } = await desk.api.post("undo", { ...place, operation, id }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (FINAL.includes(error.status)) return { reverse: null, message: error.message };
      desk.announce(error.message);
      return null;
    }
    await desk.live.poll();
    const stayed = outcomes.filter((/** @type {Outcome} */ outcome) => outcome.result !== "saved");
    if (stayed.length === outcomes.length) return { reverse: null, message: stayed[0]?.message ?? t("undo.nothing") };
    if (row) await desk.show(place, row);
    const message = stayed.length ? t("undo.stayed", { n: stayed.length }) : "";
    return { reverse: { place, operation: id, row }, message };
  }
}
