/** What the align page asks in a dialog: from which confidence on, which bead, which missing part. */

import { openDialog } from "../editor/dialog.js";
import { button, h } from "../editor/dom.js";
import { t } from "../editor/strings.js";
import { shape } from "./bead.js";

const PART = 3; // sentences in a row without a partner are a part

/** @typedef {import("./bench.js").Bench} Bench */

/** Ask for a confidence, and confirm all beads that have it. @param {Bench} bench */
export function openAbove(bench) {
  const input = h("input", { type: "number", min: 0, max: 1, step: 0.01, value: 0.95, required: true, id: "hexapla-above" });
  const count = h("p", { role: "status" });
  const say = () => {
    const n = bench.pair.groups.filter((group) => group[3] === null && group[2] >= input.valueAsNumber).length;
    count.textContent = t("above.count", { n });
  };
  input.addEventListener("input", say);
  say();
  ask(bench, "beadAbove", t("above.minimum"), input, count, () =>
    bench.edit({ name: "above", minimum: input.valueAsNumber }),
  );
}

/** Ask for the number of a source sentence, and go there. @param {Bench} bench */
export function openNumber(bench) {
  const n = bench.pair.totals[0];
  const input = h("input", { type: "number", min: 1, max: n, required: true, id: "hexapla-sentence" });
  ask(bench, "beadNumber", t("go.number", { n }), input, null, () =>
    bench.go(bench.pair.holder(0, input.valueAsNumber - 1), 0),
  );
}

/** List the parts that moved, and those that stand on one side alone. @param {Bench} bench */
export async function openParts(bench) {
  const { pair } = bench;
  await bench.queue.flush();
  await bench.ask(() => pair.findMoved());
  if (pair !== bench.pair) return;
  bench.overview.later();
  const go = (/** @type {number} */ at, /** @type {0 | 1} */ side) => {
    dialog.close();
    bench.go(at, side);
  };
  const moved = pair.moved.map(([[source, n], [target]]) => {
    const words = t("parts.moved", { n, number: source + 1, other: target + 1 });
    const there = t("parts.there", { number: target + 1 });
    const to = (/** @type {0 | 1} */ side, /** @type {number} */ sentence) => () => go(pair.holder(side, sentence), side);
    return h("li", {}, button(words, to(0, source)), " ", button(there, to(1, target)));
  });
  const alone = parts(pair.groups).flatMap(({ at, side, count }) => {
    const [{ number }] = pair.sentences(at, side);
    if (pair.moved.some(({ [side]: [start, n] }) => start <= number && number < start + n)) return [];
    const words = t(side ? "parts.added" : "parts.missing", { n: count, number: number + 1 });
    return [h("li", {}, button(words, () => go(at, side)))];
  });
  const items = [...moved, ...alone];
  const list = items.length ? h("ul", { class: "changes" }, ...items) : h("p", {}, t("parts.none", { n: PART }));
  const dialog = openDialog(bench, t("action.beadParts"), list);
}

/**
 * @param {import("./regroup.js").Group[]} groups
 * @returns {{at: number, side: 0 | 1, count: number}[]} where sentences of one side follow each other without a partner
 */
function parts(groups) {
  /** @type {{at: number, side: 0 | 1, count: number}[]} */
  const found = [];
  for (const [at, group] of groups.entries()) {
    const kind = shape(group);
    if (kind !== "omission" && kind !== "addition") continue;
    const side = kind === "omission" ? 0 : 1;
    const before = at > 0 ? shape(groups[at - 1]) : "plain";
    const last = found.at(-1);
    if (last && before === kind && last.side === side) last.count += Number(group[side]);
    else found.push({ at, side, count: Number(group[side]) });
  }
  return found.filter(({ count }) => count >= PART);
}

/**
 * @param {Bench} bench
 * @param {string} action
 * @param {string} label
 * @param {HTMLInputElement} input
 * @param {HTMLElement | null} note
 * @param {() => unknown} run
 */
function ask(bench, action, label, input, note, run) {
  const form = h(
    "form",
    { method: "dialog", class: "form" },
    h("label", { for: input.id }, label),
    input,
    note,
    h("button", { class: "primary" }, t(`button.${action}`)),
  );
  const dialog = openDialog(bench, t(`action.${action}`), form);
  form.addEventListener("submit", () => {
    dialog.close();
    run();
  });
}
