import { ask } from "../ask.js";
import { el, isStill } from "../dom.js";
import { t } from "../texts.js";
import { makeOutline } from "../ways/outline.js";
import { around, collection, feature, groundMap } from "./ground-map.js";
import { addBuilding, addFound } from "./paint.js";

/**
 * The ground of a case on the city's map, with what a check speaks of, a building, and a place to draw one. Nothing
 * where the case speaks of none.
 */
export function caseMap(one) {
  if (!one.subject?.there) return null;
  const frame = el("div", { class: "case-map", role: "group", "aria-label": t("case_map.title") });
  const note = el("p", { class: "quiet", role: "status", hidden: true }), under = el("div", { class: "under-map" });
  const ready = draw(one, frame);
  ready.catch((fault) => {
    console.warn(fault);
    frame.hidden = true;
    tell(t("map.no_graphics_here"));
  });
  const tell = (...words) => { note.hidden = false; note.replaceChildren(...words); };
  const put = (source, places) => ready.then(({ map }) => map.getSource(source).setData(shapes(places)), () => {});
  return {
    whole: el("section", { class: "panel", "aria-labelledby": "case-map-title" }, el("h2", { id: "case-map-title" }, t("case_map.title")), frame, under, note),
    /** Places that stay marked. @param {GeoJSON.Geometry[]} places */
    mark: (places) => ready.then(({ ground }) => put("found", [ground, ...places]), () => {}),
    /** The building that is meant. @param {GeoJSON.Geometry|null} geometry */
    building(geometry) {
      put("shown", []);
      return put("building", geometry ? [geometry] : []);
    },
    /** One place that somebody asks to see, and a way back to where he asked. @param {GeoJSON.Geometry} geometry @param {string} words what it is */
    async show(geometry, words) {
      const from = /** @type {HTMLElement} */ (document.activeElement);
      const made = await ready.catch(() => null);
      if (!made) return;
      put("shown", [geometry]);
      made.map.fitBounds(around([geometry]), { padding: 60, maxZoom: 20, animate: !isStill() });
      frame.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
      const back = el("button", { type: "button", class: "link", onclick: () => { from.scrollIntoView({ block: "center" }); from.focus(); } }, t("case_map.back"));
      tell(words, " ", back);
      back.focus({ preventScroll: true });
    },
    /** What stands below the map while something is drawn. @param {Node[]} nodes */
    controls: (...nodes) => under.replaceChildren(...nodes),
    /**
     * Corners are set by a tap or, by keyboard, at the cross in the middle by Enter; until `stop` is called.
     * @param {import("../ways/outline.js").Drawn} drawn @param {(drawn: import("../ways/outline.js").Drawn) => void} changed
     */
    async drawing(drawn, changed) {
      const { map } = await ready;
      const outline = makeOutline(map, drawn, changed);
      const click = (event) => outline.put(event.lngLat);
      const key = (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        outline.put(map.getCenter());
      };
      map.on("click", click);
      map.getCanvas().addEventListener("keydown", key);
      frame.dataset.drawing = "true";
      map.resize();
      return {
        ...outline,
        focus: () => { frame.scrollIntoView({ block: "center" }); map.getCanvas().focus({ preventScroll: true }); },
        stop() {
          map.off("click", click);
          map.getCanvas().removeEventListener("keydown", key);
          outline.remove();
          under.replaceChildren();
          delete frame.dataset.drawing;
          map.resize();
        },
      };
    },
  };
}

async function draw(one, frame) {
  const { geometry } = await ask(`/ogc/collections/${one.subject.layer}/items/${one.subject.id}`);
  const map = await groundMap(frame, around([geometry]));
  addFound(map);
  addBuilding(map);
  map.getSource("found").setData(shapes([geometry]));
  return { map, ground: geometry };
}

const shapes = (places) => collection(places.map((geometry) => feature(geometry)));
