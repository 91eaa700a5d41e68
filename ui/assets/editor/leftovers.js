/** Texts whose rows are gone, typed here or saved: shown, to be copied or thrown away, and never lost unseen. */

import { dismiss } from "./deciding.js";
import { openDialog } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { t } from "./strings.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {{texts: string[], why?: string, drop: () => unknown}} Leftover */

/** @param {Desk} desk @returns {import("./drafts.js").Draft[]} typed in this document; none until its rows are known */
export function typedLeftovers({ drafts, place, store }) {
  if (!store.complete) return [];
  return drafts.of(place).filter((draft) => store.position(draft.row) === undefined);
}

/** @param {Desk} desk @returns {Leftover[]} */
export function leftovers(desk) {
  const typed = typedLeftovers(desk).map((draft) => ({
    texts: draft.texts,
    why: draft.message,
    drop: () => desk.drafts.drop(draft, draft.row),
  }));
  const saved = desk.live.homeless.map(({ row, user, texts }) => ({
    texts,
    why: t("leftovers.saved", { user }),
    drop: () => dismiss(desk, row),
  }));
  return [...typed, ...saved];
}

/** @param {Desk} desk */
export function openLeftovers(desk) {
  const list = h("ul", { class: "changes", tabindex: 0, "aria-label": t("action.leftovers") });
  const draw = () => {
    const found = leftovers(desk);
    fill(
      list,
      ...found.map((leftover) => drawLeftover(desk, leftover, list, draw)),
      found.length === 0 && h("li", {}, t("leftovers.none")),
    );
    desk.drawStatus();
  };
  draw();
  openDialog(desk, t("action.leftovers"), h("p", {}, t("leftovers.why")), list);
}

/**
 * @param {Desk} desk
 * @param {Leftover} leftover
 * @param {HTMLElement} list has the focus when the text is gone
 * @param {() => void} draw
 */
function drawLeftover({ language }, { texts, why, drop }, list, draw) {
  const dropped = async () => {
    await drop();
    draw();
    list.focus();
  };
  return h(
    "li",
    {},
    ...texts.map((text) =>
      h(
        "textarea",
        { readonly: true, rows: 3, dir: "auto", lang: language.tag, "aria-label": t("leftovers.text") },
        text,
      ),
    ),
    why && h("p", { class: "hint" }, why),
    button(t("leftovers.drop"), dropped),
  );
}
