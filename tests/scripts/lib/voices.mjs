/** The voices of a phone, as pages of ours choose among them. */
import { hasVoice, speak } from "../../../static/js/lib/voice.js";

/** @param {[lang: string, localService: boolean][]} voices */
function lend(voices) {
  const said = [];
  globalThis.window = globalThis;
  globalThis.SpeechSynthesisUtterance = class {};
  globalThis.speechSynthesis = {
    getVoices: () => voices.map(([lang, localService]) => ({ lang, localService })),
    cancel: () => {},
    speak: ({ lang }) => said.push(lang),
  };
  return said;
}

/** @returns {string | null} the language of the voice that speaks, if one does */
export function spokenBy(language, voices) {
  const said = lend(voices);
  speak("One.", language);
  if (hasVoice(language) !== said.length > 0) throw new Error("a voice that is there says nothing");
  return said[0] ?? null;
}
