/** A document and its translation as the server has them: how sentences are grouped, and the sentences themselves. */

const WINDOW = 300; // sentences of the first answer, around the place that is shown
const CHUNK = 2_000; // sentences of each later one, until all are here

/** @typedef {import("./regroup.js").Group} Group */
/** @typedef {[start: number, count: number]} Part */
/** @typedef {{id: string, at: [number, number], old: Group[], new: Group[]}} Edit */

export class Pair {
  /** @type {Group[]} */
  groups = [];
  version = "";
  /** Of the last answer that told all changes before it. */
  revision = 0;
  /** Where the page is to begin. */
  start = 0;
  strangers = false;
  /** Least confidence of what is called sure. */
  sure = 1;
  /** @type {["ltr" | "rtl", "ltr" | "rtl"]} */
  directions = ["ltr", "ltr"];
  /** Headings of both texts: number of the sentence, and what it says. @type {[number, string][][]} */
  sections = [[], []];
  /** Source sentences, by number, that came or moved after the translation was made. @type {Set<number>} */
  #later = new Set();
  /** Parts that stand elsewhere in the translation: of both texts the first sentence and how many. @type {[Part, Part][]} */
  moved = [];
  /** How many sentences each text has. */
  totals = [0, 0];
  #api;
  /** @type {[ids: string[], texts: string[]][]} */
  #sides = [
    [[], []],
    [[], []],
  ];
  /** How many sentences of each text stand before a group. @type {Uint32Array[]} */
  #starts = [];

  /** @param {import("../editor/api.js").Api} api @param {import("../editor/drafts.js").Place} place */
  constructor(api, place) {
    this.#api = api;
    this.place = place;
  }

  /** Load all groups, and the sentences around where the page begins. @param {string | null} row id of a source sentence */
  async open(row) {
    const answer = await this.#api.get("alignment", { ...this.place, row });
    this.groups = answer.groups;
    this.version = answer.version;
    this.revision = answer.revision;
    this.start = answer.at;
    this.strangers = answer.strangers;
    this.sure = answer.sure;
    this.directions = answer.directions;
    this.sections = answer.sections;
    this.#later = new Set(answer.later);
    this.#number();
    this.totals = this.#starts.map((starts) => starts[this.groups.length]);
    const [source, target] = this.at(this.start);
    await this.#load(Math.max(0, source - WINDOW / 2), Math.max(0, target - WINDOW / 2), WINDOW);
  }

  /** Load the sentences that are not here yet. @param {() => void} arrived called after each answer */
  async complete(arrived) {
    for (let start = 0; start < Math.max(...this.totals); start += CHUNK) {
      await this.#load(start, start, CHUNK);
      arrived();
    }
  }

  /** Ask which parts have moved; it takes the server a moment in a long text. */
  async findMoved() {
    this.moved = (await this.#api.get("alignment/moved", { ...this.place })).moved;
  }

  /** @param {number} number of a group @returns {boolean} that it has no counterpart says nothing: its source is newer */
  isLater(number) {
    const [source, target, , confirmedBy] = this.groups[number];
    const first = this.#starts[0][number];
    return target === 0 && confirmedBy === null && Array.from({ length: source }, (_, n) => first + n).some((n) => this.#later.has(n));
  }

  /** @param {number} number of a group @returns {[number, number]} how many sentences of each text stand before it */
  at(number) {
    return [this.#starts[0][number], this.#starts[1][number]];
  }

  /** @param {number} side @param {number} sentence @returns {string | undefined} undefined: not here yet */
  text(side, sentence) {
    return this.#sides[side][1][sentence];
  }

  /** @param {number} side @param {number} sentence @returns {string | undefined} */
  id(side, sentence) {
    return this.#sides[side][0][sentence];
  }

  /** @param {number} side @param {number} sentence @returns {number} the group that has it */
  holder(side, sentence) {
    let low = 0;
    let high = this.groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[side][middle] <= sentence) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** @param {number} number of a group @param {number} side @returns {{number: number, text: string | undefined}[]} */
  sentences(number, side) {
    const first = this.#starts[side][number];
    return Array.from({ length: Number(this.groups[number][side]) }, (_, n) => ({
      number: first + n,
      text: this.text(side, first + n),
    }));
  }

  /** @param {import("./regroup.js").Replace} replace */
  apply(replace) {
    this.groups.splice(replace.start, replace.old.length, ...replace.new);
    this.#number();
  }

  /** @param {Edit} edit of the server @returns {import("./regroup.js").Replace | null} null: it does not fit what is here */
  locate(edit) {
    const side = edit.old[0][0] ? 0 : 1;
    const start = this.holder(side, edit.at[side]);
    const here = this.groups.slice(start, start + edit.old.length);
    return sameGroups(here, edit.old) ? { start, old: edit.old, new: edit.new } : null;
  }

  /** @param {number} source @param {number} target @param {number} count */
  async #load(source, target, count) {
    const answer = await this.#api.get("alignment/sentences", { ...this.place, source, target, count });
    if (answer.version !== this.version) return;
    for (const [side, { start, texts }] of [answer.source, answer.target].entries()) {
      texts.forEach((/** @type {[string, string]} */ [id, text], /** @type {number} */ n) => {
        this.#sides[side][0][start + n] = id;
        this.#sides[side][1][start + n] = text;
      });
    }
  }

  #number() {
    this.#starts = [0, 1].map((side) => {
      const starts = new Uint32Array(this.groups.length + 1);
      this.groups.forEach((group, n) => (starts[n + 1] = starts[n] + Number(group[side])));
      return starts;
    });
  }
}

/** @param {Group[]} one @param {Group[]} other */
export function sameGroups(one, other) {
  return one.length === other.length && one.every((group, n) => group.every((value, i) => value === other[n][i]));
}
