/** Elements made without markup: a text becomes a text node and nothing else. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Record<string, unknown>} [attributes] "on…" are listeners; false, null and undefined are left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[N]}
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...shown(children));
  return element;
}

/**
 * Put other children in the place of those an element has.
 *
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...shown(children));
}

/**
 * @param {string} label
 * @param {() => unknown} run
 * @param {Record<string, unknown>} [attributes]
 */
export function button(label, run, attributes = {}) {
  return h("button", { type: "button", onclick: run, ...attributes }, label);
}

/** @param {Child[]} children */
function shown(children) {
  return /** @type {(Node | string)[]} */ (
    children.filter((child) => child instanceof Node || typeof child === "string")
  );
}
