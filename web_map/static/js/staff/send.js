import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { t } from "../texts.js";

const MEANINGS = { 401: "failed.sign_in", 403: "failed.forbidden", 404: "failed.missing", 429: "failed.busy" };

/**
 * Send something to our own server, or ask it.
 * @param {"GET"|"POST"|"PATCH"|"HEAD"|"DELETE"} method
 * @param {string} path
 * @param {object|Blob} [body] an object goes as JSON
 * @param {{headers?: Record<string, string>, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>}
 * @throws {Refusal} with words for people; `status` 0 where the server was not reached
 */
export async function request(method, path, body, { headers = {}, signal } = {}) {
  const json = body !== undefined && !(body instanceof Blob);
  let response;
  try {
    response = await fetch(path, {
      method, signal,
      headers: {
        Accept: "application/json", "Accept-Language": config.language,
        ...(json ? { "Content-Type": "application/json" } : {}), ...headers,
      },
      body: json ? JSON.stringify(body) : body,
    });
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    throw new Refusal(0, t("failed.offline"));
  }
  if (response.ok || response.status === 308) return response;
  const told = await response.json().catch(() => ({}));
  throw new Refusal(response.status, inWords(response.status, told));
}

/** The same, with the JSON of the answer. */
export async function send(method, path, body) {
  const response = await request(method, path, body);
  return response.status === 204 ? null : response.json();
}

/** Whoever refuses says why; in Vietnamese where there are such words, and else as it was said. */
function inWords(status, told) {
  if (config.language === "vi" && told.detail_vi) return told.detail_vi;
  if (status >= 500) return t("failed.server");
  if (status in MEANINGS) return t(MEANINGS[status]);
  return told.detail || t("failed.server");
}
