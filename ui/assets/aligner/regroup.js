/**
 * Regroup sentences: the operations of `workflow/regroup.py`, so that a key is answered before the server has heard of it.
 *
 * Both satisfy the same cases (tests/vectors/beads.json). The server carries every operation out by itself, and has the
 * last word.
 */

/** @typedef {[source: number, target: number, confidence: number, confirmedBy: string | null]} Group */
/** @typedef {{start: number, old: Group[], new: Group[]}} Replace */
/** @typedef {0 | 1} Side 0 is the source, 1 the target */
/**
 * @typedef {object} Request an operation as the server is asked for it
 * @property {string} name
 * @property {"source" | "target"} [side]
 * @property {number} [source]
 * @property {number} [target]
 * @property {number} [minimum]
 */

/** @type {["source", "target"]} */
export const SIDES = ["source", "target"];

/** What cannot be done; the message is the key of a string. */
export class Refused extends Error {}

/**
 * @param {Group[]} groups
 * @param {number} at number of the group that the operation is about
 * @param {Request} request
 * @param {string} who
 * @returns {Replace}
 * @throws {Refused}
 */
export function plan(groups, at, { name, side = "source", source = 0, target = 0, minimum = 1 }, who) {
  const column = /** @type {Side} */ (SIDES.indexOf(side));
  switch (name) {
    case "merge":
      return merge(groups, at, who);
    case "split":
      return split(groups, at, source, target, who);
    case "up":
      if (at === 0) throw new Refused("align.noBefore");
      return move(groups, at - 1, column, 1, who);
    case "down":
      return move(groups, at, column, -1, who);
    case "push":
      return push(groups, at, column);
    case "pull":
      return pull(groups, at, column);
    case "unlink":
      return unlink(groups, at, column, who);
    case "link":
      return link(groups, source, target, who);
    case "confirm":
      return change(groups, at, 1, [judged(get(groups, at), who)]);
    case "unconfirm":
      return change(groups, at, 1, [judged(get(groups, at), null)]);
    case "above":
      return confirmAbove(groups, minimum, who);
    default:
      throw new Refused("align.unknown");
  }
}

/**
 * How many sentences of each side stay in front when a group is split before a sentence of a side.
 *
 * @param {Group} group
 * @param {number} sentence number in the group
 * @returns {{source: number, target: number}}
 */
export function splitBefore([source, target], sentence) {
  const first = Math.max(1, sentence);
  return { source: Math.min(first, source), target: Math.min(first, target) };
}

/** @param {Replace} replace @returns {Replace} what takes it back */
export function inverse(replace) {
  return { start: replace.start, old: replace.new, new: replace.old };
}

/** @param {Group[]} groups @param {number} at @param {string} who */
function merge(groups, at, who) {
  const [one, other] = [get(groups, at), get(groups, at + 1)];
  return change(groups, at, 2, [made(one[0] + other[0], one[1] + other[1], who)]);
}

/** @param {Group[]} groups @param {number} at @param {number} source @param {number} target @param {string} who */
function split(groups, at, source, target, who) {
  const group = get(groups, at);
  const rest = [group[0] - source, group[1] - target];
  if (Math.min(source, target, ...rest) < 0 || !(source + target) || !(rest[0] + rest[1])) {
    throw new Refused("align.noSplit");
  }
  return change(groups, at, 1, [made(source, target, who), made(rest[0], rest[1], who)]);
}

/** @param {Group[]} groups @param {number} at @param {Side} side */
function push(groups, at, side) {
  let carried = filled(groups, at, side);
  const shifted = [withCount(groups[at], side, 0)];
  let place = at + 1;
  for (; place < groups.length && groups[place][3] === null && carried; place++) {
    shifted.push(withCount(groups[place], side, carried));
    carried = groups[place][side];
  }
  return change(groups, at, place - at, [...shifted, withCount(EMPTY, side, carried)]);
}

/** @param {Group[]} groups @param {number} at @param {Side} side */
function pull(groups, at, side) {
  if (at === 0) throw new Refused("align.noBefore");
  const before = groups[at - 1];
  const shifted = [withCount(before, side, before[side] + get(groups, at)[side])];
  let place = at;
  for (; groups[place + 1]?.[3] === null && groups[place + 1][side]; place++) {
    shifted.push(withCount(groups[place], side, groups[place + 1][side]));
  }
  shifted.push(withCount(groups[place], side, 0));
  return change(groups, at - 1, place + 2 - at, shifted);
}

/** @param {Group[]} groups @param {number} at @param {Side} side @param {string} who */
function unlink(groups, at, side, who) {
  const [source, target] = get(groups, at);
  if (!source || !target) throw new Refused("align.oneSided");
  const parts = [made(source, 0, who), made(0, target, who)];
  return change(groups, at, 1, side === 1 ? parts : parts.reverse());
}

/** @param {Group[]} groups @param {number} source @param {number} target @param {string} who */
function link(groups, source, target, who) {
  const holders = [holder(groups, source, 0), holder(groups, target, 1)];
  if (holders[0] === holders[1]) throw new Refused("align.linked");
  const [first, last] = [Math.min(...holders), Math.max(...holders)];
  /** @type {Side[]} */
  const [early, late] = holders[0] < holders[1] ? [0, 1] : [1, 0];
  const into = [source, target].map((number, side) => number - total(groups.slice(0, holders[side]), side));
  const [front, back] = [groups[first], groups[last]];
  const between = groups.slice(first + 1, last);
  return change(groups, first, last + 1 - first, [
    withCount(front, early, into[early]),
    ...between.map((group) => withCount(EMPTY, late, group[late])),
    withCount(EMPTY, late, into[late]),
    made(1, 1, who),
    withCount(EMPTY, early, front[early] - into[early] - 1),
    ...between.map((group) => withCount(EMPTY, early, group[early])),
    withCount(back, late, back[late] - into[late] - 1),
  ]);
}

/** @param {Group[]} groups @param {number} minimum @param {string} who */
function confirmAbove(groups, minimum, who) {
  const sure = (/** @type {Group} */ group) => group[3] === null && group[2] >= minimum;
  const first = groups.findIndex(sure);
  if (first < 0) throw new Refused("align.noneSure");
  const stop = groups.findLastIndex(sure) + 1;
  const stretch = groups.slice(first, stop).map((group) => (sure(group) ? judged(group, who) : group));
  return change(groups, first, stop - first, stretch);
}

/** Move a sentence over the border after a group: forth by -1, back by 1. @param {Group[]} groups @param {number} first @param {Side} side @param {number} by @param {string} who */
function move(groups, first, side, by, who) {
  filled(groups, by < 0 ? first : first + 1, side);
  const pair = [groups[first], groups[first + 1] ?? EMPTY];
  const moved = pair.map((group, n) => {
    const [source, target] = withCount(group, side, group[side] + (n ? -by : by));
    return made(source, target, who);
  });
  return change(groups, first, 2, moved);
}

/** @type {Group} */
const EMPTY = [0, 0, 0, null];

/** @param {Group[]} groups @param {number} at @returns {Group} */
function get(groups, at) {
  if (!groups[at]) throw new Refused(at === groups.length ? "align.noAfter" : "align.unknown");
  return groups[at];
}

/** @param {Group[]} groups @param {number} at @param {Side} side */
function filled(groups, at, side) {
  const count = get(groups, at)[side];
  if (!count) throw new Refused("align.emptySide");
  return count;
}

/** @param {number} source @param {number} target @param {string} who @returns {Group} */
function made(source, target, who) {
  return [source, target, 1, who];
}

/** @param {Group} group @param {string | null} who @returns {Group} */
function judged([source, target, confidence], who) {
  return [source, target, confidence, who];
}

/** A group that nobody has judged. @param {Group} group @param {Side} side @param {number} count @returns {Group} */
function withCount([source, target], side, count) {
  return side === 0 ? [count, target, 0, null] : [source, count, 0, null];
}

/** @param {Group[]} groups @param {number} side */
function total(groups, side) {
  return groups.reduce((sum, group) => sum + Number(group[side]), 0);
}

/** @param {Group[]} groups @param {number} sentence @param {Side} side */
function holder(groups, sentence, side) {
  let end = 0;
  const place = groups.findIndex((group) => (end += group[side]) > sentence);
  if (place < 0 || sentence < 0) throw new Refused("align.unknown");
  return place;
}

/** @param {Group[]} groups @param {number} start @param {number} length @param {Group[]} fresh @returns {Replace} */
function change(groups, start, length, fresh) {
  return { start, old: groups.slice(start, start + length), new: fresh.filter(([s, t]) => s || t) };
}
