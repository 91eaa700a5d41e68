/** The align page: the sentences of a document beside those of its translation, and what joins them. */

import { chosen, mounter } from "../editor/frame.js";
import { Kept } from "../editor/kept.js";
import { openKeys } from "../editor/keylist.js";
import { t } from "../editor/strings.js";
import { Bench } from "./bench.js";

/**
 * @typedef {object} Options
 * @property {string} token
 * @property {string} [document]
 * @property {string} [language]
 * @property {string} [row] id of a source sentence
 */

const STYLES = ["../editor/style.css", "style.css"].map((name) => new URL(name, import.meta.url).href);

export const mount = mounter(STYLES, open);

/** @param {HTMLElement} root @param {import("../editor/api.js").Api} api @param {Options} options @param {AbortSignal} signal */
async function open(root, api, options, signal) {
  const project = await api.get("project");
  const kept = await Kept.open(project.name);
  await kept.adopt();
  if (signal.aborted) {
    kept.close();
    return undefined;
  }
  const bench = new Bench(root, api, project, kept);
  const first = chosen({ documents: bench.documents, languages: bench.targets }, { ...options });
  if (first) await bench.open(first.place, first.row);
  else bench.announce(t("project.empty"));
  bench.start();
  if (new URLSearchParams(location.search).get("show") === "keys") openKeys(bench);
  return { close: () => bench.close(), update: () => {} };
}
