import { config } from "./config.js";

const RATIO = 2;

/**
 * Give the map its hatchings and signs when a style layer first asks for one. They are SVG; the map
 * wants pixels, two to one so that they stay sharp on a phone.
 * @param {import("maplibre-gl").Map} map
 */
export function loadPictures(map) {
  map.setMissingStyleImageResolver(async (id) => {
    if (!(id in config.pictures)) return;
    const pixels = await drawn(id);
    if (!map.hasImage(id)) map.addImage(id, pixels, { pixelRatio: RATIO });
  });
}

/** @type {Map<string, Promise<ImageData>>} */
const asked = new Map();

/** @param {string} id */
function drawn(id) {
  const pixels = asked.get(id) ?? draw(config.pictures[id]);
  asked.set(id, pixels);
  pixels.catch(() => asked.delete(id));
  return pixels;
}

/** Ask at once for the signs that a style surely needs; hatchings wait for the ground that has them. @param {any} style */
export function fetchPictures(style) {
  for (const { type, layout } of style.layers) {
    const id = layout?.["icon-image"];
    if (type === "symbol" && layout.visibility !== "none" && id in config.pictures) drawn(id).catch(() => {});
  }
}

/** @param {string} address @returns {Promise<ImageData>} */
async function draw(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * RATIO;
  canvas.height = image.naturalHeight * RATIO;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
