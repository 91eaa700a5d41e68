/** The panel beside the rows: what is known of the row in work. */

import { Comments } from "./comments.js";
import { drawDiff } from "./diff.js";
import { button, fill, h } from "./dom.js";
import { sameTexts } from "./standing.js";
import { sayConfidence, sayList, sayTime, t } from "./strings.js";
import { drawText, inLanguage, SHOWN } from "./text.js";

const PAUSE = 200; // milliseconds on a row before the server is asked
const TYPING = 400; // milliseconds after a key before the server compares
const COMPARED = 50_000; // code units; longer texts are not compared at every pause
const AROUND = 8; // sentences of a paragraph that are shown on either side
const SECTIONS = [
  "facts",
  "findings",
  "previous",
  "typed",
  "context",
  "neighbours",
  "comments",
  "history",
  "matches",
  "terms",
];

/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {{tag: string, dir: string}} Language */
/**
 * @typedef {object} Event
 * @property {string} operation
 * @property {string} time
 * @property {string} user
 * @property {string} state "" for what is no decision, such as a comment
 * @property {string} text of a comment
 * @property {import("./diff.js").Diff} diff
 * @property {boolean} undoable
 */

export class Panel {
  #desk;
  #heading = h("h2", { tabindex: -1 });
  /** @type {Map<string, {details: HTMLDetailsElement, body: HTMLElement}>} */
  #sections = new Map();
  #comments;
  #timer = 0;
  #typing = 0;
  #request = new AbortController();

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    this.#comments = new Comments(desk);
    for (const name of SECTIONS) {
      const body = h("div", { class: name });
      this.#sections.set(name, {
        body,
        details: h("details", { open: true }, h("summary", {}, t(`panel.${name}`)), body),
      });
    }
    const sections = [...this.#sections.values()].map(({ details }) => details);
    this.element = h(
      "section",
      { class: "panel", "aria-label": t("panel.label"), tabindex: 0 },
      this.#heading,
      ...sections,
    );
  }

  /** Show or hide it. */
  toggle() {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden) this.show();
    this.#desk.focus();
  }

  /** Give it the keyboard, or give the keyboard back to the row. */
  focus() {
    if (this.element.contains(this.#desk.focused)) return this.#desk.focus();
    this.element.hidden = false;
    this.show();
    return this.#heading.focus();
  }

  /** Begin a comment. */
  comment() {
    this.element.hidden = false;
    this.show();
    this.element.querySelector("textarea")?.focus();
  }

  close() {
    clearTimeout(this.#timer);
    clearTimeout(this.#typing);
    this.#request.abort();
  }

  /** Show what is known of the row in work; the rest comes when the person stays on it. */
  show() {
    this.close();
    const { row } = this.#desk;
    if (this.element.hidden) return;
    if (!row) return this.#empty();
    fill(this.#heading, t("row.number", { number: (this.#desk.store.position(row.id) ?? 0) + 1 }));
    for (const name of ["previous", "typed", "context", "history", "matches", "terms"]) this.#put(name);
    this.#put("facts", ...drawFacts(row));
    this.#put("neighbours", ...this.#neighbours(row));
    this.#put("comments", ...this.#comments.draw(row));
    this.#drawFindings();
    this.#ask(row);
  }

  /** No row is in work. */
  #empty() {
    fill(this.#heading);
    for (const name of SECTIONS) this.#put(name);
  }

  /** Ask again: the row in work was saved, here or elsewhere. What the person does in the panel is not disturbed. */
  renew() {
    const { row, focused } = this.#desk;
    if (this.element.hidden || !row || this.element.contains(focused)) return;
    this.#put("facts", ...drawFacts(row));
    this.#put("comments", ...this.#comments.draw(row));
    this.#drawFindings();
    this.#ask(row);
  }

  /** @param {Row} row */
  #ask(row) {
    this.close();
    this.#request = new AbortController();
    this.#timer = setTimeout(() => this.#load(row, this.#request.signal), PAUSE);
  }

  /** Compare what is typed with what is saved, when the person pauses. */
  typed() {
    clearTimeout(this.#typing);
    if (!this.element.hidden) this.#typing = setTimeout(() => this.#compare(), TYPING);
  }

  #drawFindings() {
    const { findings, row } = this.#desk;
    this.#put(
      "findings",
      ...((row && findings.get(row.id)) ?? []).map(({ severity, message }) =>
        h("p", { class: severity }, t(`severity.${severity}`, {}, severity), ": ", h("bdi", {}, message)),
      ),
    );
  }

  /** @param {Row} row @param {AbortSignal} signal */
  async #load(row, signal) {
    const { api, place, source, language } = this.#desk;
    let answer;
    try {
      answer = await api.get("row", { ...place, row: row.id }, signal);
    } catch (error) {
      if (!signal.aborted) this.#put("history", h("p", { class: "hint", dir: "auto" }, /** @type {Error} */ (error).message));
      return;
    }
    if (signal.aborted) return;
    this.#put("neighbours", ...this.#neighbours(row)); // the one that was left may be saved by now
    if (answer.previous?.length) this.#put("previous", drawDiff(answer.previous, source));
    if (answer.context?.source[0] || answer.context?.source[2]) {
      const { source: written, target: built, gap } = answer.context;
      this.#put("context", drawContext(written, source), drawBuilt(built, gap, source, language));
    }
    this.#put("history", ...answer.history.map((/** @type {Event} */ event) => this.#event(event)));
    this.#put("matches", ...answer.matches.map(drawPlain));
    this.#put("terms", ...answer.terms.map(drawPlain));
    this.#desk.takeFindings(row, answer.findings ?? []);
    this.#drawFindings();
    await this.#compare();
  }

  async #compare() {
    const { row, place, drafts, language, api } = this.#desk;
    const draft = row && drafts.get(place, row.id);
    if (!row || !draft || sameTexts(draft.texts, row.target)) return this.#put("typed");
    const pairs = draft.texts.map((text, index) => ({ old: row.target[index] ?? "", new: text }));
    if (pairs.some((pair) => pair.old.length + pair.new.length > COMPARED)) return this.#put("typed", t("panel.long"));
    try {
      const answers = await Promise.all(pairs.map((pair) => api.post("diff", pair, this.#request.signal)));
      if (this.#desk.row?.id === row.id) this.#put("typed", ...answers.map(({ diff }) => drawDiff(diff, language)));
    } catch {
      this.#put("typed"); // the status line says that the server is away
    }
    return undefined;
  }

  /** Fill a section; one without content is hidden. @param {string} name @param {...Child} content */
  #put(name, ...content) {
    const section = this.#sections.get(name);
    if (!section) return;
    fill(section.body, ...content);
    section.details.hidden = content.length === 0;
  }

  /** @param {Event} event */
  #event({ operation, time, user, state, text, diff, undoable }) {
    const when = h("time", { datetime: time }, sayTime(time));
    const back =
      undoable && !this.#desk.readOnly && button(t("history.undo"), () => this.#desk.undoing.takeBack(operation));
    return h(
      "article",
      {},
      h("p", { class: "where" }, user, " · ", when, state && ` · ${t(`state.${state}`, {}, state)}`),
      text
        ? h("p", { class: "text", dir: "auto" }, ...drawText(t("history.comment", { text }), [], SHOWN))
        : drawDiff(diff, this.#desk.language),
      back,
    );
  }

  /** @param {Row} row */
  #neighbours(row) {
    const { store, source, language } = this.#desk;
    const position = store.position(row.id) ?? 0;
    return [position - 1, position + 1].flatMap((other) => {
      const neighbour = store.at(other);
      if (!neighbour) return [];
      return h(
        "div",
        { class: "pair" },
        drawSide(neighbour.source.join(" "), source),
        drawSide(neighbour.target[0] ?? "", language, neighbour.state === "draft" && drawKind("draft")),
      );
    });
  }
}

/** @param {Row} row */
function drawFacts(row) {
  const facts = [
    row.kind && t("fact.kind", { kind: t(`kind.${row.kind}`, {}, row.kind) }),
    row.confidence !== undefined && t("fact.confidence", { confidence: sayConfidence(row.confidence) }),
    (row.ids?.length ?? 1) > 1 && t("fact.sentences", { n: row.ids?.length ?? 1 }),
    row.context && t("fact.context", { context: row.context }),
    row.references?.length && t("fact.references", { references: sayList(row.references) }),
  ].filter((fact) => typeof fact === "string");
  const notes = row.notes ?? [];
  return [...notes, ...facts].map((fact) => h("p", { class: "text", dir: "auto" }, ...drawText(fact, [], SHOWN)));
}

/** @param {[string, string, string]} context @param {Language} language */
function drawContext([before, sentence, after], language) {
  const shown = [
    ...drawText(before.slice(-SHOWN)),
    h("strong", {}, ...drawText(sentence, [], SHOWN)),
    ...drawText(after, [], SHOWN),
  ];
  const element = h("p", { class: "text" }, ...shown);
  inLanguage(element, language);
  return element;
}

/**
 * Draw a paragraph as it is built; what is no translation yet says what it is.
 *
 * @param {{text: string, what: "translation" | "draft" | "source", here: boolean}[]} sentences
 * @param {string} gap between two sentences
 * @param {Language} source @param {Language} language
 */
function drawBuilt(sentences, gap, source, language) {
  const here = sentences.findIndex((sentence) => sentence.here);
  const [start, end] = [Math.max(0, here - AROUND), here + AROUND + 1];
  const shown = sentences
    .slice(start, end)
    .filter(({ text }) => text)
    .flatMap(({ text, what, here }) => {
      const words = drawText(text, [], SHOWN);
      const element = h(here ? "strong" : "bdi", { lang: (what === "source" ? source : language).tag }, ...words);
      return [gap, what !== "translation" && drawKind(what), element];
    });
  const more = [start > 0 && "…", end < sentences.length && `${gap}…`];
  return h("p", { class: "text", lang: language.tag, dir: language.dir }, more[0], ...shown.slice(1), more[1]);
}

/** @param {"draft" | "source"} what */
function drawKind(what) {
  return h("bdi", { class: "built" }, `${t(`built.${what}`)} `);
}

/** @param {string} text @param {{tag: string, dir: string}} language @param {Child} [kind] */
function drawSide(text, language, kind) {
  const element = h("p", { class: "text" }, kind, ...drawText(text, [], 300));
  inLanguage(element, language);
  return element;
}

/** @param {unknown} item */
function drawPlain(item) {
  return h(
    "p",
    { class: "text", dir: "auto" },
    ...drawText(typeof item === "string" ? item : JSON.stringify(item), [], SHOWN),
  );
}
