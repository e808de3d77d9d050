import { Refusal } from "../ask.js";
import { request } from "./send.js";

const PIECE = 4 * 1024 * 1024, MOST_WAITS = 8;
const ADDRESS = "/api/deliveries/uploads";

/**
 * Send a file piece by piece. A broken line is waited for and gone on with; so is one left behind in this browser.
 * @param {File} file
 * @param {(told: {done: number, total: number, rate: number|null, waiting: boolean}) => void} tell
 * @returns {Promise<string>} what the upload is called
 */
export async function upload(file, tell) {
  const mark = `upload:${file.name}:${file.size}:${file.lastModified}`;
  let { id, offset } = (await goneOn(localStorage.getItem(mark), file.size)) ?? (await begun(file));
  localStorage.setItem(mark, id);
  const from = offset, began = performance.now();
  let waits = 0;
  while (offset < file.size) {
    const rate = offset > from ? ((offset - from) / (performance.now() - began)) * 1000 : null;
    tell({ done: offset, total: file.size, rate, waiting: waits > 0 });
    try {
      offset = await piece(id, file, offset);
      waits = 0;
    } catch (fault) {
      if (!(fault instanceof Refusal) || (fault.status && fault.status < 500 && fault.status !== 409) || ++waits > MOST_WAITS) throw fault;
      tell({ done: offset, total: file.size, rate: null, waiting: true });
      await new Promise((resolve) => setTimeout(resolve, Math.min(15000, 500 * 2 ** waits)));
      offset = (await goneOn(id, file.size).catch(() => null))?.offset ?? offset;
    }
  }
  tell({ done: file.size, total: file.size, rate: null, waiting: false });
  localStorage.removeItem(mark);
  return id;
}

async function begun(file) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const answer = await request("POST", ADDRESS, undefined, {
    headers: { "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}`, "Tus-Resumable": "1.0.0" },
  });
  return { id: answer.headers.get("Location").split("/").pop(), offset: 0 };
}

/** How far an upload begun before has come; null where there is none such. */
async function goneOn(id, size) {
  if (!id) return null;
  try {
    const answer = await request("HEAD", `${ADDRESS}/${id}`, undefined, { headers: { "Tus-Resumable": "1.0.0" } });
    const length = Number(answer.headers.get("Upload-Length") ?? size);
    return length === size ? { id, offset: Number(answer.headers.get("Upload-Offset")) } : null;
  } catch (fault) {
    if (fault instanceof Refusal && fault.status === 404) return null;
    throw fault;
  }
}

async function piece(id, file, offset) {
  const answer = await request("PATCH", `${ADDRESS}/${id}`, file.slice(offset, offset + PIECE), {
    headers: { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0" },
  });
  return Number(answer.headers.get("Upload-Offset"));
}
