/** The list of all keys: which set is in use, what each action has, and what a person wants instead. */

import { openDialog } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { keyName } from "./keys.js";
import { sayList, t } from "./strings.js";

/** @typedef {import("./keys.js").Keyed} Action */
/** @typedef {import("./dialog.js").Stage & {actions: Action[], keys: import("./keys.js").Keys<Action>}} Desk what has keys */

/** @param {{id: string, number?: number}} action @returns {string} */
export function labelOf({ id, number }) {
  return number ? t("action.tag", { number }) : t(`action.${id}`);
}

/** @param {string} key @returns {HTMLElement} */
export function drawKey(key) {
  return h(
    "kbd",
    { dir: "ltr" }, // signs between the names run as they are typed, also on a page from right to left
    key
      .split("+")
      .map((part) => t(`key.${part}`, {}, part))
      .join(" + "),
  );
}

/** Show the list, to read and to change. @param {Desk} desk */
export function openKeys(desk) {
  const note = h("p", { role: "status", class: "hint" }, t("keys.reserved"));
  const body = h("tbody");
  const choice = h(
    "select",
    { id: "hexapla-keys" },
    ...desk.keys.sets.map((set) => h("option", { value: set, selected: set === desk.keys.set }, t(`keys.${set}`))),
  );
  const heads = ["action", "keys", "change"].map((name) => h("th", { scope: "col" }, t(`keys.column.${name}`)));
  const table = h("table", { class: "keys" }, h("thead", {}, h("tr", {}, ...heads)), body);
  const draw = () => fill(body, ...desk.actions.map((action) => drawAction(desk, action, note, draw)));
  choice.addEventListener("change", () => {
    desk.keys.choose(/** @type {import("./keys.js").SetName} */ (choice.value));
    draw();
  });
  draw();
  const sets = desk.keys.sets.length > 1 ? [h("label", { for: choice.id }, t("keys.set")), choice] : [];
  openDialog(desk, t("action.keys"), ...sets, note, table);
}

/** @param {Desk} desk @param {Action} action @param {HTMLElement} note @param {() => void} draw */
function drawAction(desk, action, note, draw) {
  const { keys } = desk;
  const label = labelOf(action);
  const others = keys
    .of(action.id)
    .flatMap((key) => keys.actions(key))
    .filter((other) => other !== action);
  const clash =
    others.length > 0 && h("span", { class: "warning" }, t("keys.clash", { actions: sayList(others.map(labelOf)) }));
  const change = button(t("keys.change"), () => listen(desk, action, change, note, draw), {
    "aria-label": t("keys.changeOf", { action: label }),
  });
  const reset =
    keys.isOwn(action.id) &&
    button(
      t("keys.reset"),
      () => {
        keys.reset(action.id);
        draw();
        focusChange(desk, label);
      },
      { "aria-label": t("keys.resetOf", { action: label }) },
    );
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h("td", {}, ...keys.of(action.id).map(drawKey), clash),
    h("td", {}, change, reset),
  );
}

/** The table was drawn anew: go on where the person was. @param {Desk} desk @param {string} label of an action */
function focusChange(desk, label) {
  const name = t("keys.changeOf", { action: label });
  /** @type {HTMLElement | null} */ (desk.root.querySelector(`[aria-label="${CSS.escape(name)}"]`))?.focus();
}

/**
 * Wait for the key that an action is to have.
 *
 * @param {Desk} desk
 * @param {Action} action
 * @param {HTMLElement} change
 * @param {HTMLElement} note
 * @param {() => void} draw
 */
function listen(desk, action, change, note, draw) {
  fill(change, t("keys.press"));
  const stop = new AbortController();
  const end = () => {
    stop.abort();
    draw();
    focusChange(desk, labelOf(action));
  };
  change.addEventListener("blur", end, { signal: stop.signal });
  change.addEventListener("keydown", (event) => hear(event, desk, action, note, end), { signal: stop.signal });
}

/**
 * @param {KeyboardEvent} event
 * @param {Desk} desk
 * @param {Action} action
 * @param {HTMLElement} note
 * @param {() => void} end
 */
function hear(event, desk, action, note, end) {
  const key = keyName(event);
  if (!key || key === "Tab" || key === "Shift+Tab") return; // Tab goes on, and gives up
  event.preventDefault();
  event.stopPropagation();
  if (key !== "Escape") {
    const why = desk.keys.unfit(key);
    if (why) return fill(note, t(`keys.${why}`, { key }));
    desk.keys.assign(action.id, [key]);
    fill(note, t("keys.assigned", { key, action: labelOf(action) }));
  }
  end();
}
