/** A field for one text: a native textarea over a layer of the same text in which tags look like chips. */

import { fill, h } from "./dom.js";
import { pieces } from "./tags.js";
import { inLanguage } from "./text.js";

const LONG = 20_000; // code units; a longer text has no layer behind it, and scrolls

export class Field {
  #layer = h("div", { class: "layer", "aria-hidden": "true" });
  #language;
  #tags;

  /**
   * @param {object} options
   * @param {string} options.label
   * @param {string} options.text
   * @param {string[]} options.tags
   * @param {{tag: string, dir: string}} options.language
   * @param {boolean} options.readOnly
   * @param {() => void} options.typed called when the person changed the text
   */
  constructor({ label, text, tags, language, readOnly, typed }) {
    this.#language = language;
    this.#tags = tags;
    this.textarea = h("textarea", { "aria-label": label, rows: 1, spellcheck: "true", autocomplete: "off" });
    this.textarea.readOnly = readOnly;
    this.element = h("div", { class: "field" }, this.#layer, this.textarea);
    this.textarea.addEventListener("input", () => {
      this.#mirror();
      typed();
    });
    this.text = text;
  }

  get text() {
    return this.textarea.value;
  }

  set text(text) {
    this.textarea.value = text;
    this.#mirror();
  }

  /** Put a text in the place of the selection; the browser's own undo takes it back. @param {string} text */
  insert(text) {
    if (this.textarea.readOnly) return;
    this.textarea.focus();
    // The one call that keeps the undo history of the field; it is slow for very long texts.
    if (text.length < LONG && document.execCommand(text ? "insertText" : "delete", false, text)) return;
    this.textarea.setRangeText(text, this.textarea.selectionStart, this.textarea.selectionEnd, "end");
    this.textarea.dispatchEvent(new Event("input"));
  }

  /** Put a text in the place of all there is. @param {string} text */
  replace(text) {
    this.textarea.focus();
    this.textarea.select();
    this.insert(text);
  }

  /** Give the field the keyboard, with the caret at the end. */
  focus() {
    this.textarea.focus({ preventScroll: true });
    this.textarea.setSelectionRange(this.text.length, this.text.length);
  }

  /** The layer has the height that the text needs, and gives it to the textarea. */
  #mirror() {
    const long = this.text.length > LONG;
    this.element.classList.toggle("long", long);
    const chips = pieces(long ? "" : this.text, this.#tags).map((piece) =>
      piece.tag ? h("mark", {}, piece.text) : piece.text,
    );
    fill(this.#layer, ...chips, "\u200b"); // a last line that is empty has a height, too
    for (const element of [this.textarea, this.#layer]) inLanguage(element, this.#language, this.text === "");
  }
}
