/** The frame of an application: mounted into any element, also one in a shadow root, with its style and its height. */

import { Api } from "./api.js";
import { h } from "./dom.js";
import { speak } from "./strings.js";

/**
 * @template {{token: string}} Options
 * @typedef {object} Application
 * @property {(options: Options, before: Options) => void} update
 * @property {() => void} close
 */

/**
 * Make the function that mounts an application, once an element; mounting again passes the options on.
 *
 * @template {{token: string}} Options
 * @param {string[]} styles addresses
 * @param {(root: HTMLElement, api: Api, options: Options, signal: AbortSignal) => Promise<Application<Options> | undefined>} open
 * @returns {(element: HTMLElement, options: Options) => {update: (options: Options) => void, destroy: () => void}}
 */
export function mounter(styles, open) {
  /** @type {WeakMap<Element, Frame<Options>>} */
  const mounted = new WeakMap();
  return (element, options) => {
    const known = mounted.get(element);
    const frame = known ?? new Frame(element, options, styles, open);
    mounted.set(element, frame);
    known?.update(options);
    return {
      update: (later) => frame.update(later),
      destroy: () => {
        mounted.delete(element);
        frame.destroy();
      },
    };
  };
}

/** @template {{token: string}} Options */
class Frame {
  #options;
  #api;
  #styles;
  /** @type {Application<Options> | undefined} */
  #application;
  #closing = new AbortController();
  #language = document.documentElement.lang || "en";
  #root = h("div", { class: "hexapla", lang: this.#language, dir: document.documentElement.dir || "ltr", "data-unsaved": 0 });

  /**
   * @param {HTMLElement} element
   * @param {Options} options
   * @param {string[]} styles
   * @param {(root: HTMLElement, api: Api, options: Options, signal: AbortSignal) => Promise<Application<Options> | undefined>} open
   */
  constructor(element, options, styles, open) {
    this.#options = options;
    this.#api = new Api(options.token);
    this.#styles = styles;
    element.append(this.#root);
    addEventListener("resize", () => this.#fit(), { signal: this.#closing.signal });
    this.#start(open).catch((error) => this.#root.append(h("p", { class: "warning", role: "alert", dir: "auto" }, error.message)));
  }

  /** @param {Options} options */
  update(options) {
    const before = this.#options;
    this.#options = options;
    this.#api.token = options.token;
    this.#application?.update(options, before);
  }

  destroy() {
    this.#closing.abort();
    this.#application?.close();
    this.#root.remove();
  }

  /** @param {(root: HTMLElement, api: Api, options: Options, signal: AbortSignal) => Promise<Application<Options> | undefined>} open */
  async #start(open) {
    await Promise.all([learn(this.#language), ...this.#styles.map((href) => this.#load(href))]);
    if (this.#closing.signal.aborted) return;
    this.#fit();
    this.#application = await open(this.#root, this.#api, this.#options, this.#closing.signal);
  }

  /** Heights are measured, so the style has to be there first. @param {string} href */
  #load(href) {
    const link = h("link", { rel: "stylesheet", href });
    this.#root.append(link);
    return new Promise((resolve) => ["load", "error"].forEach((event) => link.addEventListener(event, resolve)));
  }

  /** It reaches to the end of the window from wherever it stands. */
  #fit() {
    this.#root.style.setProperty("--above", `${Math.max(0, Math.round(this.#root.getBoundingClientRect().top))}px`);
  }
}

/** Learn the words of a language before anything is said. @param {string} language */
async function learn(language) {
  if (language === "en") return;
  const response = await fetch(`/hexapla/words/${language}.json`);
  if (response.ok) speak(language, await response.json());
}

/**
 * Choose a document and a language: what the options or the address ask for, else the first there is.
 *
 * @param {{documents: string[], languages: {tag: string}[]}} project
 * @param {Record<string, unknown>} options
 * @returns {{place: import("./drafts.js").Place, row: string | null} | null} null: the project has none
 */
export function chosen({ documents, languages }, options) {
  const address = new URLSearchParams(location.search);
  const asked = (/** @type {string} */ name) => String(options[name] || address.get(name) || "");
  const tags = languages.map(({ tag }) => tag);
  const document = documents.includes(asked("document")) ? asked("document") : documents[0];
  const language = tags.includes(asked("language")) ? asked("language") : tags[0];
  return document && language ? { place: { document, language }, row: asked("row") || null } : null;
}
