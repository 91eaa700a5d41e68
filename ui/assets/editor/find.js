/** The search over a document: words and conditions, buttons for the states, and the rows that were found. */

import { button, fill, h } from "./dom.js";
import { t } from "./strings.js";

const PAUSE = 300; // milliseconds after a key
const QUICK = ["", "state:untranslated", "state:draft", "state:translated", "state:approved", "is:conflict"];
const WORDS = ["words", "state", "source", "comment", "changed", "mine", "is", "confidence", "sort", "regex"];

export class Finder {
  query = "";
  #desk;
  #timer = 0;
  #turn = 0;
  #input = h("input", {
    type: "search",
    "aria-label": t("find.label"),
    placeholder: t("find.placeholder"),
    autocomplete: "off",
  });
  #count = h("span", { class: "count" });
  #problem = h("span", { class: "warning", role: "alert", dir: "auto" });
  #buttons = new Map(QUICK.map((query) => [query, button(t(`find.${nameOf(query)}`), () => this.search(query))]));
  #quick = h("div", { class: "quick", role: "group", "aria-label": t("find.quick") }, ...this.#buttons.values());
  #help = h("details", { class: "help" }, h("summary", {}, t("find.help")), h("dl", {}, ...WORDS.flatMap(drawWord)));

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    this.element = h(
      "div",
      { class: "find", role: "search" },
      this.#input,
      this.#quick,
      this.#count,
      this.#problem,
      this.#help,
    );
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.search(this.#input.value, false), PAUSE);
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  /** Forget the query: another document is shown. */
  clear() {
    this.query = "";
    this.#turn += 1;
    this.#input.value = "";
    fill(this.#problem);
  }

  close() {
    clearTimeout(this.#timer);
  }

  /**
   * Show the rows that a query finds.
   *
   * @param {string} query
   * @param {boolean} [goOn] give the keyboard back to the row in work, or to the first one found
   */
  async search(query, goOn = true) {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (this.#input.value !== query) this.#input.value = query;
    const answer = query.trim() ? await this.#ask(query) : { rows: null, error: null };
    if (!answer || turn !== this.#turn) return;
    fill(this.#problem, answer.error ?? ""); // what was found before is no answer to it
    this.query = query.trim();
    this.#desk.showRows(answer.rows, goOn && !answer.error);
    this.draw();
  }

  /** Draw the buttons and the count as the states are now. */
  draw() {
    const { store, view } = this.#desk;
    for (const [query, button] of this.#buttons) button.setAttribute("aria-pressed", String(query === this.query));
    fill(this.#count, view.whole ? "" : t("find.count", { n: view.length, total: store.total }));
  }

  /** @param {string} query */
  async #ask(query) {
    const desk = this.#desk;
    await desk.outbox.flush(); // what is not there yet cannot be found
    const answer = await desk.ask(() => desk.api.get("find", { ...desk.place, query }));
    await desk.ask(() => desk.store.whole);
    return desk.store.complete ? answer : null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    this.search(event.key === "Enter" ? this.#input.value : "");
  }
}

/** @param {string} name */
function drawWord(name) {
  return [h("dt", {}, h("code", { dir: "ltr" }, t(`query.${name}`))), h("dd", {}, t(`query.${name}.meaning`))];
}

/** @param {string} query */
function nameOf(query) {
  return query.split(":")[1] ?? "all";
}
