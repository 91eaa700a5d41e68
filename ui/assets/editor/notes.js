/** What is said under the texts of a row: two texts to choose from, findings, why it is locked, who else is here. */

import { markDifference } from "./diff.js";
import { button, h } from "./dom.js";
import { isolate, sayList, t } from "./strings.js";
import { drawText, inLanguage, SHOWN } from "./text.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./store.js").Row} Row */

/**
 * Draw the notes of a row.
 *
 * @param {Desk} desk
 * @param {Row} row
 * @param {import("./standing.js").Standing} now
 */
export function drawNotes(desk, row, now) {
  const here = desk.live.present.get(row.id);
  const findings = desk.findings.get(row.id) ?? [];
  const message = desk.drafts.get(desk.place, row.id)?.message;
  return [
    now.sides && drawSides(desk, row, now.sides),
    !now.sides && message && now.unsaved === "typed" && note(t("row.refused", { message }), "warning"),
    row.broken && note(t("row.broken"), "warning"),
    now.omitted && note(t("row.omitted")),
    isLocked(desk, row) && note(t("row.locked")),
    row.previous && now.unsaved !== "sending" && note(t("row.previous")),
    ...findings.map((finding) =>
      note(`${t(`severity.${finding.severity}`, {}, finding.severity)}: ${isolate(finding.message)}`, "warning"),
    ),
    row.comments?.length && note(t("row.comments", { n: row.comments.length })),
    here && note(t("row.here", { users: sayList(here) })),
  ].filter((child) => child instanceof Node);
}

/** @param {string} text @param {string} [kind] */
function note(text, kind = "hint") {
  return h("p", { class: kind }, text);
}

/**
 * Draw the two texts between which a person has to choose.
 *
 * @param {Desk} desk
 * @param {Row} row
 * @param {import("./standing.js").Sides} sides
 */
function drawSides(desk, row, sides) {
  const active = desk.row?.id === row.id;
  const draw = (/** @type {"mine" | "theirs"} */ side) => {
    const texts = sides[side].map((text, index) => {
      const block = h("div", { class: "text" }, ...drawText(text, row.tags, SHOWN));
      inLanguage(block, desk.language, text === "");
      if (active) markDifference(desk.api, block, side, sides.theirs[index] ?? "", sides.mine[index] ?? "");
      return block;
    });
    const action = desk.actions.find(({ id }) => id === side);
    const title = desk.keys.of(side).join(" · ");
    const take = active && action && button(t(`action.${side}`), () => desk.run(action), { title });
    return h(
      "div",
      { class: side },
      h("strong", {}, t(side === "mine" && sides.user ? "sides.displaced" : `sides.${side}`, { user: sides.user })),
      ...texts,
      take,
    );
  };
  return h(
    "div",
    { class: "sides", role: "group", "aria-label": t("sides.label") },
    h("p", { class: "warning" }, t("sides.label")),
    draw("mine"),
    draw("theirs"),
  );
}

/** @param {Desk} desk @param {Row} row @returns {boolean} whether it is not edited until a person asks for it */
export function isLocked({ unlocked }, row) {
  return Boolean(row.locked) && !unlocked.has(row.id);
}
