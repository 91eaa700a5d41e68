/** The command palette: every action by a few letters of its name. */

import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { drawKey, labelOf } from "./keylist.js";
import { t } from "./strings.js";

/** @typedef {import("./keys.js").Keyed} Action */
/** @typedef {import("./keylist.js").Desk & {run: (action: any) => unknown}} Desk what has actions */

/** @param {Desk} desk */
export function openPalette(desk) {
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "hexapla-commands",
    "aria-label": t("palette.search"),
    autocomplete: "off",
  });
  const list = h("ul", { role: "listbox", id: "hexapla-commands", "aria-label": t("action.palette") });
  const nothing = h("p", { role: "status", class: "hint" });
  /** @type {Action[]} */
  let found = [];
  let chosen = 0;

  const draw = () => {
    fill(list, ...found.map((action, index) => drawCommand(desk, action, index === chosen)));
    if (found.length) input.setAttribute("aria-activedescendant", `hexapla-command-${found[chosen].id}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    found = matching(desk.available, input.value);
    chosen = 0;
    fill(nothing, found.length === 0 && t("palette.nothing"));
    draw();
  };
  /** @param {Action | undefined} action */
  const run = (action) => {
    dialog.close();
    if (action) desk.run(action);
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") run(found[chosen]);
    else if (by) chosen = (chosen + by + found.length) % Math.max(1, found.length);
    else return;
    event.preventDefault();
    draw();
  });
  list.addEventListener("click", (event) => {
    const item = /** @type {Element} */ (event.target).closest("li");
    if (item) run(found[[...list.children].indexOf(item)]);
  });
  const dialog = openDialog(desk, t("action.palette"), input, list, nothing);
  search();
}

/** @param {Action[]} actions @param {string} words @returns {Action[]} those whose name has all the words */
function matching(actions, words) {
  const wanted = words.toLocaleLowerCase().split(/\s+/);
  return actions.filter((action) => wanted.every((word) => labelOf(action).toLocaleLowerCase().includes(word)));
}

/** @param {Desk} desk @param {Action} action @param {boolean} chosen */
function drawCommand(desk, action, chosen) {
  const keys = desk.keys.of(action.id).map(drawKey);
  return h(
    "li",
    { role: "option", id: `hexapla-command-${action.id}`, "aria-selected": String(chosen) },
    labelOf(action),
    ...keys,
  );
}
