// @ts-check
/** Lets a drawing move when somebody asks for it, and holds it still again. */

const CALM = "(prefers-reduced-motion: reduce)";

/** Shows the buttons of drawings that can move, unless the phone asks for calm. */
export async function start() {
  const calm = matchMedia(CALM);
  for (const mover of document.querySelectorAll("[data-mover]")) {
    const move = prepared(/** @type {HTMLElement} */ (mover));
    const follow = () => {
      /** @type {HTMLElement} */ (mover).hidden = calm.matches;
      if (calm.matches) move(false);
    };
    calm.addEventListener("change", follow);
    follow();
  }
}

/**
 * @param {HTMLElement} mover which stands right after its drawing
 * @returns {(moving: boolean) => void} what makes the drawing move, or holds it still
 */
function prepared(mover) {
  const image = mover.previousElementSibling?.querySelector("img");
  const night = mover.previousElementSibling?.querySelector("source");
  const still = [image?.src ?? "", night?.srcset ?? ""];
  const words = mover.querySelectorAll("button > span");
  let moves = false;
  const move = (/** @type {boolean} */ moving) => {
    const { day = "", night: dark = "" } = mover.dataset;
    const [light, shade] = moving ? [day, dark] : still;
    if (image) image.src = light;
    if (night) night.srcset = shade;
    for (const word of words) word.toggleAttribute("hidden", (word === words[0]) === moving);
    moves = moving;
  };
  mover.querySelector("button")?.addEventListener("click", () => move(!moves));
  return move;
}
