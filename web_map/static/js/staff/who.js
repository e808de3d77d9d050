import { t } from "../texts.js";

/** Who did something: a username, or in words who filed on line and has none. @param {string} name */
export const who = (name) => (name === "(online)" ? t("who.online") : name);
