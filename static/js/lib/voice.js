// @ts-check
/** Reads aloud, by a voice of this phone only: any other would send the text away. */

/**
 * @param {string} language of what there is to say
 * @returns {boolean} whether this phone has a voice for it
 */
export function hasVoice(language) {
  return localVoice(language) !== undefined;
}

/** @param {() => void} told called now, and when voices come: some browsers find theirs late */
export function watchVoices(told) {
  told();
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", told);
}

/**
 * Says the text instead of what is being said.
 * @param {string} text
 * @param {string} language
 */
export function speak(text, language) {
  const voice = localVoice(language);
  if (!voice || !text) return;
  const speech = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
  speechSynthesis.cancel();
  speechSynthesis.speak(speech);
}

/** Stops speaking. */
export function hush() {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}

/**
 * @param {string} language a tag, perhaps with a script or a region
 * @returns {SpeechSynthesisVoice | undefined} of the whole tag, else of the same language
 */
function localVoice(language) {
  const voices = "speechSynthesis" in window ? speechSynthesis.getVoices() : [];
  const local = voices.filter(({ localService }) => localService);
  const parts = (/** @type {string} */ tag) => tag.toLowerCase().split(/[-_]/);
  return (
    local.find(({ lang }) => parts(lang).join() === parts(language).join()) ??
    local.find(({ lang }) => parts(lang)[0] === parts(language)[0])
  );
}
