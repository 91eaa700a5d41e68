/** What happens elsewhere while a person works: rows that others changed, and where the others are. */

import { ApiError } from "./api.js";
import { t } from "./strings.js";

const PERIOD = 2_000; // milliseconds
const HIDDEN = 15_000; // while nobody looks at the page

/** @typedef {{client: string, user: string, row: string}} Presence */
/** @typedef {import("./store.js").Row} Row */
/** @typedef {{row: string, user: string, texts: string[]}} Homeless */
/**
 * @typedef {{revision: number, rows: Row[], reload: boolean, present: Presence[], problem: string,
 *   homeless: Homeless[]}} Changes
 */

export class Live {
  /** Others, by the row they are on. @type {Map<string, string[]>} */
  present = new Map();
  /** What keeps the server from writing the catalog, in a sentence; "" while all is well. */
  problem = "";
  /** @type {Homeless[]} texts that were saved, and whose sentence is gone from the document */
  homeless = [];
  #desk;
  #timer = 0;
  #polling = Promise.resolve();
  #away = false;
  #closed = false;

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Ask from now on, again and again. */
  start() {
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.poll().finally(() => this.start()), document.hidden ? HIDDEN : PERIOD);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** The server has answered something: ask now, if it did not when it was asked last. */
  heard() {
    if (this.#away) this.poll();
  }

  /** Ask now, after what is being asked already. */
  poll() {
    this.#polling = this.#polling.catch(() => {}).then(() => this.#ask()); // one that failed stops no other
    return this.#polling;
  }

  async #ask() {
    const { api, kept, place, row, store, outbox } = this.#desk;
    if (store.total === 0) return;
    try {
      const answer = await api.get("changes", { ...place, since: store.revision, client: kept.client, row: row?.id });
      if (store === this.#desk.store) await this.#take(answer);
      outbox.retry();
      if (this.#away || store.lacking) this.#recover(store);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.problem = error.message;
      this.#away = true;
    }
    this.#desk.drawStatus();
  }

  /** Load what could not be loaded. @param {import("./store.js").Store} store */
  #recover(store) {
    this.#away = false;
    if (store.lacking) this.#desk.reload();
    else this.#desk.list.paint();
  }

  /** @param {Changes} answer */
  async #take(answer) {
    const desk = this.#desk;
    this.problem = answer.problem ?? "";
    this.homeless = answer.homeless;
    if (answer.reload) return desk.reload();
    const before = desk.store.revision;
    desk.store.revision = answer.revision;
    for (const row of answer.rows) this.#takeRow(row, answer.revision);
    if (answer.revision !== before) desk.finder.draw();
    this.#place(answer.present);
    return undefined;
  }

  /** @param {Row} row @param {number} revision */
  #takeRow(row, revision) {
    const desk = this.#desk;
    const before = desk.store.row(row.id);
    const chosen = !before || !desk.standing(before).sides;
    if (!desk.store.update(row, revision)) return;
    if (before?.base !== row.base) desk.findings.delete(row.id);
    desk.refresh(row.id);
    if (!chosen || !desk.standing(row).sides) return;
    desk.announce(t("live.conflict", { number: (desk.store.position(row.id) ?? 0) + 1 }));
  }

  /** @param {Presence[]} present */
  #place(present) {
    const before = this.present;
    this.present = new Map();
    for (const { client, user, row } of present) {
      if (client === this.#desk.kept.client || !row) continue;
      this.present.set(row, [...(this.present.get(row) ?? []), user]);
    }
    for (const row of new Set([...before.keys(), ...this.present.keys()])) {
      if (String(before.get(row)) !== String(this.present.get(row))) this.#desk.refresh(row);
    }
  }
}
