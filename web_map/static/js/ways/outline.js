import { makeSketch } from "./sketch.js";

/** So near its first corner, in pixels, a tap closes the area. */
const CLOSING = { fine: 20, coarse: 40 };
export const FEWEST = 3;

/**
 * An area that is drawn corner by corner; closed by a tap on its first corner.
 * @typedef {{corners: [number, number][], closed: boolean}} Drawn
 * @param {import("maplibre-gl").Map} map
 * @param {Drawn} drawn what was drawn already
 * @param {(drawn: Drawn) => void} changed
 */
export function makeOutline(map, drawn, changed) {
  const sketch = makeSketch(map);
  const become = (next) => {
    drawn = next;
    sketch.show(drawn.corners, drawn.closed);
    changed(drawn);
  };
  const pixels = (one, other) => {
    const [a, b] = [one, other].map((corner) => map.project(corner));
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  become(drawn);
  return {
    /** @param {{lng: number, lat: number}} place */
    put({ lng, lat }) {
      const { corners, closed } = drawn;
      // One area is one question: the next tap would begin another.
      if (closed) return;
      if (corners.length > 0 && pixels(corners.at(-1), [lng, lat]) < 2) return;
      const reach = matchMedia("(pointer: coarse)").matches ? CLOSING.coarse : CLOSING.fine;
      if (corners.length >= FEWEST && pixels(corners[0], [lng, lat]) <= reach) become({ corners, closed: true });
      else become({ corners: [...corners, [lng, lat]], closed: false });
    },
    /** The closing first, then corner by corner. */
    takeBack: () => become({ corners: drawn.closed ? drawn.corners : drawn.corners.slice(0, -1), closed: false }),
    clear: () => become({ corners: [], closed: false }),
    remove: () => sketch.remove(),
  };
}

/** The area as GeoJSON. @param {Drawn} drawn */
export const polygon = ({ corners }) => ({ type: "Polygon", coordinates: [[...corners, corners[0]]] });
