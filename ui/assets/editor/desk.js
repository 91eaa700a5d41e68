/** The desk of a translator: the document, the row in work, and everything around it that has to know of both. */

import { ACTIONS } from "./actions.js";
import { settle } from "./answers.js";
import { ApiError } from "./api.js";
import { Columns } from "./columns.js";
import { h } from "./dom.js";
import { Drafts } from "./drafts.js";
import { keepTyped } from "./editing.js";
import { Finder } from "./find.js";
import { nextInState } from "./going.js";
import { Keys } from "./keys.js";
import { List } from "./list.js";
import { listen } from "./listening.js";
import { Live } from "./live.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { looking, refusal } from "./roles.js";
import { drawSegment, updateSegment } from "./segment.js";
import { sameTexts, standing } from "./standing.js";
import { Status } from "./status.js";
import { Store } from "./store.js";
import { t } from "./strings.js";
import { drawBar, drawHead } from "./toolbar.js";
import { Undoing } from "./undoing.js";
import { View } from "./view.js";

const HEIGHT = 72; // pixels of a row that was never drawn
const AHEAD = 40; // rows beyond those in sight that are loaded

/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./columns.js").Language} Language */
/**
 * @typedef {object} Project
 * @property {string} name
 * @property {Language} source
 * @property {{name: string, catalog?: boolean}[]} documents `catalog`: the messages of a program
 * @property {import("./roles.js").Target[]} languages
 */

export class Desk {
  actions = ACTIONS;
  keys = new Keys(ACTIONS);
  /** Place of the row in work in the view; -1: none. */
  index = -1;
  view = new View(0);
  /**
   * Fields of the row in work, one a plural form; none for a long text that is not opened.
   *
   * @type {import("./field.js").Field[]}
   */
  fields = [];
  /** The field that had the keyboard last. @type {import("./field.js").Field | undefined} */
  field = undefined;
  /** Ids of rows that a person unlocked, or opened in spite of their length. */
  unlocked = new Set();
  opened = new Set();
  /** @type {Map<string, import("./outbox.js").Finding[]>} what the last save of a row found */
  findings = new Map();
  /** @type {import("./drafts.js").Place} */
  place = { document: "", language: "" };
  /** @type {import("./roles.js").Target} */
  language = { tag: "", name: "", dir: "auto", role: "reader", may: [] };

  #programs;
  #closing = new AbortController();
  /** Id of the row that was in work last: a search that finds nothing has none. */
  #latest = "";
  #turn = 0;
  #settling = 0;
  #bar = h("div", { class: "bar" });
  #head = h("div", { class: "head", role: "rowgroup" });
  #sheet = h("div", { class: "sheet", role: "rowgroup" });
  #nothing = h(
    "div",
    { class: "nothing", role: "rowgroup", hidden: true },
    h("div", { role: "row" }, h("div", { role: "cell" }, t("find.nothing"))),
  );
  #viewport = h("div", { class: "viewport" }, this.#sheet, this.#nothing);
  #table = h("div", { class: "table", role: "table", "aria-label": t("table.label") }, this.#head, this.#viewport);

  /**
   * @param {HTMLElement} root
   * @param {import("./api.js").Api} api
   * @param {Project} project
   * @param {import("./kept.js").Kept} kept
   */
  constructor(root, api, project, kept) {
    this.root = root;
    this.api = api;
    this.kept = kept;
    this.source = project.source;
    this.languages = project.languages;
    this.documents = project.documents.map(({ name }) => name);
    this.#programs = new Set(project.documents.filter(({ catalog }) => catalog).map(({ name }) => name));
    this.store = new Store(api, this.place);
    this.drafts = new Drafts(kept);
    this.outbox = new Outbox(api, kept, {
      settled: (...answer) => settle(this, ...answer),
      changed: () => this.#sent(),
    });
    this.list = new List(
      this.#viewport,
      this.#sheet,
      (place) => drawSegment(this, place),
      (from, to) => this.#inSight(from, to),
    );
    this.columns = new Columns(this);
    this.finder = new Finder(this);
    this.panel = new Panel(this);
    this.undoing = new Undoing(this);
    this.live = new Live(this);
    this.status = new Status(this);
    root.append(
      h("h1", { class: "hidden" }, t("review.title")),
      this.#bar,
      this.finder.element,
      h("div", { class: "body" }, this.#table, this.panel.element),
      this.status.element,
    );
    listen(this, this.#sheet, this.#closing.signal);
  }

  /** Send what an earlier page left, and hear of others from now on. */
  start() {
    this.outbox.flush();
    this.live.start();
  }

  close() {
    this.drafts.flush();
    this.#closing.abort();
    clearTimeout(this.#settling);
    for (const part of [this.live, this.list, this.panel, this.finder, this.outbox, this.kept]) part.close();
  }

  /** The row in work. @returns {Row | undefined} */
  get row() {
    return this.index < 0 ? undefined : this.store.at(this.view.position(this.index));
  }

  /** Whether the document is the messages of a program, none of which can be left out. */
  get ofMessages() {
    return this.#programs.has(this.place.document);
  }

  /** Whether who is here may look at this language, and no more. */
  get readOnly() {
    return looking(this.language, "edit") !== "";
  }

  /** What can be done in this document. */
  get available() {
    return this.actions.filter((action) => action.applies?.(this) ?? true);
  }

  /** Its texts as they stand on the screen. @returns {string[]} */
  get texts() {
    if (this.fields.length > 0) return this.fields.map((field) => field.text);
    return this.row ? this.standing(this.row).texts : [];
  }

  /** What has the keyboard, if it is inside the desk. @returns {Element | null} */
  get focused() {
    const within = /** @type {Document | ShadowRoot} */ (this.root.getRootNode()).activeElement;
    return within && this.root.contains(within) ? within : null;
  }

  /** @param {Row} row @returns {import("./standing.js").Standing} */
  standing(row) {
    return standing(row, this.outbox.pending(this.place, row.id), this.drafts.get(this.place, row.id));
  }

  /** @param {string} message */
  announce(message) {
    this.status.announce(message);
  }

  /**
   * Ask the server something, and say why it refuses.
   *
   * @param {() => Promise<any>} request
   * @returns {Promise<any>} null where it refused
   */
  async ask(request) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.announce(error.message);
      return null;
    }
  }

  /** Run an action; the keyboard is never left with nothing. @param {import("./actions.js").Action} action */
  async run(action) {
    const reason = refusal(this.language, action);
    if (reason) this.announce(reason);
    else await action.run(this);
    if (!this.focused) this.focus();
  }

  /**
   * Open a document in a language.
   *
   * @param {import("./drafts.js").Place} place
   * @param {string | null} [row] id of the row to begin with
   * @param {string[]} [columns] tags of the languages to be shown beside it
   */
  async open(place, row = null, columns = this.columns.languages.map(({ tag }) => tag)) {
    const store = new Store(this.api, place);
    const opened = await this.ask(() => store.open(row).then(() => true));
    if (!opened) return;
    this.place = place;
    this.store = store;
    this.findings.clear();
    this.language = this.languages.find(({ tag }) => tag === place.language) ?? {
      tag: place.language,
      name: place.language,
      dir: "auto",
      role: "reader",
      may: [],
    };
    this.columns.choose(columns);
    this.finder.clear();
    this.view = new View(store.total);
    this.#drawFrame();
    this.#begin(store.start, !this.#bar.contains(this.focused));
    await this.ask(() => store.whole);
    if (store !== this.store) return;
    if (store.total !== this.view.length && this.view.whole) this.showRows(null);
    this.drawStatus();
    this.finder.draw();
  }

  /** Load everything anew, since more has changed than can be told; what was typed stays with its row. */
  async reload() {
    const store = new Store(this.api, this.place);
    const loaded = await this.ask(async () => {
      await store.open(this.row?.id);
      await store.whole;
      await store.need(this.list.drawn.map((place) => this.view.position(place)));
      return true;
    });
    if (!loaded) return;
    if (!sameTexts(store.ids, this.store.ids)) return void (await this.open(this.place, this.row?.id));
    this.store = store;
    this.findings.clear();
    for (const place of this.list.drawn) this.refresh(store.ids[this.view.position(place)]);
    this.finder.draw();
  }

  /** Show some rows, or all of them. @param {string[] | null} ids @param {boolean} [goOn] give the keyboard to a row */
  showRows(ids, goOn = false) {
    const current = this.store.position(this.#latest);
    const positions = ids?.flatMap((id) => this.store.position(id) ?? []) ?? null;
    this.view = new View(this.store.total, positions);
    this.#table.setAttribute("aria-rowcount", String(this.view.length + 1));
    this.#begin(Math.max(0, this.view.place(current)), goOn);
  }

  /** @param {string[]} tags of the languages to be shown beside the one in work */
  showColumns(tags) {
    this.columns.choose(tags);
    this.#drawFrame();
    this.#begin(this.index, false);
  }

  /** Go to a row, wherever it is. @param {import("./drafts.js").Place} place @param {string} row */
  async show(place, row) {
    if (place.document !== this.place.document || place.language !== this.place.language) return this.open(place, row);
    await this.store.whole;
    const position = this.store.position(row);
    if (position === undefined) return undefined;
    if (this.view.place(position) < 0) await this.finder.search("", false);
    return this.go(this.view.place(position));
  }

  /**
   * Go to a row of the view: at once where it is loaded, else as soon as it is.
   *
   * @param {number} index
   * @param {boolean} [focus] give it the keyboard
   */
  async go(index, focus = true) {
    const turn = ++this.#turn;
    const position = this.view.position(index);
    const { store } = this;
    if (!store.at(position))
      await this.ask(() => store.need(this.view.slice(index - this.#ahead, index + this.#ahead)));
    if (turn !== this.#turn || store !== this.store || !store.at(position)) return;
    this.#activate(index);
    if (focus) this.focus();
  }

  /** Give the keyboard to the row in work. */
  focus() {
    const field = this.field ?? this.fields[0];
    if (field) field.focus();
    else if (!this.#nothing.hidden) this.finder.focus();
    else /** @type {HTMLElement} */ (this.root.querySelector(".opener") ?? this.#viewport).focus();
    performance.mark("hexapla:focused");
  }

  /** Draw a row again after something about it has changed. @param {string} id */
  refresh(id) {
    const place = this.view.place(this.store.position(id));
    const row = this.store.row(id);
    const element = place < 0 ? undefined : this.list.element(place);
    if (!row || !element) return;
    if (place !== this.index) return this.list.redraw(place);
    this.panel.renew();
    const held = element.contains(this.focused);
    if (this.standing(row).texts.length === (this.fields.length || 1)) updateSegment(this, element, row);
    else this.list.redraw(place);
    if (held && !this.focused) this.focus();
  }

  /** Draw a row from nothing, its fields too. @param {string} id */
  redraw(id) {
    const place = this.view.place(this.store.position(id));
    const held = this.list.element(place)?.contains(this.focused);
    this.list.redraw(place);
    if (held) this.focus();
  }

  /** Take what the server finds in a row as it is saved. @param {Row} row @param {import("./outbox.js").Finding[]} found */
  takeFindings({ id }, found) {
    const said = (this.findings.get(id) ?? []).map(({ message }) => message);
    this.findings.set(id, found);
    const element = this.list.element(this.index);
    const changed = !sameTexts(
      said,
      found.map(({ message }) => message),
    );
    if (!changed || !element || this.row?.id !== id) return;
    const held = element.contains(this.focused);
    updateSegment(this, element, this.row);
    if (held && !this.focused) this.focus();
  }

  /** The person has typed in a field of the row in work. */
  typed() {
    keepTyped(this);
  }

  /** Draw what the status line says. */
  drawStatus() {
    this.root.dataset.unsaved = String(this.outbox.size + this.undoing.waiting);
    this.status.draw();
  }

  #sent() {
    if (!this.outbox.problem && this.outbox.size === 0) this.live.heard();
    this.drawStatus();
  }

  #drawFrame() {
    drawBar(this, this.#bar);
    drawHead(this, this.#head);
    this.#table.setAttribute("aria-rowcount", String(this.view.length + 1));
    this.#table.style.setProperty("--texts", String(2 + this.columns.languages.length));
    this.finder.draw();
    this.drawStatus();
  }

  /** Begin anew at a place of the view. @param {number} index @param {boolean} [focus] */
  #begin(index, focus = true) {
    this.index = -1;
    this.fields = [];
    this.field = undefined;
    this.list.reset(this.view.length, HEIGHT);
    this.#nothing.hidden = this.view.whole || this.view.length > 0;
    if (!this.#nothing.hidden) this.announce(t("find.nothing"));
    if (this.view.length > 0) this.go(Math.min(Math.max(0, index), this.view.length - 1), focus);
    else this.panel.show();
  }

  /** Make a row the one in work. @param {number} index */
  #activate(index) {
    const before = this.index;
    this.index = index;
    this.fields = [];
    this.field = undefined;
    this.list.kept = index;
    this.list.redraw(...new Set([before, index]));
    this.list.reveal(index);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle());
    this.root.dataset.ready = "";
    this.#latest = this.row?.id ?? "";
  }

  /** What can wait until the row in work is on the screen. */
  #settle() {
    const { row, place, view } = this;
    if (!row) return;
    const address = new URL(location.href);
    for (const [name, value] of Object.entries({ ...place, row: row.id })) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
    this.panel.show();
    const next = nextInState(this, ["untranslated"]);
    if (next >= 0) this.store.need([view.position(next)]).catch(() => {}); // asked again when it is wanted
  }

  /** @param {number} from @param {number} to */
  async #inSight(from, to) {
    const { store, view } = this;
    const positions = view.slice(from, to);
    this.columns.need(positions);
    const absent = positions.filter((position) => !store.at(position));
    if (absent.length > 0) await this.ask(() => store.need(absent));
    if (store !== this.store || view !== this.view) return;
    for (const position of absent) if (store.at(position)) this.list.redraw(view.place(position));
    store.need(view.slice(from - this.#ahead, to + this.#ahead)).catch(() => {}); // asked again when it is in sight
  }

  /** Rows of a search lie scattered, and each is a request. */
  get #ahead() {
    return this.view.whole ? AHEAD : AHEAD / 4;
  }
}
