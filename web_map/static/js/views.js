import { Refusal } from "./ask.js";
import { dayAsked } from "./day.js";
import { byId } from "./dom.js";
import { notify } from "./notice.js";
import { t } from "./texts.js";

/** What each button opens. Loaded when first used: most people never do. */
const LOADERS = {
  time: () => import("./views/time.js"),
  compare: () => import("./views/compare.js"),
  list: () => import("./views/list.js"),
};

/**
 * Other ways to see the map: another day, two beside each other, as a list. One of them is open at a time.
 * @param {object} parts
 * @param {import("maplibre-gl").Map|null} parts.map
 * @param {any[]} parts.legend
 * @param {ReturnType<import("./inquiry.js").makeInquiry>} parts.inquiry
 * @param {ReturnType<import("./layers.js").makeLayers>} parts.layers
 * @param {ReturnType<import("./ground.js").makeGround>} parts.ground
 */
export function startViews(parts) {
  /** @type {Record<string, Promise<{open: (asked: boolean) => void, close: () => void, follow?: () => void}>>} */
  const made = {};
  let shown = "";

  for (const name of Object.keys(LOADERS)) {
    const button = byId(`view-${name}`);
    button.hidden = !parts.map && name !== "list";
    button.addEventListener("click", () => (shown === name ? hide(name) : show(name)));
  }

  async function show(name, asked = true) {
    if (shown) await hide(shown);
    shown = name;
    document.body.dataset.view = name;
    byId(`view-${name}`).setAttribute("aria-expanded", "true");
    if (name !== "list") made.past ??= loadPast();
    made[name] ??= LOADERS[name]().then((module) => module.make({ ...parts, hide: () => hide(name) }));
    try {
      (await made[name]).open(asked);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      // It can be tried again.
      delete made[name];
      close(name);
      notify(t("views.failed", { reason: fault.message }), { seconds: 8 });
    }
  }

  async function hide(name) {
    if (shown !== name) return;
    close(name);
    (await made[name]).close();
  }

  function close(name) {
    shown = "";
    delete document.body.dataset.view;
    byId(`view-${name}`).setAttribute("aria-expanded", "false");
  }

  const loadPast = () => import("./views/past.js").then((module) => module.make(parts));

  async function follow() {
    if (!parts.map) return;
    if (dayAsked() || "past" in made) {
      made.past ??= loadPast();
      (await made.past).follow();
    }
    const compared = /[?&](compare|plans)=/.test(location.search);
    if (compared && shown !== "compare") await show("compare", false);
    else if (compared) (await made.compare).follow?.();
    else if (shown === "compare") await hide("compare");
  }

  follow();
  // Where nothing can be drawn the list is the map.
  if (!parts.map) show("list", false);
  return {
    /** After a step in the history: show the day and the comparison that stand in the address. */
    follow,
  };
}
