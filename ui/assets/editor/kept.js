/**
 * What this browser keeps of work that the server does not have yet.
 *
 * Every entry is a key of its own in localStorage, and belongs to one tab: no tab rewrites what another one reads.
 * A tab is alive while it holds a Web Lock of its name; what dead tabs have left is taken over by one that lives.
 * Two tabs may take over the same operation at once: the server carries out an operation id once.
 */

const TAB = "hexapla:tab"; // in sessionStorage: a reload keeps it

/** @returns {string} 96 random bits; `crypto.randomUUID` exists in secure contexts only */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Kept {
  /** Whether everything that was put is in localStorage; false when it is full or forbidden. */
  complete = true;
  #prefix;
  /** @type {Set<string>} */
  #failed = new Set();
  /** @type {() => void} */
  #release;

  /**
   * @param {string} project
   * @param {string} client name of this tab
   * @param {() => void} release gives the name back
   */
  constructor(project, client, release) {
    this.client = client;
    this.#prefix = `hexapla:${encodeURIComponent(project)}:`;
    this.#release = release;
  }

  /** @param {string} project @returns {Promise<Kept>} */
  static async open(project) {
    const before = remembered();
    for (const client of before ? [before, randomId()] : [randomId()]) {
      const release = await claim(client);
      if (!release) continue; // a duplicated tab has the name of the one it was made from
      remember(client);
      return new Kept(project, client, release);
    }
    throw new Error("a random name is taken");
  }

  close() {
    this.#release();
  }

  /**
   * Keep an entry, in the place of one with the same kind and id.
   *
   * @param {string} kind
   * @param {string} id
   * @param {object} value
   */
  put(kind, id, value) {
    const key = this.#key(this.client, kind, id);
    try {
      localStorage.setItem(key, JSON.stringify(value));
      this.#failed.delete(key);
    } catch {
      this.#failed.add(key); // full or forbidden: the page warns before it closes
    }
    this.complete = this.#failed.size === 0;
  }

  /** @param {string} kind @param {string} id */
  remove(kind, id) {
    const key = this.#key(this.client, kind, id);
    this.#failed.delete(key);
    this.complete = this.#failed.size === 0;
    try {
      localStorage.removeItem(key);
    } catch {
      // forbidden: nothing was ever kept
    }
  }

  /** @param {string} kind @returns {any[]} the entries of this tab */
  entries(kind) {
    const start = this.#key(this.client, kind, "");
    return keys(start).flatMap((key) => read(key) ?? []);
  }

  /** Take over what tabs have left that are closed or crashed; returns whether there was anything. */
  async adopt() {
    const alive = await livingTabs();
    let found = false;
    for (const key of keys(this.#prefix)) {
      const [client, kind, id] = key.slice(this.#prefix.length).split(":").map(decodeURIComponent);
      const own = this.#key(this.client, kind, id);
      if (client === this.client || alive.has(client) || hasKey(own)) continue;
      if (move(key, own)) found = true;
    }
    return found;
  }

  /** @param {string} client @param {string} kind @param {string} id */
  #key(client, kind, id) {
    return this.#prefix + [client, kind, id].map(encodeURIComponent).join(":");
  }
}

/** @param {string} client @returns {Promise<(() => void) | null>} gives the name back; null: another tab has it */
function claim(client) {
  if (!navigator.locks) return Promise.resolve(() => {}); // plain http from another machine
  return new Promise((resolve) => {
    navigator.locks.request(`${TAB}:${client}`, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise((release) => resolve(() => release(undefined)));
      return resolve(null);
    });
  });
}

/** @returns {Promise<Set<string | undefined>>} */
async function livingTabs() {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map((lock) => lock.name?.slice(TAB.length + 1)));
}

/** @param {string} prefix */
function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // forbidden
  }
}

/** @param {string} key */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null; // not ours, whatever its name says
  }
}

/** @param {string} key */
function hasKey(key) {
  return localStorage.getItem(key) !== null;
}

/** @param {string} from @param {string} to */
function move(from, to) {
  const value = localStorage.getItem(from);
  if (value === null) return false;
  localStorage.removeItem(from); // first: there may be no room for both
  try {
    localStorage.setItem(to, value);
    return true;
  } catch {
    localStorage.setItem(from, value);
    return false;
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(TAB);
  } catch {
    return null;
  }
}

/** @param {string} client */
function remember(client) {
  try {
    sessionStorage.setItem(TAB, client);
  } catch {
    // forbidden: the name lasts as long as the page
  }
}
