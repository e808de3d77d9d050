import { config } from "./config.js";
import { el } from "./dom.js";

/** @type {Record<string, Promise<void>>} */
const loading = {};

/** Load a style sheet of ours that few people need, once. @param {string} name one of `config.sheets` */
export function sheet(name) {
  loading[name] ??= new Promise((resolve) => {
    const done = () => resolve();
    document.head.append(el("link", { rel: "stylesheet", href: config.sheets[name], onload: done, onerror: done }));
  });
  return loading[name];
}

/** A style sheet that nothing before the map needs. @param {string} href */
export function sheetBeforeOurs(href) {
  return new Promise((resolve, reject) => {
    const link = el("link", { rel: "stylesheet", href, onload: resolve, onerror: () => reject(new Error(href)) });
    // Our own has the last word.
    document.head.querySelector("link[rel=stylesheet]").before(link);
  });
}
