import { t } from "./texts.js";

/** An answer of the server that is not a yes, in words for people. */
export class Refusal extends Error {
  /** @param {number} status 0 when the server was not reached @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Ask our own server for JSON.
 * @param {string} path from the root of this host
 * @param {Record<string, string|number|undefined>} [parameters]
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 * @throws {Refusal} with the server's own sentence where it gave one
 */
export async function ask(path, parameters = {}, options = {}) {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  let response;
  try {
    response = await fetch(address, { headers: { Accept: "application/json" }, ...options });
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    throw new Refusal(0, t("failed.offline"));
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const told = response.status < 500 && body && typeof body.detail === "string";
  throw new Refusal(response.status, told ? body.detail : t("failed.server"));
}

/** Was the question given up because a newer one came? @param {unknown} fault */
export const isGivenUp = (fault) => fault instanceof DOMException && fault.name === "AbortError";
