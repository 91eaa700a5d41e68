/** What changes the text of the row in work before it is saved. */

import { drawChips, updateSegment } from "./segment.js";
import { sameTexts, standing } from "./standing.js";
import { t } from "./strings.js";
import { missing } from "./tags.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./store.js").Row} Row */

/** Take down what the person has typed. @param {Desk} desk */
export function keepTyped(desk) {
  const { row, place, texts, drafts } = desk;
  if (!row) return;
  const saved = standing(row, desk.outbox.pending(place, row.id), undefined);
  const before = drafts.get(place, row.id);
  if (sameTexts(texts, saved.texts)) drafts.drop(place, row.id);
  else drafts.set({ ...before, ...place, row: row.id, base: before?.base ?? saved.base, texts });
  drawTyped(desk, row);
  desk.panel.typed();
}

/** Draw what a key may have changed; most keys change the chips alone. @param {Desk} desk @param {Row} row */
function drawTyped(desk, row) {
  const element = desk.list.element(desk.index);
  if (!element) return;
  const { unsaved } = desk.standing(row);
  if (element.dataset.unsaved === unsaved) return drawChips(desk, element, row);
  element.dataset.unsaved = unsaved;
  updateSegment(desk, element, row);
  desk.drawStatus();
}

/**
 * Put the source in the place of the text; of a plural, its singular for the first form, its plural for the others.
 *
 * @param {Desk} desk
 */
export function copySource(desk) {
  desk.field?.replace(sourceFor(desk));
}

/** Put the source in at the caret. @param {Desk} desk */
export function insertSource(desk) {
  desk.field?.insert(sourceFor(desk));
}

/** Put in at the caret the first tag that the text lacks. @param {Desk} desk */
export function insertNextTag(desk) {
  const { field, row } = desk;
  if (!field || !row) return;
  const [tag] = missing(field.text, row.tags ?? []);
  if (tag === undefined) desk.announce(t("tags.none"));
  else field.insert(tag);
}

/** Put in at the caret the tag with this number. @param {Desk} desk @param {number} number from 1 */
export function insertTag(desk, number) {
  const tag = desk.row?.tags?.[number - 1];
  if (tag === undefined) desk.announce(t("tags.absent", { number }));
  else desk.field?.insert(tag);
}

/** @param {Desk} desk */
export function clearText(desk) {
  desk.field?.replace("");
}

/** Forget what was typed and not saved. @param {Desk} desk */
export function revert(desk) {
  if (!desk.row) return;
  desk.drafts.drop(desk.place, desk.row.id);
  desk.redraw(desk.row.id);
  desk.announce(t("editing.reverted"));
  desk.drawStatus();
}

/** Let a row be edited that has nothing to translate. @param {Desk} desk */
export function unlock(desk) {
  if (!desk.row) return;
  desk.unlocked.add(desk.row.id);
  desk.redraw(desk.row.id);
}

/** @param {Desk} desk */
function sourceFor(desk) {
  const source = desk.row?.source ?? [];
  if (!desk.row?.examples) return source.join(" ");
  return desk.fields.indexOf(/** @type {import("./field.js").Field} */ (desk.field)) === 0
    ? source[0]
    : (source.at(-1) ?? "");
}
