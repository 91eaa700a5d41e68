/** The review editor: source and target side by side. */

import { Desk } from "./desk.js";
import { chosen, mounter } from "./frame.js";
import { Kept } from "./kept.js";
import { openKeys } from "./keylist.js";
import { t } from "./strings.js";

/**
 * @typedef {object} Options
 * @property {string} token
 * @property {string} [document]
 * @property {string} [language]
 * @property {string[]} [columns] tags of further languages
 * @property {string} [row] id
 */

export const mount = mounter([new URL("style.css", import.meta.url).href], open);

/** @param {HTMLElement} root @param {import("./api.js").Api} api @param {Options} options @param {AbortSignal} signal */
async function open(root, api, options, signal) {
  const project = await api.get("project");
  const kept = await Kept.open(project.name);
  await kept.adopt();
  if (signal.aborted) {
    kept.close();
    return undefined;
  }
  const desk = new Desk(root, api, project, kept);
  const first = chosen(desk, { ...options });
  if (first) await desk.open(first.place, first.row, options.columns);
  else desk.announce(t("project.empty"));
  desk.start();
  const address = new URLSearchParams(location.search);
  const query = address.get("find");
  if (first && query) await desk.finder.search(query);
  if (address.get("show") === "keys") openKeys(desk);
  return {
    close: () => desk.close(),
    update: (/** @type {Options} */ { document, language, row = null }, /** @type {Options} */ before) => {
      const asked = document !== before.document || language !== before.language;
      if (asked && document && language) desk.open({ document, language }, row);
    },
  };
}
