import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { request } from "../staff/send.js";
import { t } from "../texts.js";

const ADDRESS = "/api/filings";

/** Ask as the holder of a key, or without one. @returns {Promise<any>} */
export async function call(method, path, { key, body } = {}) {
  const headers = key ? { "X-Filing-Key": key } : {};
  const answer = await request(method, `${ADDRESS}${path}${path.includes("?") ? "&" : "?"}lang=${config.language}`, body, { headers });
  return answer.json();
}

/** Hand in the building; what was wrong with it in words, null where it is kept. @returns {Promise<{fault: string|null}>} */
export async function handIn({ code, key }, building) {
  try {
    await request("POST", `/api/permits/filings/${encodeURIComponent(code)}/building`, building, { headers: { "X-Filing-Key": key } });
    return { fault: null };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { fault: refusal.message };
  }
}

/**
 * Send one paper, telling how far it is: `fetch` tells nothing of a body on its way.
 * @param {{code: string, key: string}} filing @param {string} kind @param {File} file
 * @param {(share: number) => void} tell
 * @returns {Promise<void>}
 */
export function sendPaper({ code, key }, kind, file, tell) {
  return new Promise((resolve, reject) => {
    const asked = new URLSearchParams({ kind, name: file.name || "anh.jpg", lang: config.language });
    const line = new XMLHttpRequest();
    line.open("POST", `${ADDRESS}/${encodeURIComponent(code)}/documents?${asked}`);
    line.setRequestHeader("X-Filing-Key", key);
    line.setRequestHeader("Accept", "application/json");
    line.setRequestHeader("Accept-Language", config.language);
    line.setRequestHeader("Content-Type", "application/octet-stream");
    line.upload.addEventListener("progress", (event) => tell(event.lengthComputable ? event.loaded / event.total : 0));
    line.addEventListener("load", () => (line.status === 201 ? resolve() : reject(new Refusal(line.status, reason(line)))));
    for (const name of ["error", "abort", "timeout"]) line.addEventListener(name, () => reject(new Refusal(0, t("failed.offline"))));
    line.send(file);
  });
}

function reason(line) {
  try {
    const told = JSON.parse(line.responseText);
    return (config.language === "vi" && told.detail_vi) || told.detail || t("failed.server");
  } catch {
    return t("failed.server");
  }
}
