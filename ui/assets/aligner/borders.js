/** Sentence borders: not the same as beads, so they are asked for in a dialog that says what comes of it. */

import { openDialog } from "../editor/dialog.js";
import { h } from "../editor/dom.js";
import { t } from "../editor/strings.js";

/** @typedef {import("./bench.js").Bench} Bench */

/** Ask where the sentence of the cursor is to be cut: at the caret. @param {Bench} bench */
export function openCut(bench) {
  const sentence = chosen(bench);
  if (!sentence) return;
  const { tag, dir } = bench.languages[bench.cursor.side];
  const text = h("textarea", { lang: tag, dir, rows: 4, "aria-label": t("cut.text") }, sentence.text);
  text.addEventListener("beforeinput", (event) => event.preventDefault()); // read-only, it would have no caret
  const warning = h("p", { role: "status", class: "warning" });
  const dialog = ask(bench, "sentenceCut", [h("p", {}, t("cut.where")), text, warning], () => {
    const caret = text.selectionStart;
    if (!sentence.text.slice(0, caret).trim() || !sentence.text.slice(caret).trim()) {
      warning.textContent = t("cut.nowhere");
      return;
    }
    dialog.close();
    bench.recut(sentence.id, [...sentence.text.slice(0, caret)].length); // the server counts code points
  });
  text.focus();
  text.setSelectionRange(0, 0);
}

/** Ask whether the sentence of the cursor is to be joined with the next one. @param {Bench} bench */
export function openJoin(bench) {
  const sentence = chosen(bench);
  if (!sentence) return;
  const { tag, dir } = bench.languages[bench.cursor.side];
  const dialog = ask(bench, "sentenceJoin", [h("p", { class: "text", lang: tag, dir }, sentence.text), h("p", {}, t("cut.join"))], () => {
    dialog.close();
    bench.recut(sentence.id, null);
  });
}

/** @param {Bench} bench @returns {{id: string, text: string} | null} the sentence of the cursor */
function chosen(bench) {
  const { at, side, sentence } = bench.cursor;
  const found = bench.pair.sentences(at, side)[sentence];
  const id = found && bench.pair.id(side, found.number);
  if (found?.text !== undefined && id) return { id, text: found.text };
  bench.announce(t("align.emptySide"));
  return null;
}

/** @param {Bench} bench @param {string} action @param {HTMLElement[]} content @param {() => void} run */
function ask(bench, action, content, run) {
  const form = h(
    "form",
    { method: "dialog" },
    ...content,
    h("p", { class: "hint" }, t(`cut.${bench.side}`)),
    h("button", { class: "primary" }, t(`button.${action}`)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return; // also where the text has the focus
    event.preventDefault();
    event.stopPropagation(); // once the dialog is closed, it would be a key of the page
    run();
  });
  return openDialog(bench, t(`action.${action}`), form);
}
