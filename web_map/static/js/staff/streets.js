import { Refusal, ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { field } from "./fields.js";
import { startFrame } from "./frame.js";

const place = byId("streets"), live = byId("live");
const name = field(t("streets.find"), el("input", { type: "search", name: "q", maxlength: 100, autocomplete: "off", value: new URLSearchParams(location.search).get("q") ?? "" }), t("streets.find_hint"));
const found = el("ul", { class: "axes", "aria-label": t("streets.title") });

async function find() {
  const q = name.input.value.trim();
  name.blame(null);
  if (q.length < 2) return found.replaceChildren();
  history.replaceState(null, "", `?${new URLSearchParams({ q })}`);
  try {
    const { results } = await ask("/api/search", { q, limit: 40, ...inWords });
    const streets = results.filter((one) => one.layer === "streets");
    live.textContent = t("streets.n_found", { n: number(streets.length) });
    found.replaceChildren(...(streets.length ? streets.map(line) : [el("li", {}, el("p", { class: "quiet" }, t("streets.none")))]));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    name.blame(fault.message);
  }
  return undefined;
}

const line = (one) => el("li", {}, el("p", {}, el("a", { class: "link", href: `/staff/streets/${one.id}` }, one.title), " ", el("span", { class: "small" }, one.subtitle ?? "")));

place.replaceChildren(
  el("form", { class: "case-search", role: "search", onsubmit: (event) => { event.preventDefault(); find(); } },
    name.whole, el("button", { type: "submit", class: "button" }, t("streets.go"))), found);
place.setAttribute("aria-busy", "false");
if (name.input.value) find();
else if (config.account) name.input.focus();
startFrame();
