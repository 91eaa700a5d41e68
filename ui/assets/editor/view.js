/** Which rows are shown, and in what order: all of them, or what a search found. */

export class View {
  #total;
  #positions;
  /** @type {Map<number, number>} */
  #places;

  /**
   * @param {number} total rows of the document
   * @param {number[] | null} [positions] of the rows that are shown, in order; null for all
   */
  constructor(total, positions = null) {
    this.#total = total;
    this.#positions = positions;
    this.#places = new Map(positions?.map((position, place) => [position, place]));
  }

  get length() {
    return this.#positions?.length ?? this.#total;
  }

  get whole() {
    return this.#positions === null;
  }

  /** @param {number} place @returns {number} the position of the row in the document */
  position(place) {
    return this.#positions ? this.#positions[place] : place;
  }

  /** @param {number | undefined} position in the document @returns {number} its place here; -1: it is not shown */
  place(position) {
    if (position === undefined) return -1;
    if (this.#positions) return this.#places.get(position) ?? -1;
    return position < this.#total ? position : -1;
  }

  /** @param {number} from @param {number} to @returns {number[]} positions of the rows at these places */
  slice(from, to) {
    const places = Array.from(
      { length: Math.max(0, Math.min(to, this.length) - Math.max(0, from)) },
      (_, i) => Math.max(0, from) + i,
    );
    return places.map((place) => this.position(place));
  }
}
