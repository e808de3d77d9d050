/**
 * What the server tells the page: language, texts, the city, addresses of files.
 * @typedef {object} Config
 * @property {"vi"|"en"} language
 * @property {Record<string, string>} texts
 * @property {Record<string, string>} land_uses name of each known land-use code
 * @property {{title: string, centre: [number, number], zoom: number, envelope: number[], demo: boolean}} city
 * @property {{selected: string, quiet: string, ground: string}} colours
 * @property {string} maplibre address of MapLibre's module
 * @property {Record<string, string>} pictures address of each map picture by name
 * @property {string} parcels id of the layer that the planning look-up answers for
 * @property {string} stations id of the layer whose features have readings
 * @property {{name: string}|null} account who is signed in
 */

/** @type {Config} */
export const config = JSON.parse(document.getElementById("config").textContent);

/** Asks for an answer in the words of the page's language, where the server has words. */
export const inWords = { lang: config.language };
