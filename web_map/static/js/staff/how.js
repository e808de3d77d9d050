import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { field, select } from "./fields.js";

const ENCODINGS = [["utf-8", "Unicode (UTF-8)"], ["cp1258", "Windows-1258"], ["tcvn3", "TCVN3 (ABC)"], ["vni", "VNI"], ["viscii", "VISCII"]];

/** In which grid and encoding a file is read, where it does not say it rightly itself. @param {{crs?: string, encoding?: string}} [asked] */
export function howRead(asked = {}) {
  const crs = field(t("take_in.crs"), el("input", { type: "text", name: "crs", value: asked.crs ?? "", placeholder: `EPSG:${config.city.working_srid}` }), t("take_in.crs_hint"));
  const known = ENCODINGS.some(([value]) => value === asked.encoding) || !asked.encoding ? [] : [[asked.encoding, asked.encoding]];
  const encoding = field(t("take_in.encoding"), select([["", t("take_in.as_told")], ...ENCODINGS, ...known], asked.encoding ?? ""), t("take_in.encoding_hint"));
  return {
    fields: [crs.whole, encoding.whole],
    /** What was said, as the server takes it. */
    said() {
      const grid = crs.input.value.trim();
      return { ...(grid ? { crs: grid, override_crs: true } : {}), ...(encoding.input.value ? { encoding: encoding.input.value } : {}) };
    },
  };
}
