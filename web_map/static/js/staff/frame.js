import { t } from "../texts.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

/** What every page of the console has: signing out. Tells the page's tests that it listens. */
export function startFrame() {
  document.getElementById("sign-out")?.addEventListener("click", async () => {
    try {
      await send("POST", "/api/auth/logout", {});
      location.assign("/staff");
    } catch (fault) {
      toast(t("console.gone_wrong", { reason: fault.message }));
    }
  });
  document.body.dataset.ready = "true";
}
