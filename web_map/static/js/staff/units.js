import { ask } from "../ask.js";
import { config } from "../config.js";

/** The wards and communes of today by code; none where the city has not loaded any. @returns {Promise<Map<string, string>>} */
export const units = ask(`/ogc/collections/${config.units.layer}/items`, { generation: config.units.generation, limit: 500, sortby: "name" })
  .then((found) => new Map(found.features.map(({ properties }) => [properties.code, properties.full_name])))
  .catch(() => new Map());

/** A unit as people call it, its code where no name is known. @param {Map<string, string>} names @param {string} code */
export const unitName = (names, code) => names.get(code) ?? code;
