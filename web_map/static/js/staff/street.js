import { Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";
import { directions } from "./street-direction.js";
import { streetMap } from "./street-map.js";
import { review } from "./street-review.js";
import { toast } from "./toast.js";

const place = byId("street");

async function load() {
  try {
    show(await send("GET", `/api/house-numbers/streets/${config.street}?lang=${inWords.lang}`));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

function show(told) {
  const name = told.street.name ?? t("street.unnamed");
  byId("here").textContent = name;
  document.title = name;
  const tools = {
    street: config.street, name,
    async state(body) {
      await send("POST", `/api/house-numbers/directions?lang=${inWords.lang}`, body);
      await load();
      toast(t("street.stated"), { kind: "good" });
    },
    async apply(body, n) {
      await send("POST", `/api/house-numbers/review?lang=${inWords.lang}`, body);
      await load();
      toast(t("street.applied", { n: number(n) }), { kind: "good" });
    },
  };
  const map = streetMap(told);
  place.replaceChildren(...[
    el("h1", { id: "heading", tabindex: "-1" }, name), map.whole,
    el("div", { class: "case-columns" }, el("div", {}, directions(told, map, tools)), el("div", {}, review(told, tools))),
  ].filter(Boolean));
}

load();
startFrame();
