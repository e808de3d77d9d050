import { el } from "../dom.js";
import { date } from "../format.js";
import { t } from "../texts.js";
import { facts } from "./parts.js";
import { savePicture } from "./picture.js";
import { uploads } from "./uploads.js";

/**
 * After sending: the receipt with code and key, shown this once, and the papers on their way.
 * @param {any} filing as the server answered @param {string} service its title
 * @param {{kind: string, title: string, file: File}[]} papers
 * @param {{open: () => void, done: () => void}} ways
 */
export function sentView(filing, service, papers, { open, done }) {
  const qr = el("img", { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(filing.qr)}`, alt: t("sent.qr"), width: 180, height: 180, class: "qr" });
  const rows = /** @type {[string, string][]} */ ([
    [t("sent.service"), service], [t("sent.place"), filing.place], [t("sent.unit"), filing.unit.name], [t("sent.received"), date(filing.received_on)],
    ...filing.clocks.map((one) => [t("sent.due", { title: one.title }), when(one)]),
  ]);
  const secret = (label, text, hint) => el("div", { class: "secret" }, el("p", { class: "label" }, label), el("p", { class: "code", translate: "no" }, text), el("p", { class: "small" }, hint));
  const note = el("p", { role: "status", class: "told" });
  const sending = uploads(filing, papers, (left, failed) => {
    note.textContent = t(left ? "sent.busy" : failed ? "sent.some" : "sent.all");
    note.className = `told ${left ? "" : failed ? "warn" : "good"}`;
  });
  if (papers.length) sending.run();
  return el("div", { class: "form" },
    el("h1", { id: "heading", tabindex: "-1" }, t("sent.title")),
    el("p", { class: "told warn on-screen" }, t("sent.lead")),
    el("section", { class: "panel receipt", "aria-labelledby": "receipt-title" },
      el("h2", { id: "receipt-title" }, t("sent.paper")),
      secret(t("sent.code"), filing.code, t("sent.code_hint")), secret(t("sent.key"), filing.key, t("sent.key_hint")),
      el("div", { class: "qr-line" }, qr, el("p", { class: "small" }, t("sent.qr_hint"))),
      facts(rows),
      el("p", { class: "small address on-paper" }, filing.tracking)),
    filing.building && el("p", { class: `told on-screen ${filing.building.fault ? "warn" : "good"}` },
      filing.building.fault ? t("sent.no_building", { reason: filing.building.fault }) : t("sent.building")),
    el("div", { class: "turns on-screen" },
      el("button", { type: "button", class: "button", onclick: () => window.print() }, t("sent.print")),
      el("button", { type: "button", class: "button quiet", onclick: () => savePicture(filing, rows) }, t("sent.image"))),
    el("p", { class: "small on-screen" }, t("sent.image_hint")),
    papers.length > 0 && el("section", { class: "panel on-screen", "aria-labelledby": "sending-title" }, el("h2", { id: "sending-title" }, t("sent.papers")), note, sending.whole),
    el("div", { class: "turns on-screen" },
      el("a", { class: "button quiet", href: new URL(filing.tracking).pathname, target: "_blank", rel: "noopener" }, t("sent.track")),
      el("button", { type: "button", class: "button quiet", onclick: open }, t("sent.open")),
      el("button", { type: "button", class: "button", onclick: done }, t("sent.done"))));
}

function when({ due_on: due, rule }) {
  if (!due) return t("sent.no_due");
  return rule?.verified ? date(due) : t("sent.unverified", { date: date(due) });
}
