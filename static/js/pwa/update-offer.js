// @ts-check
/** Offers a new release that waits; only the person's own press lets this page reload. */
import { registerWorker, workers } from "./registration.js";

/** Shows the offer while a release waits to replace the one that answers this page. */
export async function start() {
  const container = workers();
  const offer = document.querySelector("[data-update]");
  if (!container || !offer) return;
  const registration = await registerWorker();

  const look = () => {
    // A first installation waits for a moment too, but replaces nothing.
    offer.toggleAttribute("hidden", !(registration.waiting && container.controller));
  };
  const watch = () => {
    registration.installing?.addEventListener("statechange", look);
  };
  registration.addEventListener("updatefound", watch);
  registration.waiting?.addEventListener("statechange", look);
  watch();
  look();
  document.addEventListener("visibilitychange", look);

  const reload = () => location.reload();
  document.querySelector("[data-update-now]")?.addEventListener("click", () => {
    if (!registration.waiting) return look();
    container.addEventListener("controllerchange", reload, { once: true });
    registration.waiting.postMessage({ type: "activate" });
  });
}
