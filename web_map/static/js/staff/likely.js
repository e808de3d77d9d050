import { config } from "../config.js";
import { el } from "../dom.js";
import { share } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";

/** How a refused file is likely to be read, to be taken with one word: it is here, and need not come again. */
export function likely(state, { act }) {
  if (state.status !== "refused") return null;
  const sections = [grid(state.summary.grid, act), encoding(state.summary.encoding, act)].filter(Boolean);
  return sections.length ? el("div", {}, ...sections) : null;
}

function grid(found, act) {
  if (!found?.guesses.length) return null;
  const text = config.language === "vi" ? found.text_vi : found.text_en;
  const accepted = found.guesses.filter((guess) => guess.accept);
  return section("grid", [el("p", {}, text), el("p", { class: "quiet" }, t(accepted.length ? "likely.ask" : "likely.grid_turned"))],
    accepted.map((guess) => button(t("likely.grid_take", { grid: guess.accept.crs, share: share(guess.score) }),
      { grid: guess.accept.crs }, "likely.grid_sure", [text, t("likely.grid_means")], () => act("mapping", guess.accept))));
}

function encoding(name, act) {
  if (!name) return null;
  const called = { encoding: name.toUpperCase() };
  return section("encoding", [el("p", {}, t("likely.encoding_is", called)), el("p", { class: "quiet" }, t("likely.encoding_look"))],
    [button(t("likely.encoding_take", called), called, "likely.encoding_sure", [t("likely.encoding_means", called)], () => act("mapping", { encoding: name }))]);
}

const section = (name, told, buttons) => el("section", { class: "panel", "aria-labelledby": `likely-${name}` },
  el("h2", { id: `likely-${name}` }, t(`likely.${name}`)), ...told, el("div", { class: "turns" }, ...buttons));

function button(words, called, sure, told, take) {
  return el("button", {
    type: "button", class: "button", onclick: () => confirmThat({
      title: t(sure, called), yes: t("likely.yes"),
      content: [...told.map((text) => el("p", {}, text)), el("p", { class: "quiet" }, t("likely.noted"))],
      act: async () => {
        await take();
      },
    }),
  }, words);
}
