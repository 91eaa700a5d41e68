/** Operations that the server has not acknowledged: kept until it has, sent one after the other, again and again. */

import { ApiError } from "../editor/api.js";
import { randomId } from "../editor/kept.js";
import { sameGroups } from "./pair.js";

const KIND = "beads";
const SLOWEST = 30; // seconds between two attempts

/** @typedef {import("./regroup.js").Replace} Replace */
/**
 * @typedef {object} Sent
 * @property {string} id
 * @property {number} order
 * @property {string} document
 * @property {string} language
 * @property {string} version of the texts that the person saw
 * @property {[number, number]} at
 * @property {import("./regroup.js").Request} request
 * @property {import("./regroup.js").Group[]} seen
 * @property {import("./regroup.js").Group[]} fresh
 */

export class Queue {
  /** What keeps operations here, in a sentence; "" while all is well. */
  problem = "";
  #api;
  #kept;
  #hear;
  /** @type {Sent[]} */
  #waiting;
  /** @type {Promise<void> | null} */
  #flushing = null;
  #failures = 0;
  #timer = 0;

  /**
   * @param {import("../editor/api.js").Api} api
   * @param {import("../editor/kept.js").Kept} kept
   * @param {{changed: () => void, saved: (answer: any) => void, failed: (sent: Sent, message: string) => void}} hear
   */
  constructor(api, kept, hear) {
    this.#api = api;
    this.#kept = kept;
    this.#hear = hear;
    this.#waiting = kept.entries(KIND).sort((one, other) => one.order - other.order);
  }

  get size() {
    return this.#waiting.length;
  }

  /** @param {import("../editor/drafts.js").Place} place @returns {Sent[]} what waits for this alignment, in order */
  of({ document, language }) {
    return this.#waiting.filter((sent) => sent.document === document && sent.language === language);
  }

  close() {
    clearTimeout(this.#timer);
  }

  /** @param {import("./pair.js").Pair} pair @param {import("./regroup.js").Request} request @param {Replace} replace carried out here already @param {[number, number]} at */
  add(pair, request, replace, at) {
    const order = (this.#waiting.at(-1)?.order ?? 0) + 1;
    const sent = { id: randomId(), order, ...pair.place, version: pair.version, at, request, seen: replace.old, fresh: replace.new };
    this.#waiting.push(sent);
    this.#kept.put(KIND, sent.id, sent);
    this.#hear.changed();
    this.flush();
  }

  /** Send all that waits. */
  flush() {
    clearTimeout(this.#timer);
    this.#flushing ??= this.#send().finally(() => {
      this.#flushing = null;
      this.#hear.changed();
    });
    return this.#flushing;
  }

  async #send() {
    while (this.#waiting.length > 0) {
      const [sent] = this.#waiting;
      const { id, document, language, version, at, request, seen } = sent;
      try {
        const answer = await this.#api.post("alignment/apply", { id, document, language, version, at, seen, ...request });
        const [{ result, message, edit }] = answer.results;
        this.#forget(sent);
        this.#failures = 0;
        this.problem = "";
        if (result === "saved" && (!edit || sameGroups(edit.new, sent.fresh))) this.#hear.saved(answer);
        else this.#fail(sent, message);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!passing(error)) return this.#fail(sent, error.message);
        this.problem = error.message;
        this.#timer = setTimeout(() => this.flush(), Math.min(SLOWEST, 2 ** this.#failures++) * 1000);
        return undefined;
      }
    }
    return undefined;
  }

  /** What comes after an operation that failed was made on what it would have made. @param {Sent} sent @param {string} message */
  #fail(sent, message) {
    this.#forget(sent);
    this.of(sent).forEach((later) => this.#forget(later));
    this.#hear.failed(sent, message);
  }

  /** @param {Sent} sent */
  #forget(sent) {
    this.#waiting = this.#waiting.filter((other) => other !== sent);
    this.#kept.remove(KIND, sent.id);
  }
}

/** Whether it may go well the next time. @param {ApiError} error */
function passing({ status }) {
  return status === 0 || status === 401 || status === 409 || status >= 500;
}
