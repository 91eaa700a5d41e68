/** Confirm many drafts at once: all that the search finds, above a confidence; counted first. */

import { openDialog } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { randomId } from "./kept.js";
import { ask, finished, sayConflicts } from "./replace.js";
import { t } from "./strings.js";

/** @param {import("./desk.js").Desk} desk */
export function openBulk(desk) {
  const { query } = desk.finder;
  const minimum = h("input", {
    type: "number",
    id: "hexapla-minimum",
    min: 0,
    max: 1,
    step: 0.01,
    placeholder: t("bulk.any"),
  });
  const result = h("p", { role: "status", tabindex: -1, dir: "auto" });
  const apply = button(t("bulk.apply"), () => run(false), { disabled: true });
  const form = h(
    "form",
    { class: "form" },
    h("label", { for: minimum.id }, t("bulk.minimum")),
    minimum,
    h("div", { class: "buttons" }, h("button", { class: "primary" }, t("bulk.count")), apply),
  );

  /** @param {boolean} counting */
  const run = async (counting) => {
    await desk.outbox.flush();
    const id = randomId();
    const asked = { query, minimum: minimum.value ? minimum.valueAsNumber : null, dry_run: counting, id };
    const answer = await ask(result, () => desk.api.post("confirm", { ...desk.place, ...asked }));
    if (!answer) return;
    fill(result, t(counting ? "bulk.found" : "bulk.done", { n: answer.count }), sayConflicts(answer));
    if (!counting) result.focus(); // the button that had the focus is disabled now
    apply.disabled = !counting || answer.count === 0;
    if (!counting) await finished(desk, id);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(true);
  });
  form.addEventListener("input", () => (apply.disabled = true));
  const scope = query ? t("bulk.query", { query }) : t("bulk.document", { document: desk.place.document });
  openDialog(desk, t("action.bulk"), h("p", {}, scope), form, result);
}
