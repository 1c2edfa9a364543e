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
 * @returns {SpeechSynthesisVoice | undefined} of the same language, the nearest by script and region
 */
function localVoice(language) {
  const voices = "speechSynthesis" in window ? speechSynthesis.getVoices() : [];
  const wanted = whole(language);
  const alike = (/** @type {SpeechSynthesisVoice} */ { lang }) =>
    whole(lang).filter((part, place) => part && part === wanted[place]).length;
  return voices
    .filter(({ localService, lang }) => localService && whole(lang)[0] === wanted[0])
    .sort((one, other) => alike(other) - alike(one))[0];
}

/**
 * @param {string} tag as browsers write it; some phones write en_US
 * @returns {(string | undefined)[]} language, script and region, as most people mean it
 */
function whole(tag) {
  try {
    const { language, script, region } = new Intl.Locale(tag.replace(/_/g, "-")).maximize();
    return [language, script, region];
  } catch {
    return [tag];
  }
}
