/** What the catalog has at the bead in work: a person's translation that the beads would have otherwise is shown with both. */

import { button, fill, h } from "../editor/dom.js";
import { randomId } from "../editor/kept.js";
import { t } from "../editor/strings.js";

/** @typedef {{id: string, target: string, state: string, base: string}} Row */

export class Beside {
  element = h("section", { class: "beside", "aria-label": t("beside.label"), hidden: true });
  #bench;
  /** @type {Row[]} */
  #rows = [];
  /** @type {[number, number]} */
  #at = [0, 0];
  #turn = 0;

  /** @param {import("./bench.js").Bench} bench */
  constructor(bench) {
    this.#bench = bench;
  }

  close() {
    this.#turn++;
  }

  /** Ask what there is at the bead in work, once it is saved. */
  async show() {
    const { api, place, pair, cursor, queue } = this.#bench;
    const turn = ++this.#turn;
    await queue.flush();
    const [source, target] = pair.at(cursor.at);
    const answer = await api.get("alignment/bead", { ...place, source, target }).catch(() => null);
    if (turn !== this.#turn || !answer) return;
    this.#at = [source, target];
    this.#rows = answer.differs ? answer.rows : [];
    this.element.hidden = !answer.differs;
    if (answer.differs) this.#draw(answer);
  }

  /** Let the aligned translation stand in the catalog. */
  async take() {
    const bench = this.#bench;
    if (this.#rows.length === 0) return bench.announce(t("beside.none"));
    const bases = this.#rows.map(({ base }) => base);
    const body = { ...bench.place, id: randomId(), at: this.#at, bases };
    const answer = await bench.ask(() => bench.api.post("alignment/take", body));
    if (answer) bench.announce(answer.result === "saved" ? t("beside.taken") : answer.message);
    bench.focus();
    return this.show();
  }

  /** @param {{rows: Row[], proposal: string[]}} answer */
  #draw({ rows, proposal }) {
    const { tag, dir } = this.#bench.languages[1];
    const texts = (/** @type {string[]} */ all) => all.map((text) => h("p", { class: "text", lang: tag, dir }, text || t("row.omitted")));
    fill(
      this.element,
      h("div", {}, h("strong", {}, t("beside.catalog")), ...texts(rows.map(({ target }) => target))),
      h("div", {}, h("strong", {}, t("beside.aligned")), ...texts(proposal)),
      button(t("beside.take"), () => this.take()),
    );
  }
}
