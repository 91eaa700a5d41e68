/** The lines between the sentences of a bead: drawn where its sentences have come to stand. */

const SVG = "http://www.w3.org/2000/svg";

export class Links {
  #observer = new ResizeObserver((changes) => this.#draw(changes.map(({ target }) => target)));

  close() {
    this.#observer.disconnect();
  }

  /** Draw the lines of a bead as soon as it has its place, and whenever its height or width changes. @param {HTMLElement} links */
  watch(links) {
    this.#observer.observe(links);
  }

  /** @param {Element[]} changed */
  #draw(changed) {
    for (const links of changed) if (!links.isConnected) this.#observer.unobserve(links);
    const measured = changed.filter((links) => links.isConnected).map(measure); // all is read before any is written
    for (const [svg, width, [source, target]] of measured) {
      svg.replaceChildren(...source.flatMap((from) => target.map((to) => line(from, to, width))));
    }
  }
}

/** @param {Element} links @returns {[Element, number, number[][]]} the drawing, its width, and the middle of each sentence */
function measure(links) {
  const { top, width } = links.getBoundingClientRect();
  const sides = [links.previousElementSibling, links.nextElementSibling];
  if (getComputedStyle(links).direction === "rtl") sides.reverse();
  const middles = sides.map((side) =>
    [...(side?.querySelectorAll(".sentence") ?? [])].map((sentence) => {
      const box = sentence.getBoundingClientRect();
      return box.top + box.height / 2 - top;
    }),
  );
  return [/** @type {Element} */ (links.firstElementChild), width, middles];
}

/** @param {number} from @param {number} to @param {number} width pixels */
function line(from, to, width) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", `M0 ${from}C${width / 2} ${from} ${width / 2} ${to} ${width} ${to}`);
  return path;
}
