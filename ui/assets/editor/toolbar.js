/** What stands above the rows: which document and language, the doors to the dialogs, and the names of the columns. */

import { button, fill, h } from "./dom.js";
import { refusal } from "./roles.js";
import { t } from "./strings.js";

const DOORS = ["replace", "bulk", "columns", "togglePanel", "keys", "palette"];

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @param {HTMLElement} bar */
export function drawBar(desk, bar) {
  const { documents, languages, place } = desk;
  const document = picker(
    "document",
    documents.map((name) => ({ value: name, name })),
    place.document,
    (value) => desk.open({ ...place, document: value }),
  );
  const language = picker(
    "language",
    languages.map(({ tag, name }) => ({ value: tag, name })),
    place.language,
    (value) => desk.open({ ...place, language: value }, desk.row?.id),
  );
  const doors = desk.actions
    .filter((action) => DOORS.includes(action.id))
    .map((action) => {
      const reason = refusal(desk.language, action);
      return button(t(`button.${action.id}`), () => desk.run(action), {
        title: reason || [t(`action.${action.id}`), ...desk.keys.of(action.id)].join(" · "),
        disabled: reason !== "",
      });
    });
  const held = bar.contains(desk.focused) ? desk.focused?.id : "";
  fill(
    bar,
    ...document,
    ...language,
    h("div", { class: "doors", role: "group", "aria-label": t("bar.doors") }, ...doors),
  );
  if (held) /** @type {HTMLElement | null} */ (bar.querySelector(`#${held}`))?.focus();
}

/** @param {Desk} desk @param {HTMLElement} head */
export function drawHead(desk, head) {
  const names = [
    t("column.number"),
    desk.source.name,
    desk.language.name,
    ...desk.columns.languages.map(({ name }) => name),
    t("column.state"),
  ];
  fill(
    head,
    h(
      "div",
      { class: "row", role: "row", "aria-rowindex": 1 },
      ...names.map((name) => h("div", { role: "columnheader" }, name)),
    ),
  );
}

/**
 * @param {string} name
 * @param {{value: string, name: string}[]} choices
 * @param {string} chosen
 * @param {(value: string) => unknown} choose
 */
export function picker(name, choices, chosen, choose) {
  const options = choices.map((choice) =>
    h("option", { value: choice.value, selected: choice.value === chosen }, choice.name),
  );
  const select = h("select", { id: `hexapla-${name}` }, ...options);
  select.addEventListener("change", () => choose(select.value));
  return [h("label", { for: select.id }, t(`bar.${name}`)), select];
}
