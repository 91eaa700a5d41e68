/** Find and replace: seen before it is done, and taken back in one step. */

import { drawDiff } from "./diff.js";
import { openDialog } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { randomId } from "./kept.js";
import { t } from "./strings.js";

/** @typedef {import("./desk.js").Desk} Desk */

const SCOPES = ["filter", "document", "project"];

/** @param {Desk} desk */
export function openReplace(desk) {
  const find = h("input", { type: "text", id: "hexapla-find", required: true, autocomplete: "off" });
  const replacement = h("input", { type: "text", id: "hexapla-with", autocomplete: "off" });
  const regex = h("input", { type: "checkbox", id: "hexapla-regex" });
  const letters = h("input", { type: "checkbox", id: "hexapla-case" });
  const scope = h(
    "select",
    { id: "hexapla-scope" },
    ...SCOPES.map((name) =>
      h(
        "option",
        { value: name, selected: name === (desk.view.whole ? "document" : "filter") },
        t(`replace.scope.${name}`),
      ),
    ),
  );
  const result = h("div", { role: "status", tabindex: -1, dir: "auto" });
  const list = h("ul", { class: "changes", tabindex: 0, "aria-label": t("replace.changes") });
  const apply = button(t("replace.apply"), () => run(false), { disabled: true });
  const form = h(
    "form",
    { class: "form" },
    h("label", { for: find.id }, t("replace.find")),
    find,
    h("label", { for: replacement.id }, t("replace.with")),
    replacement,
    h("label", { for: scope.id }, t("replace.scope")),
    scope,
    h("label", { for: regex.id }, t("replace.regex")),
    regex,
    h("label", { for: letters.id }, t("replace.case")),
    letters,
    h("div", { class: "buttons" }, h("button", { class: "primary" }, t("replace.preview")), apply),
  );

  /** @param {boolean} preview */
  const run = async (preview) => {
    await desk.outbox.flush();
    const asked = {
      scope: scope.value,
      query: desk.finder.query,
      find: find.value,
      with: replacement.value,
      regex: regex.checked,
      case: letters.checked,
    };
    const id = randomId();
    const answer = await ask(result, () => desk.api.post("replace", { ...desk.place, ...asked, dry_run: preview, id }));
    if (!answer) return;
    fill(
      list,
      ...(preview ? answer.changes.map((/** @type {any} */ change) => drawChange(desk, change, scope.value)) : []),
    );
    fill(result, t(preview ? "replace.found" : "replace.done", { n: answer.count }), sayConflicts(answer));
    if (!preview) result.focus(); // the button that had the focus is disabled now
    apply.disabled = !preview || answer.count === 0;
    if (!preview) await finished(desk, id);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(true);
  });
  form.addEventListener("input", () => (apply.disabled = true)); // what was seen is not what would be done
  openDialog(desk, t("action.replace"), form, result, list);
}

/**
 * Ask the server, and say in the dialog why it refuses.
 *
 * @param {HTMLElement} place
 * @param {() => Promise<any>} request
 */
export async function ask(place, request) {
  try {
    return await request();
  } catch (error) {
    fill(place, /** @type {Error} */ (error).message);
    return null;
  }
}

/** @param {{conflicts?: number}} answer @returns {string} */
export function sayConflicts({ conflicts = 0 }) {
  return conflicts ? ` ${t("replace.conflicts", { n: conflicts })}` : "";
}

/** Show what a group of operations changed, and let it be taken back. @param {Desk} desk @param {string} group */
export async function finished(desk, group) {
  desk.undoing.record({ place: desk.place, operation: group, row: null });
  await desk.live.poll();
}

/**
 * @param {Desk} desk
 * @param {{document: string, row: string, diff: import("./diff.js").Diff}} change
 * @param {string} scope
 */
function drawChange(desk, change, scope) {
  const position = desk.store.position(change.row);
  const number =
    change.document === desk.place.document && position !== undefined ? t("row.number", { number: position + 1 }) : "";
  return h(
    "li",
    {},
    h("span", { class: "where" }, scope === "project" ? change.document : "", " ", number),
    drawDiff(change.diff, desk.language),
  );
}
