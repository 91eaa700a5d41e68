/** Where the tags of a source stand in a text, and which of them it lacks. */

/** @param {string[]} tags @returns {RegExp | null} the longest first, so that no tag hides in another */
function pattern(tags) {
  const longest = [...new Set(tags)].filter(Boolean).sort((a, b) => b.length - a.length);
  return longest.length
    ? new RegExp(longest.map((tag) => tag.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g")
    : null;
}

/**
 * Cut a text where tags begin and end; the pieces together are the text.
 *
 * @param {string} text
 * @param {string[]} tags
 * @returns {{text: string, tag: boolean}[]}
 */
export function pieces(text, tags) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(pattern(tags) ?? /(?!)/g)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), tag: false });
    found.push({ text: match[0], tag: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), tag: false });
  return found;
}

/**
 * @param {string} text
 * @param {string[]} tags in the order of the source; one that stands there twice must stand here twice
 * @returns {string[]} what the text lacks, in the order of the source
 */
export function missing(text, tags) {
  const there = pieces(text, tags)
    .filter((piece) => piece.tag)
    .map((piece) => piece.text);
  return tags.filter((tag) => {
    const place = there.indexOf(tag);
    if (place >= 0) there.splice(place, 1);
    return place < 0;
  });
}
