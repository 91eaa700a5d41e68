/** The review editor: source and target side by side, mounted into any element, also one in a shadow root. */

import { Api } from "./api.js";
import { Desk } from "./desk.js";
import { h } from "./dom.js";
import { Kept } from "./kept.js";
import { t } from "./strings.js";

/**
 * @typedef {object} Options
 * @property {string} token
 * @property {string} [document]
 * @property {string} [language]
 * @property {string[]} [columns] tags of further languages
 * @property {string} [row] id
 */

/** @type {WeakMap<Element, Editor>} */
const mounted = new WeakMap();

/**
 * Mount the editor, once an element; mounting again passes the options on.
 *
 * @param {HTMLElement} element
 * @param {Options} options
 * @returns {{update: (options: Options) => void, destroy: () => void}}
 */
export function mount(element, options) {
  const known = mounted.get(element);
  const editor = known ?? new Editor(element, options);
  mounted.set(element, editor);
  known?.update(options);
  return {
    update: (later) => editor.update(later),
    destroy: () => {
      mounted.delete(element);
      editor.destroy();
    },
  };
}

class Editor {
  #options;
  #api;
  /** @type {Desk | undefined} */
  #desk;
  #closing = new AbortController();
  #root = h("div", { class: "hexapla", lang: "en", dir: "ltr", "data-unsaved": 0 });

  /** @param {HTMLElement} element @param {Options} options */
  constructor(element, options) {
    this.#options = options;
    this.#api = new Api(options.token);
    element.append(this.#root);
    addEventListener("resize", () => this.#fit(), { signal: this.#closing.signal });
    this.#start().catch((error) => this.#root.append(h("p", { class: "warning", role: "alert" }, error.message)));
  }

  /** @param {Options} options */
  update(options) {
    const before = this.#options;
    this.#options = options;
    this.#api.token = options.token;
    const { document, language, row = null } = options;
    const asked = document !== before.document || language !== before.language;
    if (asked && document && language) this.#desk?.open({ document, language }, row);
  }

  destroy() {
    this.#closing.abort();
    this.#desk?.close();
    this.#root.remove();
  }

  async #start() {
    const [project] = await Promise.all([this.#api.get("project"), this.#style()]);
    const kept = await Kept.open(project.name);
    await kept.adopt();
    if (this.#closing.signal.aborted) return kept.close();
    this.#fit();
    this.#desk = new Desk(this.#root, this.#api, project, kept);
    await this.#first(this.#desk);
    return this.#desk.start();
  }

  /** Heights are measured, so the style has to be there first. */
  #style() {
    const link = h("link", { rel: "stylesheet", href: new URL("style.css", import.meta.url).href });
    this.#root.append(link);
    return new Promise((resolve) => ["load", "error"].forEach((event) => link.addEventListener(event, resolve)));
  }

  /** The editor reaches to the end of the window from wherever it stands. */
  #fit() {
    this.#root.style.setProperty("--above", `${Math.max(0, Math.round(this.#root.getBoundingClientRect().top))}px`);
  }

  /** Open what the options or the address ask for, else the first there is. @param {Desk} desk */
  async #first(desk) {
    const address = new URLSearchParams(location.search);
    const asked = (/** @type {"document" | "language" | "row"} */ name) =>
      this.#options[name] || address.get(name) || "";
    const tags = desk.languages.map(({ tag }) => tag);
    const document = desk.documents.includes(asked("document")) ? asked("document") : desk.documents[0];
    const language = tags.includes(asked("language")) ? asked("language") : tags[0];
    if (!document || !language) return desk.announce(t("project.empty"));
    return desk.open({ document, language }, asked("row") || null, this.#options.columns);
  }
}
