/** Other languages of the same document, as columns in step with the rows. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { ranges } from "./store.js";
import { t } from "./strings.js";

const GAP = 20; // rows between two that are asked for in one request rather than two
const FRESH = 30_000; // milliseconds after which a text is asked for again

/** @typedef {{tag: string, name: string, dir: string}} Language */
/** @typedef {{text: string, state: import("./store.js").State}} Other */

export class Columns {
  /** @type {Language[]} */
  languages = [];
  #desk;
  /** @type {Map<string, Map<string, Other>>} texts by language and row */
  #texts = new Map();
  /** @type {Map<number, number>} when a position was asked for */
  #asked = new Map();

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {string[]} tags of the languages to be shown beside the one in work */
  choose(tags) {
    const { languages, language } = this.#desk;
    this.languages = languages.filter(({ tag }) => tags.includes(tag) && tag !== language.tag);
    this.forget();
  }

  forget() {
    this.#texts.clear();
    this.#asked.clear();
  }

  /** @param {string} language @param {string} row @returns {Other | undefined} */
  at(language, row) {
    return this.#texts.get(language)?.get(row);
  }

  /** Load what stands beside these rows. @param {number[]} positions */
  async need(positions) {
    const now = Date.now();
    const missing = this.languages.length
      ? positions.filter((position) => now - (this.#asked.get(position) ?? 0) > FRESH)
      : [];
    for (const position of missing) this.#asked.set(position, now);
    await Promise.all(ranges(missing, GAP).map((range) => this.#load(range)));
  }

  /** @param {{start: number, count: number}} range */
  async #load(range) {
    const desk = this.#desk;
    const languages = this.languages.map(({ tag }) => tag).join(",");
    const answer = await desk.ask(() => desk.api.get("columns", { ...desk.place, languages, ...range }));
    const changed = new Set();
    for (const [language, texts] of Object.entries(answer?.columns ?? {})) {
      const known = this.#texts.get(language) ?? new Map();
      this.#texts.set(language, known);
      for (const [row, other] of Object.entries(texts)) {
        if (known.get(row)?.text === other.text && known.get(row)?.state === other.state) continue;
        known.set(row, other);
        changed.add(row);
      }
    }
    for (const row of changed) desk.refresh(row);
  }
}

/** Choose the languages. @param {import("./desk.js").Desk} desk */
export function openColumns(desk) {
  const others = desk.languages.filter(({ tag }) => tag !== desk.language.tag);
  const shown = new Set(desk.columns.languages.map(({ tag }) => tag));
  const choices = others.map(({ tag, name }) => {
    const box = h("input", { type: "checkbox", value: tag, checked: shown.has(tag) });
    box.addEventListener("change", () => {
      if (box.checked) shown.add(tag);
      else shown.delete(tag);
      desk.showColumns([...shown]);
    });
    return h("label", { class: "choice" }, box, name);
  });
  openDialog(desk, t("action.columns"), h("p", {}, t(choices.length ? "columns.choose" : "columns.none")), ...choices);
}
