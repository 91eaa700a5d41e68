/** What the role of who is here allows in a language: the server says it, deed by deed, and this says why not. */

import { t } from "./strings.js";

/** @typedef {"edit" | "approve" | "bulk" | "mend" | "settle" | "add" | "build" | "manage"} Deed */
/** @typedef {import("./columns.js").Language & {role: string, may: Deed[]}} Target a language that is worked in */

/**
 * Say why somebody may not do something; "" who may.
 *
 * @param {Target} language
 * @param {{id: string, needs?: Deed}} action
 */
export function refusal(language, { id, needs }) {
  if (!needs || language.may.includes(needs)) return "";
  return t("role.refused", { action: t(`action.${id}`), ...mine(language) });
}

/** Say that somebody may look, and no more; "" who may do more. @param {Target} language @param {Deed} deed */
export function looking(language, deed) {
  return language.may.includes(deed) ? "" : t("role.looking", mine(language));
}

/** @param {Target} language */
function mine({ role, name }) {
  return { role: t(`role.${role}`), language: name };
}
