/**
 * What the server tells the page: language, texts, the city, addresses of files.
 * @typedef {object} Config
 * @property {"vi"|"en"} language
 * @property {Record<string, string>} texts
 * @property {Record<string, string>} land_uses name of each known land-use code
 * @property {{title: string, centre: [number, number], zoom: number, envelope: number[], demo: boolean}} city
 * @property {{selected: string, quiet: string, ground: string}} colours
 * @property {string} maplibre address of MapLibre's module
 * @property {string} maplibre_worker address of the script that reads tiles beside the page
 * @property {string} maplibre_sheet address of its style sheet
 * @property {Record<string, string>} sheets address of each style sheet that is loaded when first used
 * @property {Record<string, string>} pictures address of each map picture by name
 * @property {{draw: string, adapter: string}} drawing addresses of the modules for drawing
 * @property {number} grid EPSG code of the city's grid
 * @property {{srid: number, title: string}[]} grids of VN-2000, for corner tables
 * @property {string} parcels id of the layer that the planning look-up answers for
 * @property {string} stations id of the layer whose features have readings
 * @property {string} streets id of the layer along whose features a strip can be asked for
 * @property {string} plans id of the layer of planned zones
 * @property {{name: string, signs: boolean}|null} account who is signed in; signs: may sign answers
 */

/** @type {Config} */
export const config = JSON.parse(document.getElementById("config").textContent);

/** Asks for an answer in the words of the page's language, where the server has words. */
export const inWords = { lang: config.language };
