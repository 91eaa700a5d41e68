/** Texts that were typed for rows which are gone: shown, to be copied or thrown away, and never lost unseen. */

import { openDialog } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { t } from "./strings.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @returns {import("./drafts.js").Draft[]} of this document; none until its rows are known */
export function leftovers({ drafts, place, store }) {
  if (!store.complete) return [];
  return drafts.of(place).filter((draft) => store.position(draft.row) === undefined);
}

/** @param {Desk} desk */
export function openLeftovers(desk) {
  const list = h("ul", { class: "changes", tabindex: 0, "aria-label": t("action.leftovers") });
  const draw = () => {
    const found = leftovers(desk);
    fill(
      list,
      ...found.map((draft) => drawLeftover(desk, draft, draw)),
      found.length === 0 && h("li", {}, t("leftovers.none")),
    );
    desk.drawStatus();
  };
  draw();
  openDialog(desk, t("action.leftovers"), h("p", {}, t("leftovers.why")), list);
}

/** @param {Desk} desk @param {import("./drafts.js").Draft} draft @param {() => void} draw */
function drawLeftover(desk, draft, draw) {
  const drop = () => {
    desk.drafts.drop(draft, draft.row);
    draw();
  };
  return h(
    "li",
    {},
    ...draft.texts.map((text) =>
      h(
        "textarea",
        { readonly: true, rows: 3, dir: "auto", lang: draft.language, "aria-label": t("leftovers.text") },
        text,
      ),
    ),
    draft.message && h("p", { class: "hint" }, draft.message),
    button(t("leftovers.drop"), drop),
  );
}
