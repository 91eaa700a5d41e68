/** The workbench of the align page: the beads, the cursor among them, and everything around that has to know of both. */

import { ApiError } from "../editor/api.js";
import { h } from "../editor/dom.js";
import { Keys, keyName } from "../editor/keys.js";
import { randomId } from "../editor/kept.js";
import { List } from "../editor/list.js";
import { refusal } from "../editor/roles.js";
import { t } from "../editor/strings.js";
import { ACTIONS } from "./actions.js";
import { callSure, cellOf, describe, drawBead, mark, number, unmark } from "./bead.js";
import { Beside } from "./beside.js";
import { drawBar, drawHead, Status } from "./around.js";
import { Links } from "./links.js";
import { Overview } from "./overview.js";
import { Pair } from "./pair.js";
import { Queue } from "./queue.js";
import { plan, Refused, SIDES } from "./regroup.js";

const HEIGHT = 40; // pixels of a bead that was never drawn
const PERIOD = 2_000; // milliseconds between two questions whether others changed something
const HIDDEN = 15_000; // while nobody looks at the page

/** @typedef {import("../editor/columns.js").Language} Language */
/** @typedef {import("../editor/drafts.js").Place} Place */
/** @typedef {{at: number, side: 0 | 1, sentence: number}} Cursor number of the bead, column, number of the sentence in it */

export class Bench {
  actions = ACTIONS;
  keys = new Keys(ACTIONS, { kept: "hexapla:keys:align", sets: ["intertext"], typing: false });
  /** @type {Cursor} */
  cursor = { at: 0, side: 0, sentence: 0 };
  /** The sentence that is to be linked to one of the other side, while a person looks for that. @type {{side: 0 | 1, number: number} | null} */
  linking = null;
  /** @type {Place} */
  place = { document: "", language: "" };
  /** Languages of both sides. @type {[Language, Language]} */
  languages;

  #closing = new AbortController();
  #timer = 0;
  #settling = 0;
  #bar = h("div", { class: "bar" });
  #head = h("div", { class: "head", role: "rowgroup" });
  #sheet = h("div", { class: "sheet", role: "rowgroup" });
  #viewport = h("div", { class: "viewport" }, this.#sheet);
  #table = h("div", { class: "table beads", role: "grid", "aria-label": t("align.table") }, this.#head, this.#viewport);

  /**
   * @param {HTMLElement} root
   * @param {import("../editor/api.js").Api} api
   * @param {import("../editor/desk.js").Project & {user: string}} project
   * @param {import("../editor/kept.js").Kept} kept
   */
  constructor(root, api, project, kept) {
    this.root = root;
    this.api = api;
    this.kept = kept;
    this.user = project.user;
    this.source = project.source;
    this.targets = project.languages;
    this.documents = project.documents.filter(({ catalog }) => !catalog).map(({ name }) => name);
    this.languages = [project.source, project.source];
    this.pair = new Pair(api, this.place);
    this.links = new Links();
    this.overview = new Overview(this);
    this.beside = new Beside(this);
    this.status = new Status(this);
    this.queue = new Queue(api, kept, {
      changed: () => this.status.draw(),
      saved: (answer) => this.#heard(answer),
      failed: (sent, message) => this.#failed(sent, message),
    });
    this.list = new List(this.#viewport, this.#sheet, (index) => drawBead(this, index), () => {});
    root.classList.add("aligner");
    root.append(
      h("h1", { class: "hidden" }, t("align.title")),
      this.#bar,
      h("div", { class: "body" }, this.#table, this.overview.element),
      this.beside.element,
      this.status.element,
    );
    this.#listen();
  }

  /** Send what an earlier page left, and hear of others from now on. */
  start() {
    this.queue.flush();
    this.#poll();
  }

  close() {
    this.#closing.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#settling);
    for (const part of [this.list, this.links, this.overview, this.beside, this.queue, this.kept]) part.close();
  }

  /** The language of the translation, with what one may do to it. @returns {import("../editor/roles.js").Target} */
  get target() {
    const found = this.targets.find(({ tag }) => tag === this.place.language);
    return found ?? { ...this.source, role: "reader", may: [] };
  }

  /** The column that the cursor is in. */
  get side() {
    return SIDES[this.cursor.side];
  }

  /** @param {string} message */
  announce(message) {
    this.status.announce(message);
  }

  /** Ask the server something, and say why it refuses. @param {() => Promise<any>} request @returns {Promise<any>} null where it refused */
  async ask(request) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.announce(error.code === "offline" ? t("align.offline") : error.message); // what is asked once is not sent later
      return null;
    }
  }

  /** @param {import("./actions.js").Action} action */
  run(action) {
    const reason = refusal(this.target, action);
    return reason ? this.announce(reason) : action.run(this);
  }

  /** Open a document in a language. @param {Place} place @param {string | null} [row] id of a source sentence */
  async open(place, row = null) {
    const pair = new Pair(this.api, place);
    this.place = place;
    this.languages = [this.source, this.target];
    drawBar(this, this.#bar);
    drawHead(this, this.#head);
    try {
      await pair.open(row);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.#cannot(error.message);
    }
    if (place !== this.place) return undefined;
    this.pair = pair;
    callSure(pair.sure);
    this.linking = null;
    this.#resume();
    if (pair.strangers && !row) this.#cannot(t("align.strangers"), () => this.#show());
    else this.#show();
    await pair.complete(() => this.#arrived(pair));
    await this.ask(() => pair.findMoved());
    return this.overview.later();
  }

  /** Load everything anew, and stay at the sentence. */
  async reload() {
    const { at, side } = this.cursor;
    const row = this.pair.groups.length ? this.pair.id(0, Math.min(this.pair.at(at)[0], this.pair.totals[0] - 1)) : null;
    await this.open(this.place, row ?? null);
    if (this.pair.groups[this.cursor.at]?.[side]) this.go(this.cursor.at, side);
  }

  /** Move the cursor. @param {number} at @param {0 | 1} [side] @param {number} [sentence] */
  go(at, side = this.cursor.side, sentence = 0) {
    if (!this.pair.groups[at]) return;
    const old = this.list.element(this.cursor.at);
    if (old) unmark(old);
    const last = Math.max(0, Number(this.pair.groups[at][side]) - 1);
    this.cursor = { at, side, sentence: Math.min(Math.max(0, sentence), last) };
    this.list.kept = at;
    this.list.reveal(at);
    this.#mark();
  }

  /** Give the keyboard to the bead in work. */
  focus() {
    const row = this.list.element(this.cursor.at);
    if (row) cellOf(row, this.cursor.side).focus({ preventScroll: true });
    else /** @type {HTMLElement | null} */ (this.root.querySelector("button, select"))?.focus();
  }

  /**
   * Carry an operation out, here at once and then on the server.
   *
   * @param {import("./regroup.js").Request} request
   * @param {number} [by] of the bead that it is about, counted from the cursor
   * @returns {boolean} whether it was carried out
   */
  edit(request, by = 0) {
    const at = this.cursor.at + by;
    try {
      if (at < 0) throw new Refused("align.noBefore");
      const change = plan(this.pair.groups, at, request, this.user);
      const place = this.pair.at(at);
      this.#apply(change);
      this.queue.add(this.pair, request, change, place);
      this.announce(`${t(`done.${request.name}`)} ${describe(this.pair, this.cursor.at)}`);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#refuse(t(error.message));
    }
  }

  /** Choose the sentence of the cursor for a link, or link it to the one that was chosen. */
  link() {
    const { at, side, sentence } = this.cursor;
    const [here] = this.pair.sentences(at, side).slice(sentence);
    if (!here) return this.announce(t("align.emptySide"));
    const { linking } = this;
    if (!linking || linking.side === side) {
      this.linking = { side, number: here.number };
      this.#mark();
      return this.announce(t("align.linking"));
    }
    this.linking = null;
    const [source, target] = side === 1 ? [linking.number, here.number] : [here.number, linking.number];
    this.edit({ name: "link", source, target });
    return this.#mark();
  }

  /** Have everything between the confirmed beads around aligned anew. */
  realign() {
    return this.#post("alignment/realign", { at: this.pair.at(this.cursor.at) }, "done.realign", "align.aligning");
  }

  /** @param {boolean} redo */
  undo(redo) {
    return this.#post("alignment/undo", { redo }, redo ? "redo.redone" : "undo.undone");
  }

  /**
   * Move a sentence border, and load what comes of it.
   *
   * @param {string} sentence id
   * @param {number | null} offset where it is cut, in code points; null joins it with the next one
   */
  async recut(sentence, offset) {
    await this.queue.flush();
    const body = { ...this.place, side: this.side, sentence, offset, id: randomId() };
    const answer = await this.ask(() => this.api.post("alignment/recut", body));
    if (!answer) return undefined;
    await this.reload();
    return this.announce(t(offset === null ? "done.join" : "done.cut"));
  }

  /** Go to the review editor, to the sentence of the cursor. */
  review() {
    const row = this.pair.id(0, Math.min(this.pair.at(this.cursor.at)[0], this.pair.totals[0] - 1)) ?? "";
    const page = location.pathname.endsWith("/aligner") ? "editor" : "review";
    location.assign(`${page}?${new URLSearchParams({ ...this.place, row })}`);
  }

  /** @param {string} route @param {object} body @param {string} done @param {string} [meanwhile] */
  async #post(route, body, done, meanwhile) {
    if (meanwhile) this.announce(t(meanwhile));
    await this.queue.flush();
    const { pair } = this;
    const answer = await this.ask(() => this.api.post(route, { ...this.place, ...body, id: randomId() }));
    if (!answer || pair !== this.pair) return undefined;
    const [{ result, message, edit }] = answer.results;
    if (result !== "saved") return this.announce(t(`align.${result}`, {}, message));
    if (edit) this.#take(edit);
    else await this.reload(); // a sentence border: the texts are others
    this.#heard(answer);
    return this.announce(`${t(done)} ${describe(this.pair, this.cursor.at)}`);
  }

  /** Show a change that the server made. @param {import("./pair.js").Edit} edit @param {boolean} [follow] go where it is */
  #take(edit, follow = true) {
    const change = this.pair.locate(edit);
    if (!change) return void this.reload();
    this.#apply(change, follow);
  }

  /** Draw a change, and nothing else. @param {import("./regroup.js").Replace} change @param {boolean} [follow] keep the cursor with the change */
  #apply(change, follow = true) {
    const { pair, list } = this;
    const { at, side } = this.cursor;
    const here = pair.sentences(at, side)[this.cursor.sentence]?.number;
    const old = list.element(at);
    if (old) unmark(old);
    pair.apply(change);
    list.splice(change.start, change.old.length, change.new.length, HEIGHT);
    for (const index of list.drawn) number(/** @type {HTMLElement} */ (list.element(index)), index);
    this.#table.setAttribute("aria-rowcount", String(pair.groups.length + 1));
    const stop = change.start + change.new.length;
    let next = here === undefined ? change.start : pair.holder(side, here);
    if (follow) next = Math.min(Math.max(next, change.start), stop - 1);
    const sentence = pair.sentences(next, side).findIndex((each) => each.number === here);
    this.go(next, side, sentence);
    this.overview.later();
  }

  #mark() {
    const row = this.list.element(this.cursor.at);
    if (!row) return;
    unmark(row);
    mark(row, this);
    if (!this.root.querySelector("dialog[open]")) this.focus();
    performance.mark("hexapla:drawn");
    this.root.dataset.at = String(this.cursor.at);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), 150);
  }

  /** What can wait until the bead in work is on the screen. */
  #settle() {
    const [source] = this.pair.at(this.cursor.at);
    const address = new URL(location.href);
    const row = this.pair.id(0, Math.min(source, this.pair.totals[0] - 1)) ?? "";
    for (const [name, value] of Object.entries({ ...this.place, row })) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
    this.beside.show();
    this.overview.later();
  }

  #show() {
    const { pair, list } = this;
    this.#viewport.querySelector(".cannot")?.remove();
    this.#table.setAttribute("aria-rowcount", String(pair.groups.length + 1));
    list.reset(pair.groups.length, HEIGHT);
    this.cursor = { at: 0, side: this.cursor.side, sentence: 0 };
    this.go(Math.min(pair.start, pair.groups.length - 1));
    this.status.draw();
    this.overview.later();
    this.root.dataset.ready = "";
  }

  /** Say why there is nothing to work on, or why it hardly makes sense. @param {string} message @param {() => void} [anyway] */
  #cannot(message, anyway) {
    this.#viewport.querySelector(".cannot")?.remove();
    this.list.reset(0, HEIGHT);
    const go = anyway && h("button", { type: "button", onclick: anyway }, t("align.anyway"));
    this.#viewport.append(h("div", { class: "cannot", role: "alert" }, h("p", {}, message), go));
    this.root.dataset.ready = "";
  }

  /** Do again what an earlier page could not send. */
  #resume() {
    for (const { at, seen, fresh, version } of this.queue.of(this.place)) {
      const change = version === this.pair.version && this.pair.locate({ id: "", at, old: seen, new: fresh });
      if (change) this.pair.apply(change);
    }
  }

  /** @param {Pair} pair */
  #arrived(pair) {
    if (pair !== this.pair) return;
    const { list } = this;
    for (const index of list.drawn) {
      const element = /** @type {HTMLElement} */ (list.element(index));
      if (element.querySelector(".waiting")) list.redraw(index);
    }
    this.#mark();
  }

  /** @param {{revision: number, undo: number, redo: number}} answer */
  #heard(answer) {
    this.status.draw();
    performance.mark("hexapla:saved");
    this.#known = Math.max(this.#known, answer.revision);
  }

  /** Revision up to which every change is either shown or this page's own. */
  #known = 0;

  /** @param {import("./queue.js").Sent} sent @param {string} message */
  async #failed(sent, message) {
    if (sent.document !== this.place.document || sent.language !== this.place.language) return;
    await this.reload();
    this.announce(t("align.failed", { message }));
  }

  #refuse(/** @type {string} */ message) {
    this.announce(message);
    return false;
  }

  #poll() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask().finally(() => this.#poll()), document.hidden ? HIDDEN : PERIOD);
  }

  async #ask() {
    const { pair, queue } = this;
    if (queue.size > 0 || pair.groups.length === 0) return;
    try {
      const answer = await this.api.get("alignment/changes", { ...this.place, since: pair.revision });
      if (pair !== this.pair || queue.size > 0) return;
      this.status.problem = answer.problem;
      if (answer.reload || answer.version !== pair.version) return void (await this.reload());
      pair.revision = answer.revision;
      for (const edit of answer.edits) if (!this.#own(edit)) this.#take(edit, false);
    } catch (error) {
      this.status.problem = /** @type {Error} */ (error).message;
    }
    this.status.draw();
  }

  /** Whether a change stands here already. @param {import("./pair.js").Edit} edit */
  #own(edit) {
    return this.pair.locate({ ...edit, old: edit.new }) !== null;
  }

  #listen() {
    const { signal } = this.#closing;
    this.root.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#sheet.addEventListener("click", (event) => this.#click(event), { signal });
    addEventListener("online", () => this.queue.flush(), { signal });
    addEventListener("beforeunload", (event) => this.kept.complete || event.preventDefault(), { signal });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation(); // the page around has keys of its own
    if (this.root.querySelector("dialog[open]")) return;
    const name = keyName(event);
    const control = /** @type {Element} */ (event.target).closest("button, select, input, a");
    if (control && !/^(Ctrl|Alt)\+/.test(name)) return;
    const [action] = this.keys.actions(name);
    if (!action) return;
    event.preventDefault();
    this.run(action);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest(".row"));
    if (!row || getSelection()?.type === "Range") return;
    const side = target.closest("[data-side='1']") ? 1 : 0;
    const sentence = target.closest(".sentence");
    const cell = cellOf(row, side);
    this.go(Number(row.dataset.place), side, sentence ? [...cell.querySelectorAll(".sentence")].indexOf(sentence) : 0);
  }
}
