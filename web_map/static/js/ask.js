import { t } from "./texts.js";

/** An answer of the server that is not a yes, in words for people. */
export class Refusal extends Error {
  /**
   * @param {number} status 0 when the server was not reached @param {string} message
   * @param {any} [problem] what the server knows of it
   */
  constructor(status, message, problem = null) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** What a refusal means, where the server has no words in the language of the page. */
const MEANINGS = {
  400: "failed.question", 401: "failed.sign_in", 403: "failed.forbidden", 404: "failed.missing",
  422: "failed.question", 429: "failed.busy",
};

/** Of these the look-up tells in the asker's language what is wrong. */
const WORDED = new Set(["identifier", "area", "corners", "crs", "parcels"]);

/**
 * Ask our own server for JSON.
 * @param {string} path from the root of this host
 * @param {Record<string, string|number|undefined>} [parameters]
 * @param {RequestInit & {worded?: boolean}} [options] worded: answers in the language asked for when nothing is there, it cannot be done now, or is asked too often
 * @returns {Promise<any>}
 * @throws {Refusal} in the words of the page, or of the server where it has some in the page's language
 */
export async function ask(path, parameters = {}, { worded = false, ...options } = {}) {
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
  const body = await response.json().catch((fault) => {
    // A question that was given up has no answer, and is not taken for an empty one.
    if (isGivenUp(fault)) throw fault;
    return null;
  });
  if (response.ok) return body;
  // Whoever writes a program reads the details of other refusals, which are technical and English.
  const told = worded && ([404, 409, 429].includes(response.status) || WORDED.has(body?.parameter)) && body?.detail;
  throw new Refusal(response.status, told || t(MEANINGS[response.status] ?? "failed.server"), body);
}

/** What `ask` needs to send something. @param {object} body */
export const asJson = (body) => ({
  method: "POST",
  headers: { "Accept": "application/json", "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** Was the question given up because a newer one came? @param {unknown} fault */
export const isGivenUp = (fault) => fault instanceof DOMException && fault.name === "AbortError";
