/** What becomes of an operation when the server has answered. */

import { after } from "./outbox.js";
import { sameTexts } from "./standing.js";
import { t } from "./strings.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./outbox.js").Operation} Operation */
/** @typedef {import("./outbox.js").Outcome} Outcome */

/**
 * @param {Desk} desk
 * @param {Operation} operation
 * @param {Outcome} outcome
 * @param {Operation} latest the last operation on the same row
 * @param {number} revision
 */
export function settle(desk, operation, outcome, latest, revision) {
  const here = operation.document === desk.place.document && operation.language === desk.place.language;
  if (outcome.result === "saved") saved(desk, operation, outcome, here ? revision : null);
  else unsaved(desk, operation, outcome, latest, here);
  if (here) desk.refresh(operation.row);
}

/**
 * Ask for an operation that does not wait in the outbox, and say why it is refused.
 *
 * @param {Desk} desk
 * @param {string} route
 * @param {object} body
 * @returns {Promise<boolean>} whether it was carried out
 */
export async function carryOut(desk, route, body) {
  const answer = await desk.ask(() => desk.api.post(route, body));
  const bad = answer?.outcomes.find((/** @type {Outcome} */ outcome) => outcome.result !== "saved");
  if (bad) desk.announce(bad.message);
  return Boolean(answer) && !bad;
}

/**
 * @param {Desk} desk
 * @param {Operation} operation
 * @param {Outcome} outcome
 * @param {number | null} revision null: of another document
 */
function saved(desk, operation, outcome, revision) {
  performance.mark("hexapla:saved");
  const { id, row, document, language } = operation;
  const draft = desk.drafts.get(operation, row);
  if (draft?.base === after(id)) desk.drafts.set({ ...draft, base: outcome.base });
  desk.undoing.record({ place: { document, language }, operation: id, row });
  if (revision === null) return;
  desk.store.saved(operation, outcome, revision);
  desk.findings.set(row, outcome.findings ?? []);
  takeRows(desk, outcome);
  const number = (desk.store.position(row) ?? 0) + 1;
  const [finding] = outcome.findings ?? [];
  desk.announce(finding ? t("saved.finding", { number, message: finding.message }) : t("saved.done", { number }));
}

/**
 * Take rows that changed with the one that was saved; where others came in their place, all are loaded anew.
 *
 * @param {Desk} desk
 * @param {Outcome} outcome
 */
function takeRows(desk, { rows = [], replaces = [] }) {
  if (
    replaces.some((id) => !rows.some((row) => row.id === id)) ||
    rows.some((row) => desk.store.position(row.id) === undefined)
  ) {
    desk.reload();
    return;
  }
  for (const row of rows) {
    desk.store.update(row);
    desk.refresh(row.id);
  }
}

/**
 * Give the text back to the person: it is shown beside what stands there now.
 *
 * @param {Desk} desk
 * @param {Operation} operation
 * @param {Outcome} outcome
 * @param {Operation} latest
 * @param {boolean} here
 */
function unsaved(desk, operation, { result, message = "", now }, latest, here) {
  const { row, document, language, base } = operation;
  const texts = desk.drafts.get(operation, row)?.texts ?? latest.texts;
  if (now && sameTexts(now.target, texts)) desk.drafts.drop(operation, row);
  else desk.drafts.set({ document, language, row, base, texts, state: latest.state, message });
  if (!here) return;
  if (now) desk.store.update(now);
  desk.announce(t(now ? `saved.${result}` : "saved.refused", { number: (desk.store.position(row) ?? 0) + 1, message }));
}
