/** What happens elsewhere while a person works: rows that others changed, and where the others are. */

const PERIOD = 2_000; // milliseconds
const HIDDEN = 15_000; // while nobody looks at the page

/** @typedef {{client: string, user: string, row: string}} Presence */

export class Live {
  /** Others, by the row they are on. @type {Map<string, string[]>} */
  present = new Map();
  /** What keeps the server from writing the catalog, in a sentence; "" while all is well. */
  problem = "";
  #desk;
  #timer = 0;
  #asking = false;
  #away = false;

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Ask from now on, again and again. */
  start() {
    this.close();
    this.#timer = setTimeout(() => this.poll().finally(() => this.start()), document.hidden ? HIDDEN : PERIOD);
  }

  close() {
    clearTimeout(this.#timer);
  }

  /** Ask now. */
  async poll() {
    const { api, kept, place, row, store, outbox } = this.#desk;
    if (this.#asking || store.total === 0) return;
    this.#asking = true;
    try {
      const answer = await api.get("changes", { ...place, since: store.revision, client: kept.client, row: row?.id });
      if (store === this.#desk.store) await this.#take(answer);
      outbox.retry();
      if (this.#away) this.#desk.list.paint(); // what could not be loaded
      this.#away = false;
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
      this.#away = true;
    } finally {
      this.#asking = false;
    }
    this.#desk.drawStatus();
  }

  /** @param {{revision: number, rows: import("./store.js").Row[], reload: boolean, present: Presence[], problem: string}} answer */
  async #take(answer) {
    const desk = this.#desk;
    this.problem = answer.problem ?? "";
    if (answer.reload) return desk.reload();
    const before = desk.store.revision;
    desk.store.revision = answer.revision;
    for (const row of answer.rows) if (desk.store.update(row, answer.revision)) desk.refresh(row.id);
    if (answer.revision !== before) desk.finder.draw();
    this.#place(answer.present);
    return undefined;
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
