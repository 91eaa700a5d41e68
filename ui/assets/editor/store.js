/**
 * The rows of one document in one language as the server has them: order and states of all, the rest where looked at.
 */

const WINDOW = 60; // rows of the first answer: a screen, and some to scroll
const GAP = 8; // rows between two that are asked for in one request rather than two

/** @typedef {"untranslated" | "draft" | "translated" | "approved"} State */
/** @type {Record<string, State>} */
const STATES = { u: "untranslated", d: "draft", t: "translated", a: "approved" };

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string[]} source sentences; of a plural, the singular and the plural
 * @property {string[]} target one text, or one a plural form
 * @property {State} state
 * @property {string} base
 * @property {string} [kind]
 * @property {string[]} [ids]
 * @property {number[][]} [examples] numbers that take each plural form
 * @property {number} [confidence]
 * @property {boolean} [omitted]
 * @property {boolean} [broken]
 * @property {string[]} [comments]
 * @property {string[]} [notes] what the template says, such as what each tag stands for
 * @property {string[]} [tags] must stand in the translation, in order
 * @property {boolean} [locked] nothing to translate: numbers, code or addresses alone
 * @property {string} [previous]
 * @property {string[]} [notes] of the template: what tags stand for, what the developer says
 * @property {string} [context] that tells a message from others with the same source
 * @property {string[]} [references] where the source stands
 * @property {{operation: string, user: string, texts: string[]}} [conflict] a text that a change from outside displaced
 */

export class Store {
  /** Position of the row the server was asked to begin with. */
  start = 0;
  total = 0;
  /** Of the last answer that told all changes before it. */
  revision = 0;
  /** @type {string[]} row ids by position; with holes until `whole` is settled */
  ids = [];
  /** @type {(State | undefined)[]} by position */
  states = [];
  /** Whether order and states of all rows are known. */
  complete = false;
  /** Whether they could not be loaded. */
  lacking = false;
  /** Settled when they are. @type {Promise<void>} */
  whole = Promise.resolve();
  #api;
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Map<string, number>} */
  #positions = new Map();
  /** @type {Map<number, Promise<void>>} */
  #asked = new Map();
  /** Revision of the last save of a row: an answer that was made before it is older. @type {Map<string, number>} */
  #saved = new Map();

  /** @param {import("./api.js").Api} api @param {import("./drafts.js").Place} place */
  constructor(api, place) {
    this.#api = api;
    this.place = place;
  }

  /** Load the rows around one, and then, without waiting, what is known of all. @param {string | null} [at] */
  async open(at) {
    const parameters = at ? { at } : { start: 0 };
    const window = await this.#api.get("rows", { ...this.place, ...parameters, count: WINDOW });
    this.revision = window.revision;
    this.total = window.total;
    this.#take(window);
    this.start = (at && this.#positions.get(at)) || window.start;
    this.whole = this.#learn();
    this.whole.catch(() => (this.lacking = true));
  }

  /** @param {number} position @returns {Row | undefined} */
  at(position) {
    return this.#rows.get(this.ids[position]);
  }

  /** @param {string} id @returns {Row | undefined} */
  row(id) {
    return this.#rows.get(id);
  }

  /** @param {string} id @returns {number | undefined} */
  position(id) {
    return this.#positions.get(id);
  }

  /** Load the rows at these positions that are not here yet. @param {number[]} positions */
  async need(positions) {
    const waiting = positions.flatMap((position) => this.#asked.get(position) ?? []);
    const missing = positions.filter((position) => !this.at(position) && !this.#asked.has(position));
    await Promise.all([...waiting, ...ranges(missing, GAP).map((range) => this.#load(range))]);
  }

  /**
   * Take a row as it is now.
   *
   * @param {Row} row
   * @param {number} [revision] of the answer it came in; without it the row is the newest there can be
   * @returns {boolean} whether the row is of this document, and not older than what is here
   */
  update(row, revision = Infinity) {
    const position = this.#positions.get(row.id);
    if (position === undefined || revision < (this.#saved.get(row.id) ?? 0)) return false;
    this.#rows.set(row.id, row);
    this.states[position] = row.state;
    return true;
  }

  /** Take a state for granted that is on its way. @param {string} id @param {State} state */
  expect(id, state) {
    const position = this.#positions.get(id);
    if (position !== undefined) this.states[position] = state;
  }

  /** Go back to the state that the row has: what was on its way is not saved. @param {string} id */
  unexpect(id) {
    const row = this.#rows.get(id);
    if (row) this.expect(id, row.state);
  }

  /**
   * Take down that an operation was saved.
   *
   * @param {import("./outbox.js").Operation} operation
   * @param {import("./outbox.js").Outcome} outcome
   * @param {number} revision
   */
  saved(operation, outcome, revision) {
    this.#saved.set(operation.row, revision);
    const row = this.#rows.get(operation.row);
    if (!row) return;
    const { conflict, previous, broken, ...rest } = row; // a decision settles all three
    const state = /** @type {State} */ (outcome.state);
    const kept = state === "draft" && previous ? { previous } : {};
    this.update({ ...rest, ...kept, target: operation.texts, state, base: outcome.base, omitted: operation.omit });
  }

  /** @param {{start: number, rows: Row[]}} window */
  #take({ start, rows }) {
    rows.forEach((row, index) => {
      this.ids[start + index] = row.id;
      this.#positions.set(row.id, start + index);
      if (!this.#rows.has(row.id)) this.update(row);
    });
  }

  async #learn() {
    const { ids, states } = await this.#api.get("states", { ...this.place });
    this.ids = ids;
    this.total = ids.length;
    this.#positions = new Map(ids.map((/** @type {string} */ id, /** @type {number} */ position) => [id, position]));
    this.states = Array.from(states, (letter) => STATES[/** @type {string} */ (letter)]);
    for (const row of this.#rows.values()) this.update(row);
    this.complete = true;
  }

  /** @param {{start: number, count: number}} range */
  #load({ start, count }) {
    const loading = this.#api
      .get("rows", { ...this.place, start, count })
      .then((window) => this.#take(window))
      .finally(() => {
        for (let position = start; position < start + count; position++) this.#asked.delete(position);
      });
    for (let position = start; position < start + count; position++) this.#asked.set(position, loading);
    return loading;
  }
}

/**
 * @param {number[]} positions
 * @param {number} gap
 * @returns {{start: number, count: number}[]} ranges that hold them all, none nearer to the next than the gap
 */
export function ranges(positions, gap) {
  /** @type {{start: number, count: number}[]} */
  const found = [];
  for (const position of [...positions].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && position - (last.start + last.count) <= gap) last.count = position + 1 - last.start;
    else found.push({ start: position, count: 1 });
  }
  return found;
}
