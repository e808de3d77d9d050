import { Refusal } from "../ask.js";
import { byId } from "../dom.js";
import { t } from "../texts.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";

const form = /** @type {HTMLFormElement} */ (byId("sign-in"));
const told = /** @type {HTMLElement} */ (form.querySelector("[role=alert]"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { username, password } = Object.fromEntries(new FormData(form));
  button.disabled = true;
  told.hidden = true;
  try {
    await send("POST", "/api/auth/login", { username: String(username).trim(), password });
    location.reload();
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    told.textContent = [400, 401].includes(fault.status) ? t("sign_in.wrong") : t("sign_in.failed", { reason: fault.message });
    told.hidden = false;
    button.disabled = false;
    form.querySelector("input")?.focus();
  }
});
startFrame();
