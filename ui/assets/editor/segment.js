/** How one row is drawn: to be read, or, for the row in work, to be edited. */

import { button, fill, h } from "./dom.js";
import { Field } from "./field.js";
import { labelOf } from "./keylist.js";
import { drawNotes, isLocked } from "./notes.js";
import { refusal } from "./roles.js";
import { sayList, sayNumber, t } from "./strings.js";
import { missing } from "./tags.js";
import { drawText, inLanguage, SHOWN } from "./text.js";

const READ = 20_000; // code units of a text in the row in work; a longer one is opened on demand
const TALL = 2_000; // code units of a source that scrolls by itself
const ICONS = { untranslated: "○", draft: "◐", translated: "●", approved: "✔" };
const BUTTONS = ["confirm", "draft", "approve", "omit", "copySource"];

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./standing.js").Standing} Standing */

/**
 * Draw the row at a place of the view.
 *
 * @param {Desk} desk
 * @param {number} place
 * @returns {HTMLElement}
 */
export function drawSegment(desk, place) {
  const position = desk.view.position(place);
  const row = desk.store.at(position);
  // The head of the table is the first of its rows.
  const element = h("div", { class: "row", role: "row", "aria-rowindex": place + 2, "data-place": place });
  const number = h("div", { class: "number", role: "rowheader" });
  if (!row) {
    fill(number, sayNumber(position + 1));
    element.append(number, h("div", { class: "loading", role: "cell" }, t("row.loading")));
    return element;
  }
  const active = place === desk.index;
  const now = desk.standing(row);
  element.classList.add(now.state);
  element.classList.toggle("active", active);
  element.dataset.row = row.id;
  if (active) element.setAttribute("aria-current", "true");
  const others = desk.columns.languages.map((language) => drawOther(desk, row, language));
  element.append(
    number,
    drawSource(desk, row, active),
    drawTarget(desk, row, now, active),
    ...others,
    h("div", { class: "state", role: "cell" }),
  );
  drawMarks(desk, element, row, now);
  return element;
}

/**
 * Draw again what may change around the fields of the row in work; the fields stay, and the caret in them.
 *
 * @param {Desk} desk
 * @param {HTMLElement} element
 * @param {Row} row
 */
export function updateSegment(desk, element, row) {
  const now = desk.standing(row);
  for (const state of Object.keys(ICONS)) element.classList.toggle(state, state === now.state);
  if (now.unsaved !== "typed") {
    desk.fields.forEach((field, index) => {
      if (field.text !== now.texts[index]) field.text = now.texts[index];
    });
  }
  const others = element.querySelectorAll(":scope > .other");
  others.forEach((other, index) => other.replaceWith(drawOther(desk, row, desk.columns.languages[index])));
  drawMarks(desk, element, row, now);
}

/**
 * Draw the number, the state and the notes.
 *
 * @param {Desk} desk
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {Standing} now
 */
function drawMarks(desk, element, row, now) {
  const part = (/** @type {string} */ name) =>
    /** @type {Element} */ (element.querySelector(`:scope > .${name}, :scope > .target > .${name}`));
  const position = desk.store.position(row.id) ?? 0;
  fill(part("number"), sayNumber(position + 1));
  fill(
    part("state"),
    h("span", { class: "icon", "aria-hidden": "true" }, ICONS[now.state]),
    h("span", {}, t(`state.${now.state}`)),
    now.unsaved && h("span", { class: "unsaved" }, t(`row.${now.unsaved}`)),
  );
  fill(part("notes"), ...drawNotes(desk, row, now));
  drawChips(desk, element, row);
}

/** @param {Desk} desk @param {Row} row @param {boolean} active */
function drawSource({ source, opened }, row, active) {
  const limit = opened.has(row.id) ? Infinity : READ;
  const texts = row.source.map((text) => {
    const block = h("div", { class: "text" }, ...drawText(text, row.tags, active ? limit : SHOWN));
    inLanguage(block, source);
    if (active && text.length > TALL) {
      block.classList.add("tall");
      block.tabIndex = 0; // so that keys can scroll it
    }
    return block;
  });
  return h("div", { class: "source", role: "cell" }, ...texts);
}

/** @param {Desk} desk @param {Row} row @param {Standing} now @param {boolean} active */
function drawTarget(desk, row, now, active) {
  const notes = h("div", { class: "notes" });
  if (!active) return h("div", { class: "target", role: "cell" }, ...drawTexts(desk, row, now), notes);
  desk.fields = [];
  const long = now.texts.some((text) => text.length > READ) && !desk.opened.has(row.id);
  const content = long ? [...drawTexts(desk, row, now), drawOpener(desk, row, now)] : drawFields(desk, row, now);
  return h(
    "div",
    { class: "target", role: "cell" },
    ...content,
    h("div", { class: "chips" }),
    drawButtons(desk, row),
    notes,
  );
}

/** @param {Desk} desk @param {Row} row @param {Standing} now */
function drawTexts({ language }, row, now) {
  return now.texts.map((text, index) => {
    const block = h("div", { class: "text" }, ...drawText(text, row.tags, SHOWN));
    inLanguage(block, language, text === "");
    if (!row.examples) return block;
    return h("div", { class: "form" }, h("span", { class: "where" }, numbersOf(row, index)), block);
  });
}

/** @param {Desk} desk @param {Row} row @param {Standing} now */
function drawFields(desk, row, now) {
  const { language } = desk;
  const number = (desk.store.position(row.id) ?? 0) + 1;
  const readOnly = desk.readOnly || isLocked(desk, row);
  return now.texts.flatMap((text, index) => {
    const examples = row.examples ? numbersOf(row, index) : "";
    const label = t(examples ? "field.form" : "field.label", { language: language.name, number, examples });
    const field = new Field({ label, text, tags: row.tags ?? [], language, readOnly, typed: () => desk.typed() });
    field.textarea.addEventListener("focus", () => {
      desk.field = field;
      const element = desk.list.element(desk.index);
      if (element) drawChips(desk, element, row); // each form has its own that are missing
    });
    desk.fields.push(field);
    if (index === 0) desk.field = field;
    return examples ? [h("span", { class: "where", "aria-hidden": "true" }, examples), field.element] : [field.element];
  });
}

/** @param {Desk} desk @param {Row} row @param {Standing} now */
function drawOpener(desk, row, now) {
  const open = () => {
    desk.opened.add(row.id);
    desk.redraw(row.id);
  };
  return button(t("field.open", { n: Math.max(...now.texts.map((text) => text.length)) }), open, { class: "opener" });
}

/** @param {Desk} desk @param {Row} row */
function drawButtons(desk, row) {
  const wanted = isLocked(desk, row) ? ["unlock", ...BUTTONS] : BUTTONS;
  const actions = desk.available.filter((action) => wanted.includes(action.id));
  const buttons = actions.map((action) => {
    const keys = desk.keys.of(action.id);
    const reason = refusal(desk.language, action);
    return button(t(`button.${action.id}`), () => desk.run(action), {
      title: reason || [t(`action.${action.id}`), ...keys].join(" · "),
      disabled: reason !== "",
      class: action.id,
      "aria-keyshortcuts": keys.join(" ").replaceAll("Ctrl", "Control").replaceAll("Cmd", "Meta") || null,
    });
  });
  return h("div", { class: "buttons" }, ...(desk.readOnly ? [] : buttons));
}

/**
 * Draw a button for each tag; one that the text lacks stands out.
 *
 * @param {Desk} desk
 * @param {HTMLElement} element
 * @param {Row} row
 */
export function drawChips(desk, element, row) {
  const strip = element.querySelector(".chips");
  if (!strip || !row.tags || !desk.field || desk.readOnly) return;
  const lacking = missing(desk.field.text, row.tags);
  const chips = [...new Set(row.tags)].map((tag) => {
    const lacks = lacking.includes(tag);
    const place = /** @type {string[]} */ (row.tags).indexOf(tag) + 1;
    const [key] = desk.keys.of(`tag${place}`);
    const title = [labelOf({ id: "tag", number: place }), key].filter(Boolean).join(" · ");
    return button(tag, () => desk.field?.insert(tag), {
      class: lacks ? "chip lacking" : "chip",
      title,
      "aria-label": t(lacks ? "tags.lacking" : "tags.insert", { tag }),
    });
  });
  fill(strip, ...chips);
}

/** @param {Desk} desk @param {Row} row @param {import("./columns.js").Language} language */
function drawOther({ columns }, row, language) {
  const other = columns.at(language.tag, row.id);
  const block = h("div", { class: "text" }, ...drawText(other?.text ?? "", row.tags, SHOWN));
  inLanguage(block, language, !other?.text);
  return h(
    "div",
    { class: "other", role: "cell" },
    block,
    other && h("span", { class: "where" }, `${ICONS[other.state]} ${t(`state.${other.state}`)}`),
  );
}

/** @param {Row} row @param {number} index of a plural form */
function numbersOf(row, index) {
  return t("field.examples", { numbers: sayList((row.examples?.[index] ?? []).map(sayNumber)) });
}
