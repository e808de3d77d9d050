const NAME = "layers";

/** The layers that the address switches on, or null where it says nothing of layers. @returns {Set<string>|null} */
export function shownInAddress() {
  const names = new URLSearchParams(location.hash.slice(1)).get(NAME);
  return names === null ? null : new Set(names.split(",").filter(Boolean));
}

/** Put the layers that are on beside the view in the address. @param {string[]} layers */
export function writeShown(layers) {
  const parts = location.hash.slice(1).split("&").filter((part) => part && !/^layers(=|$)/.test(part));
  const hash = [...parts, `${NAME}=${layers.join(",")}`].join("&");
  history.replaceState(history.state, "", `${location.pathname}${location.search}#${hash}`);
}
