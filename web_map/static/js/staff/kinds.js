import { t } from "../texts.js";

/** Kinds of change in the order people read them; the colours are those of delivery.css. */
export const COLOURS = {
  added: "#2b7a4b",
  changed_geometry: "#c26a00",
  changed_attributes: "#2563a8",
  split: "#7b3fa0",
  merged: "#b02a7c",
  reshaped: "#7d5a35",
  renumbered: "#00798c",
  vanished: "#b3261e",
};

export const KINDS = Object.keys(COLOURS);

/** @param {string} kind */
export const kindName = (kind) => t(`kind.${kind}`);
