/**
 * Operations that the server has not acknowledged: kept until it has, sent in order, again and again.
 *
 * Of each row one operation is on its way at a time. A later one waits, since its base is the answer to the one before:
 * until then its base reads "op:ID".
 */

import { ApiError } from "./api.js";
import { t } from "./strings.js";

const KIND = "operation";
const MOST = 100; // operations a request
const LARGEST = 2_000_000; // code units of text a request
const SLOWEST = 30; // seconds between two attempts

/** @typedef {import("./drafts.js").Place} Place */
/**
 * @typedef {object} Operation
 * @property {string} id
 * @property {number} order
 * @property {string} document
 * @property {string} language
 * @property {string} row
 * @property {string} base
 * @property {string[]} texts
 * @property {"draft" | "translated" | "approved"} state
 * @property {boolean} omit
 */
/** @typedef {{severity: string, message: string}} Finding */
/**
 * @typedef {object} Outcome
 * @property {string} id
 * @property {"saved" | "conflict" | "refused"} result
 * @property {string} row
 * @property {string} base
 * @property {string} state
 * @property {string} [message]
 * @property {import("./store.js").Row | null} [now]
 * @property {import("./store.js").Row[]} [rows]
 * @property {string[]} [replaces]
 * @property {Finding[]} [findings]
 */

/** @param {string} id of an operation @returns {string} the base of what comes after it, until its answer is there */
export function after(id) {
  return `op:${id}`;
}

export class Outbox {
  /** What keeps operations here, in a sentence; "" while all is well. */
  problem = "";
  #api;
  #kept;
  #hear;
  /** @type {Operation[]} in the order in which they were made */
  #operations = [];
  /** @type {Promise<void> | null} */
  #flushing = null;
  #failures = 0;
  #timer = 0;
  #closed = false;
  #most = MOST;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./kept.js").Kept} kept
   * @param {object} hear
   * @param {(operation: Operation, outcome: Outcome, latest: Operation, revision: number) => void} hear.settled
   *   `latest` is the last operation on that row: what the person wants, if nothing of it could be saved
   * @param {() => void} hear.changed
   */
  constructor(api, kept, hear) {
    this.#api = api;
    this.#kept = kept;
    this.#hear = hear;
    this.reload();
  }

  get size() {
    return this.#operations.length;
  }

  /** Read again what is kept: there may be more of it since a tab was closed. */
  reload() {
    const known = new Set(this.#operations.map((operation) => operation.id));
    this.#operations.push(...this.#kept.entries(KIND).filter((operation) => !known.has(operation.id)));
    this.#operations.sort((a, b) => a.order - b.order);
  }

  /** @param {Omit<Operation, "order">} operation */
  put(operation) {
    const order = Math.max(Date.now(), (this.#operations.at(-1)?.order ?? 0) + 1);
    const ordered = { ...operation, order };
    this.#operations.push(ordered);
    this.#kept.put(KIND, ordered.id, ordered);
    this.#hear.changed();
    this.flush();
  }

  /** @param {Place} place @param {string} row @returns {Operation | undefined} the last operation on a row */
  pending(place, row) {
    return this.#operations.findLast((operation) => sameRow(operation, { ...place, row }));
  }

  /** Send what there is; settled when all of it is acknowledged, or a problem keeps it here. */
  flush() {
    if (this.#operations.length > 0) this.#flushing ??= this.#drain();
    return this.#flushing ?? Promise.resolve();
  }

  /** Try now what was to be tried later: the server has been heard. */
  retry() {
    if (this.problem) this.flush();
  }

  close() {
    this.#closed = true; // what is on its way arrives; what fails is sent by another page
    clearTimeout(this.#timer);
  }

  async #drain() {
    clearTimeout(this.#timer);
    try {
      await null; // the next row is drawn first
      do {
        await this.#send(this.#batch());
        this.#hear.changed();
      } while (this.#operations.length > 0 && !this.problem);
    } finally {
      this.#flushing = null;
    }
  }

  /** @param {Operation[]} batch */
  async #send(batch) {
    const { document, language } = batch[0];
    const operations = batch.map(wire);
    try {
      this.#settle(batch, await this.#api.post("save", { document, language, operations }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#failed(batch, error);
    }
  }

  /** @returns {Operation[]} of one document and language: the first operation of each row */
  #batch() {
    const first = this.#operations[0];
    const batch = [];
    const rows = new Set();
    let room = LARGEST;
    for (const operation of this.#operations) {
      if (operation.document !== first.document || operation.language !== first.language) continue;
      if (rows.has(operation.row)) continue;
      room -= operation.texts.join("").length;
      if (batch.length > 0 && (room < 0 || batch.length === this.#most)) break;
      rows.add(operation.row);
      batch.push(operation);
    }
    return batch;
  }

  /** @param {Operation[]} batch @param {{revision: number, outcomes: Outcome[]}} answer */
  #settle(batch, answer) {
    const outcomes = new Map(answer.outcomes.map((outcome) => [outcome.id, outcome]));
    this.#failures = 0;
    this.#most = MOST;
    this.problem = batch.every((operation) => outcomes.has(operation.id)) ? "" : t("error.incomplete");
    if (this.problem) this.#later();
    for (const operation of batch) {
      const outcome = outcomes.get(operation.id);
      if (outcome) this.#close(operation, outcome, answer.revision);
    }
  }

  /** @param {Operation} operation @param {Outcome} outcome @param {number} revision */
  #close(operation, outcome, revision) {
    const latest = this.pending(operation, operation.row) ?? operation;
    if (outcome.result === "saved") {
      this.#forget(operation);
      const next = this.#operations.find((other) => other.base === after(operation.id));
      if (next) {
        next.base = outcome.base;
        this.#kept.put(KIND, next.id, next);
      }
    } else {
      for (const other of this.#operations.filter((each) => sameRow(each, operation))) this.#forget(other);
    }
    this.#hear.settled(operation, outcome, latest, revision);
  }

  /** @param {Operation} operation */
  #forget(operation) {
    this.#operations = this.#operations.filter((other) => other !== operation);
    this.#kept.remove(KIND, operation.id);
  }

  /** @param {Operation[]} batch @param {ApiError} error */
  #failed(batch, error) {
    const hopeless = [400, 403, 413].includes(error.status); // the same request will never be accepted
    if (hopeless && batch.length === 1) {
      const outcome = { ...batch[0], result: /** @type {const} */ ("refused"), message: error.message };
      this.#close(batch[0], outcome, 0);
      this.problem = "";
      return;
    }
    if (hopeless) this.#most = 1; // find the one that spoils the request
    this.problem = error.message;
    this.#putBack(batch[0]);
    this.#later(hopeless ? 0 : undefined);
  }

  /** Let other documents go first: what keeps one back need not keep them. @param {Place} place */
  #putBack({ document, language }) {
    const same = (/** @type {Operation} */ other) => other.document === document && other.language === language;
    this.#operations = [...this.#operations.filter((other) => !same(other)), ...this.#operations.filter(same)];
  }

  /** @param {number} [seconds] */
  #later(seconds = Math.min(SLOWEST, 2 ** this.#failures++)) {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => this.flush(), seconds * 1000);
  }
}

/** @param {Operation} operation what of it the server is told */
function wire({ id, row, base, texts, state, omit }) {
  return omit ? { id, row, base, texts, state, omit } : { id, row, base, texts, state };
}

/** @param {Place & {row: string}} one @param {Place & {row: string}} other */
function sameRow(one, other) {
  return one.row === other.row && one.document === other.document && one.language === other.language;
}
