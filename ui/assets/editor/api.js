/**
 * The routes of the server: JSON there and back, a token that renews itself, errors with one sentence for the reader.
 */

import { t } from "./strings.js";

const BASE = "/hexapla/api/";
const PATIENCE = 30_000; // milliseconds; a server that hangs must not hold back the next attempt for ever

/** What went wrong, in a sentence that can be shown. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {string} code the server's word for it; "offline" when no answer came
   * @param {number} status of HTTP; 0 when no answer came
   */
  constructor(message, code, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export class Api {
  #token;
  /** @type {Promise<boolean> | null} */
  #renewal = null;

  /** @param {string} token */
  constructor(token) {
    this.#token = token;
  }

  /** @param {string} token issued later than the one in use */
  set token(token) {
    this.#token = token;
  }

  /**
   * @param {string} route
   * @param {Record<string, string | number | null | undefined>} [parameters] those without a value are left out
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   * @throws {ApiError}
   */
  get(route, parameters = {}, signal) {
    const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return this.#ask(`${route}?${query}`, { signal });
  }

  /**
   * @param {string} route
   * @param {object} body
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   * @throws {ApiError}
   */
  post(route, body, signal) {
    const headers = { "Content-Type": "application/json" };
    return this.#ask(route, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  /** @param {string} path @param {RequestInit} request */
  async #ask(path, request) {
    let response = await this.#fetch(path, request);
    if (response.status === 401 && (await this.#renew())) response = await this.#fetch(path, request);
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const message = answer.error ?? t("error.answer", { status: response.status });
    throw new ApiError(t(`refused.${answer.code}`, { message }, message), answer.code ?? "", response.status);
  }

  /** Ask for a new token once, however many requests wait for it; the cookie says who asks. */
  #renew() {
    this.#renewal ??= this.#fetch("token", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    })
      .then(async (response) => {
        if (response.ok) this.#token = (await response.json()).token;
        return response.ok;
      })
      .finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  /** @param {string} path @param {RequestInit} request */
  async #fetch(path, request) {
    const patience = AbortSignal.timeout(PATIENCE);
    const signal = request.signal ? AbortSignal.any([request.signal, patience]) : patience;
    const headers = { ...request.headers, "X-Hexapla-Token": this.#token };
    try {
      return await fetch(BASE + path, { ...request, headers, signal, credentials: "same-origin", cache: "no-store" });
    } catch (error) {
      if (request.signal?.aborted) throw error;
      throw new ApiError(t("error.offline"), "offline", 0);
    }
  }
}
