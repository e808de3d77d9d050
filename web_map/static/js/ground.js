import { byId } from "./dom.js";
import { boxAround } from "./highlight.js";
import { showBox } from "./map.js";

/** Told on the document when something is lit up: where that is stands in `ground.middle()`. */
export const LIT = "gis:lit";

/**
 * The map with its highlight and its layers. They come after the search can be used: until then what is to be lit up
 * is remembered, and what needs the map waits.
 */
export function makeGround() {
  /** @type {(parts: any) => void} */
  let settle = () => {};
  const ready = new Promise((resolve) => { settle = resolve; });
  let parts = { map: null, highlight: null, layerSwitch: () => null, follow: () => {} };
  let lit = null;

  function draw() {
    if (!parts.highlight) return;
    if (!lit) return parts.highlight.clear();
    const { geometries, quiet, move } = lit;
    parts.highlight.show(geometries, { quiet });
    lit.move = false;
    if (!parts.map || !move) return;
    delete byId("map").dataset.idle; // it rests no more, though it sets out with the next picture only
    requestAnimationFrame(() => showBox(parts.map, boxAround(geometries)));
  }

  return {
    /** What is there of them now. */
    parts: () => parts,
    /** The box that the map is to show first; null where nobody said. */
    firstBox() {
      if (!lit?.move) return null;
      lit.move = false;
      return boxAround(lit.geometries);
    },
    /** Here they are; a device without graphics has none. @param {any} made */
    settle(made) {
      parts = { ...parts, ...made, settled: true };
      draw();
      settle(parts);
    },
    /** @param {GeoJSON.Geometry[]} geometries @param {{move?: boolean, quiet?: boolean}} [how] */
    light(geometries, { move = false, quiet = false } = {}) {
      lit = { geometries, move, quiet };
      draw();
      document.dispatchEvent(new CustomEvent(LIT));
    },
    /** The middle of what is lit up, which may have no map to be lit up on. @returns {[number, number]|null} */
    middle() {
      if (!lit) return null;
      const [west, south, east, north] = boxAround(lit.geometries);
      return [(west + east) / 2, (south + north) / 2];
    },
    dark() {
      lit = null;
      draw();
    },
    /** A part of the page that needs the map; it takes its place once the map is there. @param {(parts: any) => any} make */
    later(make) {
      // With the map already there nothing waits: a click that follows at once would miss it.
      if (parts.settled) return make(parts);
      const place = document.createElement("span");
      place.hidden = true;
      ready.then((made) => {
        const part = make(made);
        if (part instanceof Node) place.replaceWith(part);
        else place.remove();
      });
      return place;
    },
  };
}
