/** What a phone has, lacks or writes down; each is set up before the scripts of a page run. */

/** Closes localStorage, as some browsers do. */
export function closeStorage() {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("closed", "SecurityError");
    },
  });
}

/** Takes away what tells a person something without words, and what holds the screen on. */
export function fallSilent() {
  for (const part of ["wakeLock", "vibrate"]) delete Navigator.prototype[part];
  for (const part of ["AudioContext", "speechSynthesis"]) delete window[part];
}

/** Takes away the way to ask where the phone is. */
export function losePlace() {
  Object.defineProperty(Navigator.prototype, "geolocation", { value: undefined });
}

/**
 * Has voices that write down what they say, and null where they were hushed.
 * @param {[string, boolean][]} voices a language, and whether the voice is of this phone
 */
export function speak(voices) {
  window.said = [];
  window.talks = false;
  const known = voices.map(([lang, localService]) => ({ lang, localService, name: lang }));
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  Object.defineProperty(window, "speechSynthesis", {
    value: {
      getVoices: () => known,
      addEventListener() {},
      cancel: () => window.said.push(null),
      get speaking() {
        return window.talks;
      },
      speak: ({ text, lang }) => window.said.push([text, lang]),
    },
  });
}

/** Writes down every tone and every vibration that a page asks for. */
export function listen() {
  window.heard = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    window.heard.push(Math.round(this.frequency.value));
    return start.call(this, at);
  };
  navigator.vibrate = () => {
    window.heard.push("buzz");
    return true;
  };
}

/** Refuses to hold the screen on, as with a battery that is nearly empty. */
export function refuseScreen() {
  WakeLock.prototype.request = async () => {
    throw new DOMException("low battery", "NotAllowedError");
  };
}

/** Counts what is written to localStorage. */
export function countWrites() {
  window.writes = 0;
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (...given) {
    window.writes += 1;
    return setItem.apply(this, given);
  };
}

/** Fills what localStorage has left, to the last letter. */
export function fillStorage() {
  let filler = "";
  for (let length = 2 ** 23; length >= 1; length = Math.floor(length / 2)) {
    try {
      localStorage.setItem("filler", filler + "-".repeat(length));
      filler += "-".repeat(length);
    } catch {
      // Half as much may still fit.
    }
  }
}

/** Makes room again. */
export function emptyStorage() {
  localStorage.removeItem("filler");
}

/** Counts what holds the screen on. */
export function countLocks() {
  window.awake = 0;
  const request = WakeLock.prototype.request;
  WakeLock.prototype.request = async function (type) {
    const lock = await request.call(this, type);
    window.awake += 1;
    lock.addEventListener("release", () => (window.awake -= 1));
    return lock;
  };
}

/** Has a share sheet that writes down which files it was given. */
export function share() {
  window.shared = [];
  navigator.canShare = ({ files }) => files.length > 0;
  navigator.share = async ({ files }) => {
    window.shared.push([files[0].name, files[0].type]);
    if (window.refusal) throw new DOMException("refused", window.refusal);
  };
}

/** @param {string} why the name of what sharing fails with on this page, or "" */
export function refuseToShare(why) {
  window.refusal = why;
}

/** @param {number} code why the place cannot be told, from now on; see GeolocationPositionError */
export function refusePlace(code) {
  navigator.geolocation.getCurrentPosition = (_, refuse) => refuse({ code });
}

/** @param {boolean} hidden whether another app lies over the page */
export function hide(hidden) {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
