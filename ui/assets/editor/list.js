/** A list of any length that draws only what is in sight; its elements may differ in height. */

const BEYOND = 6; // elements drawn above and below what is in sight
const MARGIN = 48; // pixels that stay free around an element that is brought into sight

export class List {
  /** The element that is drawn wherever it is, so that it keeps the focus; -1: none. */
  kept = -1;
  #viewport;
  #sheet;
  #draw;
  #shown;
  /** @type {Map<number, HTMLElement>} */
  #elements = new Map();
  #heights = new Float64Array(0);
  #tops = new Float64Array(1);
  #frame = 0;
  #observer;

  /**
   * @param {HTMLElement} viewport what scrolls
   * @param {HTMLElement} sheet what bears the elements, as high as all of them
   * @param {(index: number) => HTMLElement} draw
   * @param {(from: number, to: number) => void} shown called when other elements came into sight
   */
  constructor(viewport, sheet, draw, shown) {
    this.#viewport = viewport;
    this.#sheet = sheet;
    this.#draw = draw;
    this.#shown = shown;
    this.#observer = new ResizeObserver((entries) => this.#resized(entries.map(({ target }) => target)));
    this.#observer.observe(viewport);
    viewport.addEventListener("scroll", () => this.#later(), { passive: true });
  }

  close() {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  get length() {
    return this.#heights.length;
  }

  /** Begin anew with so many elements. @param {number} length @param {number} height guessed, in pixels */
  reset(length, height) {
    for (const index of [...this.#elements.keys()]) this.#remove(index);
    this.kept = -1;
    this.#heights = new Float64Array(length).fill(height);
    this.#measure();
    this.#viewport.scrollTop = 0;
    this.paint();
  }

  /**
   * Put other elements in the place of some; those that stay are moved and not drawn again.
   *
   * @param {number} start
   * @param {number} removed how many go
   * @param {number} added how many come
   * @param {number} height guessed of those that come, in pixels
   */
  splice(start, removed, added, height) {
    const shift = added - removed;
    for (const index of this.drawn) if (index >= start && index < start + removed) this.#remove(index);
    this.#elements = new Map(
      [...this.#elements].map(([index, element]) => [index < start ? index : index + shift, element]),
    );
    const heights = new Float64Array(this.length + shift).fill(height);
    heights.set(this.#heights.subarray(0, start));
    heights.set(this.#heights.subarray(start + removed), start + added);
    this.#heights = heights;
    if (this.kept >= start) this.kept = this.kept < start + removed ? -1 : this.kept + shift;
    this.#measure();
    for (const [index, element] of this.#elements) element.style.transform = `translateY(${this.#tops[index]}px)`;
    this.paint();
  }

  /** @param {number} index @returns {HTMLElement | undefined} */
  element(index) {
    return this.#elements.get(index);
  }

  /** @returns {number[]} what is drawn */
  get drawn() {
    return [...this.#elements.keys()];
  }

  /** Draw elements again, those of them that are drawn at all. @param {...number} indices */
  redraw(...indices) {
    const drawn = indices.filter((index) => this.#elements.has(index)).map((index) => this.#replace(index));
    this.#settle(drawn); // once for all: each look at a height makes the browser lay out the page
    this.#place(drawn);
  }

  /**
   * Scroll until an element is in sight, no further than needed for its neighbours to be seen.
   *
   * @param {number} index
   */
  reveal(index) {
    this.#scrollTo(index);
    this.paint();
    this.#scrollTo(index); // only now is its height known
  }

  /**
   * Elements and viewport may change in size at any time: what the person types in stays in sight.
   *
   * @param {Element[]} resized
   */
  #resized(resized) {
    this.#settle([...this.#elements]);
    const kept = this.#elements.get(this.kept);
    const concerned = kept && (resized.includes(kept) || resized.includes(this.#viewport));
    if (concerned && kept.matches(":focus-within")) this.#scrollTo(this.kept);
  }

  /** @param {number} index */
  #scrollTo(index) {
    const { scrollTop, clientHeight } = this.#viewport;
    const top = this.#tops[index];
    const bottom = this.#tops[index + 1];
    if (top < scrollTop + MARGIN) this.#viewport.scrollTop = Math.max(0, top - clientHeight * 0.3);
    else if (bottom > scrollTop + clientHeight - MARGIN) {
      this.#viewport.scrollTop = Math.min(top - MARGIN, bottom - clientHeight * 0.7);
    }
  }

  /** Draw what is in sight, take away what is not. */
  paint() {
    const { scrollTop, clientHeight } = this.#viewport;
    const first = this.#at(scrollTop);
    const last = this.#at(scrollTop + clientHeight);
    const from = Math.max(0, first - BEYOND);
    const to = Math.min(this.length, last + BEYOND + 1);
    for (const index of this.drawn) {
      if ((index < from || index >= to) && index !== this.kept) this.#remove(index);
    }
    const wanted = new Set(Array.from({ length: to - from }, (_, n) => from + n));
    if (this.kept >= 0 && this.kept < this.length) wanted.add(this.kept);
    const added = [...wanted].filter((index) => !this.#elements.has(index)).map((index) => this.#add(index));
    this.#settle(added);
    this.#place(added);
    this.#shown(from, to);
  }

  /** @param {number} index @returns {[number, HTMLElement]} */
  #add(index) {
    const element = this.#draw(index);
    const following = Math.min(...this.drawn.filter((other) => other > index));
    this.#sheet.insertBefore(element, this.#elements.get(following) ?? null); // a screen reader reads them in order
    this.#elements.set(index, element);
    this.#observer.observe(element);
    return [index, element];
  }

  /** @param {number} index @returns {[number, HTMLElement]} */
  #replace(index) {
    const old = /** @type {HTMLElement} */ (this.#elements.get(index));
    const fresh = this.#draw(index);
    this.#observer.unobserve(old);
    old.replaceWith(fresh);
    this.#elements.set(index, fresh);
    this.#observer.observe(fresh);
    return [index, fresh];
  }

  /** @param {number} index */
  #remove(index) {
    const element = this.#elements.get(index);
    if (!element) return;
    this.#observer.unobserve(element);
    element.remove();
    this.#elements.delete(index);
  }

  /** Take the true heights of elements, and hold still what the eye is on. @param {[number, HTMLElement][]} drawn */
  #settle(drawn) {
    const heights = drawn.map(([index, element]) => /** @type {const} */ ([index, element.offsetHeight]));
    const changed = heights.filter(([index, height]) => height > 0 && Math.abs(height - this.#heights[index]) > 0.5);
    if (changed.length === 0) return;
    const { scrollTop, clientHeight } = this.#viewport;
    const keptInSight =
      this.kept >= 0 && this.#tops[this.kept] >= scrollTop && this.#tops[this.kept] < scrollTop + clientHeight;
    const anchor = keptInSight ? this.kept : this.#at(scrollTop);
    const before = this.#tops[anchor];
    for (const [index, height] of changed) this.#heights[index] = height;
    this.#measure();
    const moved = this.#tops[anchor] - before;
    if (moved !== 0) this.#viewport.scrollTop = scrollTop + moved;
    this.#place(this.#elements);
    this.#later();
  }

  /** @param {Iterable<[number, HTMLElement]>} drawn */
  #place(drawn) {
    for (const [index, element] of drawn) element.style.transform = `translateY(${this.#tops[index]}px)`;
  }

  #measure() {
    const tops = new Float64Array(this.length + 1);
    this.#heights.forEach((height, index) => (tops[index + 1] = tops[index] + height));
    this.#tops = tops;
    this.#sheet.style.height = `${tops[this.length]}px`;
  }

  /** @param {number} y pixels from the top of the sheet @returns {number} the element there */
  #at(y) {
    let low = 0;
    let high = Math.max(0, this.length - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tops[middle + 1] <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.paint();
    });
  }
}
