import { config } from "./config.js";
import { forgetAnswer } from "./last.js";

/** From now on the page opens without a network too. */
export async function startOffline() {
  if (config.account) forgetAnswer();
  // On an address without https there is none.
  if (!("serviceWorker" in navigator)) return;
  try {
    const cache = await caches.open("device");
    await cache.put("/language-of-the-device", new Response(config.language));
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch (fault) {
    console.warn(fault); // a browser that keeps nothing; the page works as before
  }
}
