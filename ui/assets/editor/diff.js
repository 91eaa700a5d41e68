/** How a diff is drawn: what went is struck through, what came is underlined; the words of both are the server's. */

import { fill, h } from "./dom.js";
import { drawText } from "./text.js";

const LONGEST = 4_000; // code units of one piece
const KEPT = 20; // diffs of texts that may be drawn again at once
/** @type {Map<string, Promise<Diff>>} */
const known = new Map();

/** @typedef {[("=" | "-" | "+"), string][]} Diff */

/**
 * @param {Diff} diff
 * @param {{tag: string, dir: string}} language
 * @returns {HTMLElement}
 */
export function drawDiff(diff, language) {
  const names = /** @type {const} */ ({ "=": "span", "-": "del", "+": "ins" });
  const pieces = diff.map(([operation, text]) => h(names[operation], {}, ...drawText(text, [], LONGEST)));
  return h("p", { class: "text diff", lang: language.tag, dir: "auto" }, ...pieces);
}

/**
 * Mark in a text, as soon as the server has compared it, what another one has not; until then it stands there plain.
 *
 * @param {import("./api.js").Api} api
 * @param {HTMLElement} block in which the text stands
 * @param {"mine" | "theirs"} side of the two it is
 * @param {string} theirs
 * @param {string} mine
 */
export async function markDifference(api, block, side, theirs, mine) {
  if (theirs.length + mine.length > LONGEST) return;
  try {
    const diff = await compare(api, theirs, mine);
    const own = diff.filter(([sign]) => sign !== (side === "mine" ? "-" : "+"));
    fill(block, ...own.flatMap(([sign, text]) => (sign === "=" ? drawText(text) : h("mark", {}, ...drawText(text)))));
  } catch {
    // the status line says that the server is away
  }
}

/** @param {import("./api.js").Api} api @param {string} before @param {string} now @returns {Promise<Diff>} */
function compare(api, before, now) {
  const key = JSON.stringify([before, now]);
  const asked = known.get(key) ?? api.post("diff", { old: before, new: now }).then(({ diff }) => diff);
  if (known.size >= KEPT) known.clear();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}
