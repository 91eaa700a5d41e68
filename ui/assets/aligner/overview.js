/** The map: both documents as two narrow strips, with what is missing, moved or doubtful, and where sections begin. */

import { h } from "../editor/dom.js";
import { t } from "../editor/strings.js";
import { degree, shape } from "./bead.js";

const SVG = "http://www.w3.org/2000/svg";
const BANDS = 240; // of each strip
const WAIT = 120; // milliseconds after a change: no key waits for the map
/** What a band shows is the worst of its sentences, in this order. */
const KINDS = ["confirmed", "sure", "doubtful", "unlikely", "lone"];

export class Overview {
  element = h("div", { class: "map" });
  #bench;
  #timer = 0;
  #svg = document.createElementNS(SVG, "svg");
  #view = document.createElementNS(SVG, "rect");

  /** @param {import("./bench.js").Bench} bench */
  constructor(bench) {
    this.#bench = bench;
    this.#svg.setAttribute("viewBox", `0 0 20 ${BANDS}`);
    this.#svg.setAttribute("preserveAspectRatio", "none");
    this.#view.setAttribute("class", "view");
    this.#view.setAttribute("width", "20");
    this.element.append(this.#svg);
    this.#svg.addEventListener("click", (event) => this.#go(event));
  }

  close() {
    clearTimeout(this.#timer);
  }

  /** Draw it again, when there is time. */
  later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(), WAIT);
  }

  #draw() {
    const { pair } = this.#bench;
    const bands = pair.totals.map((total) => new Uint8Array(Math.min(BANDS, Math.max(1, total))));
    const ends = [0, 0];
    const lone = [0, 0];
    for (const [index, group] of pair.groups.entries()) {
      const kind = KINDS.indexOf(["omission", "addition"].includes(shape(group)) ? "lone" : degree(pair, index));
      for (const side of [0, 1]) {
        const count = Number(group[side]);
        if (KINDS[kind] === "lone") lone[side] += count;
        for (let n = ends[side]; n < ends[side] + count; n++) {
          const band = Math.floor((n * bands[side].length) / pair.totals[side]);
          bands[side][band] = Math.max(bands[side][band], kind);
        }
        ends[side] += count;
      }
    }
    const said = [t("map.label", { missing: lone[0], added: lone[1] })];
    if (pair.moved.length) said.push(t("map.moved", { n: pair.moved.length }));
    this.#svg.setAttribute("role", "img"); // now it has something to say
    this.#svg.setAttribute("aria-label", said.join(" "));
    const strips = bands.flatMap((strip, side) => drawStrip(strip, side));
    this.#svg.replaceChildren(...strips, ...drawSections(pair), ...drawMoved(pair), this.#view);
    this.#place();
  }

  #place() {
    const { pair, cursor } = this.#bench;
    const height = BANDS / Math.max(1, pair.groups.length);
    this.#view.setAttribute("y", String(cursor.at * height));
    this.#view.setAttribute("height", String(Math.max(2, height)));
  }

  /** @param {MouseEvent} event */
  #go(event) {
    const { top, left, width, height } = this.#svg.getBoundingClientRect();
    const { pair } = this.#bench;
    const first = event.clientX < left + width / 2;
    const side = first === (getComputedStyle(this.element).direction === "ltr") ? 0 : 1;
    const sentence = Math.floor(((event.clientY - top) / height) * pair.totals[side]);
    this.#bench.go(pair.holder(side, sentence));
  }
}

/** Headings are ticks across the strips. @param {import("./pair.js").Pair} pair */
function drawSections({ sections, totals }) {
  return sections.flatMap((headings, side) =>
    headings.map(([sentence, words]) => {
      const y = (sentence * BANDS) / totals[side];
      const tick = draw("line", { class: "tick", x1: side * 11, x2: side * 11 + 9, y1: y, y2: y });
      const title = document.createElementNS(SVG, "title");
      title.textContent = words;
      tick.append(title);
      return tick;
    }),
  );
}

/** A part that moved leads from its place in one strip to its place in the other. @param {import("./pair.js").Pair} pair */
function drawMoved({ moved, totals }) {
  return moved.map((part) => {
    const [y1, y2] = part.map(([start, count], side) => ((start + count / 2) * BANDS) / totals[side]);
    return draw("line", { class: "moved", x1: 4.5, x2: 15.5, y1, y2 });
  });
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function draw(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** Neighbours of one kind are one band. @param {Uint8Array} strip @param {number} side */
function drawStrip(strip, side) {
  const height = BANDS / strip.length;
  const drawn = [];
  for (let start = 0, stop; start < strip.length; start = stop) {
    for (stop = start + 1; strip[stop] === strip[start]; ) stop++;
    const kind = KINDS[strip[start]];
    const inset = kind === "lone" ? 0 : kind === "unlikely" ? 1 : 2; // seen without colour, too
    const place = { x: side * 11 + inset, y: start * height, width: 9 - 2 * inset, height: (stop - start) * height };
    drawn.push(draw("rect", { ...place, class: kind }));
  }
  return drawn;
}
