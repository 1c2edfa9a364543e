// @ts-check
/** Makes a calendar file (RFC 5545) on the phone. */

export const CALENDAR = { name: "easeback.ics", type: "text/calendar" };

const DAYS = 14;
const LONGEST_LINE = 75;

/**
 * Times have no zone: an event at eight is at eight wherever the phone is. What is exported again
 * for the same purpose and day has the same UID, so that a calendar replaces it.
 * @param {{hours: number[], minutes: number, title: string, text: string}} plan
 * @param {Date} now
 * @returns {string} one event for each hour, every day from tomorrow on
 */
export function calendar({ hours, minutes, title, text }, now) {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const daily = [`RRULE:FREQ=DAILY;COUNT=${DAYS}`];
  return file(hours.map((hour) => event("walk", first, hour, minutes, title, text, now, daily)));
}

/**
 * @param {Date} day on which, at nine in the morning, somebody wants to be reminded; where that is
 *   past, the next morning
 * @param {string} title
 * @param {Date} now
 * @returns {string} one event of a quarter of an hour, which lies ahead
 */
export function reminder(day, title, now) {
  const from = day > now ? day : now;
  const next = new Date(from.getFullYear(), from.getMonth(), from.getDate(), 9);
  if (next <= now) next.setDate(next.getDate() + 1);
  return file([event("check", next, 9, 15, title, "", now, [])]);
}

/**
 * @param {string} purpose
 * @param {Date} day
 * @param {number} hour
 * @param {number} minutes
 * @param {string} title
 * @param {string} text
 * @param {Date} now
 * @param {string[]} repeats
 */
function event(purpose, day, hour, minutes, title, text, now, repeats) {
  return [
    "BEGIN:VEVENT",
    `UID:${purpose}-${dayOf(day)}T${two(hour)}@easeback.invalid`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART:${dayOf(day)}T${two(hour)}0000`,
    `DURATION:PT${minutes}M`,
    ...repeats,
    `SUMMARY:${escaped(title)}`,
    ...(text ? [`DESCRIPTION:${escaped(text)}`] : []),
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(title)}`,
    "TRIGGER:PT0S",
    "END:VALARM",
    "END:VEVENT",
  ];
}

/** @param {string[][]} events */
function file(events) {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Easeback//Easeback//EN"];
  return [...head, ...events.flat(), "END:VCALENDAR", ""].map(folded).join("\r\n");
}

/** @param {Date} day */
function dayOf(day) {
  return `${day.getFullYear()}${two(day.getMonth() + 1)}${two(day.getDate())}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

/**
 * Breaks a line that is too long, and no letter in two.
 * @param {string} line
 */
function folded(line) {
  const octets = new TextEncoder();
  let room = LONGEST_LINE;
  let whole = "";
  for (const letter of line) {
    const size = octets.encode(letter).length;
    if (size > room) {
      whole += "\r\n ";
      room = LONGEST_LINE - 1;
    }
    whole += letter;
    room -= size;
  }
  return whole;
}
