/** Which keys start which action: three sets that people know, changed as each likes, kept in this browser. */

/**
 * @typedef {object} Scheme how keys are used on a page
 * @property {string} kept name under which a person's choice is kept in this browser
 * @property {SetName[]} sets the first is chosen where a person has chosen none
 * @property {boolean} typing whether a key alone types text, and so cannot be the key of an action
 */

// `platform` is deprecated, and Firefox and Safari have nothing else.
const MAC = /^(mac|iphone|ipad)/i.test(
  /** @type {any} */ (navigator).userAgentData?.platform ?? navigator.platform ?? "",
);
const MODIFIERS = ["Control", "Alt", "Shift", "Meta", "AltGraph", "CapsLock", "Dead", "Process", "Unidentified"];
/** Keys of which no page hears, or that leave the page. */
const RESERVED = new Set(
  ["N", "T", "W", "Q", "Tab", "PageUp", "PageDown"]
    .flatMap((key) => [`Ctrl+${key}`, `Ctrl+Shift+${key}`])
    .concat("Alt+F4", "Alt+Tab", ..."HMNQTW".split("").map((key) => `Cmd+${key}`)),
);
/** Keys that edit text in a field. */
const EDITING = new Set(
  ["A", "C", "V", "X", "Z", "Y", "Shift+Z", "Shift+V", "Left", "Right", "Home", "End", "Backspace", "Delete"].map(
    (key) => `Ctrl+${key}`,
  ),
);
/** What types a character on macOS. */
const TYPES = /^Alt\+(Shift\+)?.$/;
/** Keys that move the caret or delete in every text field of macOS. */
const MAC_EDITING = new Set([..."ABDEFHKNOPTVY"].map((key) => `Ctrl+${key}`).concat("Cmd+Up", "Cmd+Down"));

/** @typedef {"weblate" | "matecat" | "omegat" | "intertext"} SetName */
/** @typedef {{id: string, number?: number, keys: Partial<Record<SetName, string[]>>}} Keyed what has keys */
/** @type {Scheme} */
const EDITOR = { kept: "hexapla:keys", sets: ["weblate", "matecat", "omegat"], typing: true };

/**
 * Name the key of an event, such as "Ctrl+Shift+Enter".
 *
 * Letters and digits go by what is printed on the key; where that is not Latin, by their place on the keyboard.
 *
 * @param {KeyboardEvent} event
 * @returns {string} "" for modifiers alone, and for everything that types a character
 */
export function keyName(event) {
  if (event.isComposing || event.keyCode === 229 || MODIFIERS.includes(event.key)) return "";
  if (event.getModifierState("AltGraph") && !(MAC && event.ctrlKey)) return ""; // Firefox on macOS means Option
  if (event.altKey && event.code.startsWith("Numpad")) return ""; // on Windows, the code of a character
  const control = event.ctrlKey || (event.metaKey && !MAC);
  const modifiers = [
    event.metaKey && MAC && "Cmd",
    control && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && "Shift",
  ];
  return [...modifiers.filter(Boolean), baseName(event)].join("+");
}

/** @param {KeyboardEvent} event */
function baseName({ key, code }) {
  const placed = code.match(/^(?:Key|Digit)(.)$/)?.[1];
  if (placed && (/\d/.test(placed) || !/^[a-z]$/i.test(key))) return /^\d$/.test(key) ? key : placed;
  if (key === " ") return "Space";
  return key.length === 1 ? key.toUpperCase() : key.replace(/^Arrow/, "");
}

/** @template {Keyed} A */
export class Keys {
  /** @type {SetName} */
  set;
  /** @type {Record<string, string[]>} */
  #own = {};
  #actions;
  #scheme;

  /** @param {A[]} actions @param {Scheme} [scheme] */
  constructor(actions, scheme = EDITOR) {
    this.#actions = actions;
    this.#scheme = scheme;
    const { set, own } = read(scheme.kept);
    this.set = scheme.sets.includes(set) ? set : scheme.sets[0];
    for (const { id } of actions) {
      if (Array.isArray(own?.[id]))
        this.#own[id] = own[id].filter((/** @type {unknown} */ key) => typeof key === "string");
    }
  }

  get sets() {
    return this.#scheme.sets;
  }

  /** @param {string} id of an action @returns {string[]} */
  of(id) {
    const usual = this.#actions.find((action) => action.id === id)?.keys[this.set] ?? [];
    return this.#own[id] ?? (MAC ? usual.flatMap((key) => this.#onMac(key)) : usual);
  }

  /** @param {string} key @returns {A[]} more than one is a conflict: the first one runs */
  actions(key) {
    return this.#actions.filter(({ id }) => this.of(id).includes(key));
  }

  /** @param {SetName} set */
  choose(set) {
    this.set = set;
    this.#own = {};
    this.#keep();
  }

  /** @param {string} id @param {string[]} keys */
  assign(id, keys) {
    this.#own[id] = keys;
    this.#keep();
  }

  /** @param {string} id */
  isOwn(id) {
    return id in this.#own;
  }

  /** @param {string} id */
  reset(id) {
    delete this.#own[id];
    this.#keep();
  }

  /** @param {string} key @returns {"" | "reserved" | "typing"} why it cannot be the key of an action */
  unfit(key) {
    if (RESERVED.has(key)) return "reserved";
    if (!this.#scheme.typing) return "";
    if (MAC && (TYPES.test(key) || MAC_EDITING.has(key) || EDITING.has(key.replace("Cmd", "Ctrl")))) return "typing";
    return EDITING.has(key) || !/^(Cmd|Ctrl|Alt)\+|^(Shift\+)?F\d+$/.test(key) ? "typing" : "";
  }

  /**
   * On macOS, Option types characters: Control is in its place, and Option with it where Control alone means more.
   *
   * @param {string} key of one of the sets
   */
  #onMac(key) {
    if (key.startsWith("Ctrl+"))
      return [key.replace("Ctrl", "Cmd"), key].filter((each) => !this.unfit(each) || each === key);
    if (!TYPES.test(key)) return [key];
    const control = key.replace("Alt", "Ctrl");
    const taken = this.unfit(control) !== "" || this.#actions.some((action) => action.keys[this.set]?.includes(control));
    return [taken ? key.replace("Alt", "Ctrl+Alt") : control];
  }

  #keep() {
    try {
      localStorage.setItem(this.#scheme.kept, JSON.stringify({ set: this.set, own: this.#own }));
    } catch {
      // full or forbidden: the keys hold until the page is closed
    }
  }
}

/** @param {string} kept */
function read(kept) {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? "{}") ?? {};
  } catch {
    return {};
  }
}
