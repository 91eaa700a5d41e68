/** Texts that were typed and not saved yet: one a row, kept through reload and crash. */

const KIND = "draft";
const LONG = 20_000; // code units; a longer text is not written down at every key
const PAUSE = 500; // milliseconds

/** @typedef {{document: string, language: string}} Place */
/**
 * @typedef {object} Draft
 * @property {string} document
 * @property {string} language
 * @property {string} row
 * @property {string} base of the row when typing began; "op:ID" stands for the answer to an operation on its way
 * @property {string[]} texts
 * @property {string} [state] that the person wanted, where the server refused to save
 * @property {string} [message] why it refused
 */

export class Drafts {
  #kept;
  /** @type {Map<string, Draft>} */
  #drafts = new Map();
  /** @type {Map<string, number>} */
  #timers = new Map();

  /** @param {import("./kept.js").Kept} kept */
  constructor(kept) {
    this.#kept = kept;
    this.reload();
  }

  /** Read again what is kept: there may be more of it since a tab was closed. */
  reload() {
    for (const draft of this.#kept.entries(KIND)) {
      const key = keyOf(draft, draft.row);
      if (!this.#drafts.has(key)) this.#drafts.set(key, draft);
    }
  }

  /** @param {Place} place @param {string} row @returns {Draft | undefined} */
  get(place, row) {
    return this.#drafts.get(keyOf(place, row));
  }

  /** @param {Place} place @returns {Draft[]} all of one document and language */
  of(place) {
    return [...this.#drafts.values()].filter(
      (draft) => draft.document === place.document && draft.language === place.language,
    );
  }

  /** @param {Draft} draft */
  set(draft) {
    const key = keyOf(draft, draft.row);
    this.#drafts.set(key, draft);
    if (draft.texts.every((text) => text.length < LONG)) this.#kept.put(KIND, key, draft);
    else if (!this.#timers.has(key))
      this.#timers.set(
        key,
        setTimeout(() => this.#write(key), PAUSE),
      );
  }

  /** @param {Place} place @param {string} row */
  drop(place, row) {
    const key = keyOf(place, row);
    if (!this.#drafts.delete(key)) return;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#kept.remove(KIND, key);
  }

  /** Write down at once what waits for a pause. */
  flush() {
    for (const [key, timer] of this.#timers) {
      clearTimeout(timer);
      this.#write(key);
    }
  }

  /** @param {string} key */
  #write(key) {
    this.#timers.delete(key);
    const draft = this.#drafts.get(key);
    if (draft) this.#kept.put(KIND, key, draft);
  }
}

/** @param {Place} place @param {string} row */
function keyOf(place, row) {
  return JSON.stringify([place.document, place.language, row]);
}
