// @ts-check
/** Tells by sound, vibration and voice what the page also says in words. Each can be off. */
import { parsed, write } from "./safe-storage.js";
import { ALERTS } from "./storage-keys.js";

/**
 * What is on before anything was chosen. A voice that speaks up unasked may wake somebody.
 * @type {Record<Channel, boolean>}
 */
const BEFORE = { sound: true, vibration: true, voice: false };

/**
 * Tones in Hz, each of them softly after the other.
 * @type {Record<string, number[]>}
 */
const TONES = { mark: [660, 880], in: [440, 554], out: [554, 440], end: [784, 988, 1175, 784] };

/**
 * On, off, on … in milliseconds.
 * @type {Record<string, number[]>}
 */
const BUZZES = { mark: [250, 150, 250], in: [80], out: [80, 120, 80], end: [400, 200, 400, 200, 400] };

/** Told when sound begins or ends, or a channel is turned on or off. */
export const ALERTS_CHANGED = "alertschange";

/** @type {AudioContext | undefined} */
let audio;

/**
 * @param {"sound" | "vibration"} channel
 * @returns {boolean} whether this phone has it
 */
export function has(channel) {
  if (channel === "sound") return "AudioContext" in window;
  // A computer takes the order and has nothing that could shake.
  return "vibrate" in navigator && matchMedia("(pointer: coarse)").matches;
}

/**
 * @param {Channel} channel
 * @returns {boolean}
 */
export function isOn(channel) {
  const on = chosen()[channel];
  return typeof on === "boolean" ? on : BEFORE[channel];
}

/**
 * @param {Channel} channel
 * @param {boolean} on
 */
export function turn(channel, on) {
  write(ALERTS, JSON.stringify({ ...chosen(), [channel]: on }));
  wakeSound();
  changed();
}

/**
 * @param {string} cue
 * @param {string} text
 * @param {string} language
 */
export function tell(cue, text, language) {
  if (isOn("sound")) play(TONES[cue]);
  if (isOn("vibration")) buzz(BUZZES[cue]);
  if (isOn("voice")) import("./voice.js").then(({ speak }) => speak(text, language), console.warn);
}

/** @returns {boolean} whether there is sound even from a page that nobody sees */
export function isAudible() {
  return audio?.state === "running" && isOn("sound");
}

/** Asks for sound: within a tap it is granted, at other times perhaps. */
export function wakeSound() {
  if (!has("sound") || !isOn("sound")) return;
  if (!audio) {
    // Otherwise the switch at its side silences an iPhone.
    const { audioSession } = /** @type {{audioSession?: {type: string}}} */ (navigator);
    if (audioSession) audioSession.type = "playback";
    audio = new AudioContext();
    audio.onstatechange = changed;
  }
  if (audio.state !== "running") audio.resume().catch(console.warn);
}

/** @returns {boolean} whether a tap is wanted before there can be sound */
export function soundWaits() {
  return isOn("sound") && audio !== undefined && audio.state !== "running";
}

function changed() {
  dispatchEvent(new Event(ALERTS_CHANGED));
}

/** @param {number[]} [tones] */
function play(tones = []) {
  if (audio?.state !== "running") return;
  for (const [index, tone] of tones.entries()) {
    const begin = audio.currentTime + index * 0.28;
    const volume = new GainNode(audio, { gain: 0 });
    // Rises and falls: a tone that breaks off would click.
    volume.gain.setTargetAtTime(0.5, begin, 0.02);
    volume.gain.setTargetAtTime(0, begin + 0.15, 0.08);
    const oscillator = new OscillatorNode(audio, { frequency: tone });
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(begin);
    oscillator.stop(begin + 0.8);
  }
}

/** @param {number[]} [pattern] */
function buzz(pattern) {
  // Before the first tap on a page the browser refuses, and complains.
  if (pattern && has("vibration") && navigator.userActivation?.hasBeenActive !== false) {
    navigator.vibrate?.(pattern);
  }
}

/** @returns {Record<string, unknown>} */
function chosen() {
  return Object(parsed(ALERTS));
}

for (const event of ["click", "keydown"]) addEventListener(event, wakeSound, { passive: true });

/** @typedef {"sound" | "vibration" | "voice"} Channel */
