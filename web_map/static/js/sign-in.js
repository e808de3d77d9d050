import { ask, Refusal } from "./ask.js";
import { config } from "./config.js";
import { byId, el } from "./dom.js";
import { notify } from "./notice.js";
import { t } from "./texts.js";

const button = byId("account");
const dialog = /** @type {HTMLDialogElement} */ (byId("sign-in"));

/** Staff sign in and out here; nobody needs to, to look. */
export function startSignIn() {
  if (config.account) {
    button.append(el("span", { class: "who" }, config.account.name), ` ${t("sign_in.out")}`);
    button.before(el("a", { class: "tool desk", href: "/staff" }, t("page.desk")));
    button.setAttribute("title", t("sign_in.signed_in", { name: config.account.name }));
    button.addEventListener("click", signOut);
    return;
  }
  button.append(el("span", { class: "long" }, t("sign_in.open")), el("span", { class: "short" }, t("sign_in.short")));
  button.addEventListener("click", () => {
    dialog.replaceChildren(form());
    dialog.showModal();
  });
}

function form() {
  const username = field("username", "text", "username");
  const password = field("password", "password", "current-password");
  const told = el("p", { class: "told", role: "alert", hidden: true });
  const submit = el("button", { type: "submit", class: "button" }, t("sign_in.submit"));
  const cancel = el("button", { type: "button", class: "button quiet", onclick: () => dialog.close() }, t("sign_in.cancel"));
  const whole = el("form", { class: "sign-in-form" },
    el("h2", { id: "sign-in-title" }, t("sign_in.title")), el("p", { class: "small" }, t("sign_in.text")),
    username.label, password.label, told, el("div", { class: "actions" }, submit, cancel));
  whole.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.setAttribute("disabled", "");
    try {
      await post("/api/auth/login", { username: username.input.value.trim(), password: password.input.value });
      location.reload();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      const wrong = fault.status === 401;
      told.textContent = wrong ? t("sign_in.wrong") : t("sign_in.failed", { reason: fault.message });
      told.hidden = false;
      submit.removeAttribute("disabled");
    }
  });
  return whole;
}

function field(name, type, autocomplete) {
  const input = /** @type {HTMLInputElement} */ (el("input", { name, type, autocomplete, required: true }));
  return { input, label: el("label", { class: "field" }, el("span", {}, t(`sign_in.${name}`)), input) };
}

async function signOut() {
  try {
    await post("/api/auth/logout", {});
    location.reload();
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    notify(fault.message, { seconds: 6 });
  }
}

function post(path, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return ask(path, {}, { method: "POST", headers, body: JSON.stringify(body) });
}
