// @ts-check
/** Works out the next walk from the walks so far: no page, no storage, no clock. */

const MOST_RISE = 2;
const ADD = 2;
/** Up to here the minutes grow by themselves; beyond it, only as a person chooses. */
const ENOUGH = 30;
/** Older walks say nothing about today. */
const DAYS = 14;

/**
 * Two good days of the same length: longer. Pain rose too much, or was not back where it began by
 * the next morning: half as long. Otherwise: the same.
 * @param {Walk[]} walks in any order
 * @param {number} today
 * @returns {Step}
 */
export function nextStep(walks, today) {
  const recent = walks.filter(({ day }) => day <= today && day > today - DAYS);
  const days = [...new Set(recent.map(({ day }) => day))].sort((a, b) => b - a);
  const [last, before] = days.map((day) => seen(recent.filter((walk) => walk.day === day)));
  if (!last) return { minutes: 1, why: "begin" };
  if (last.bad) return shorter(last.bad);
  if (last.good && before?.good && before.minutes >= last.minutes && last.minutes < ENOUGH) {
    return { minutes: Math.min(last.minutes + ADD, ENOUGH), why: "longer" };
  }
  return { minutes: last.minutes, why: "same" };
}

/**
 * @param {number} minutes of the walk that was too much
 * @returns {Step}
 */
function shorter(minutes) {
  if (minutes < 2) return { minutes: 1, why: "stand" };
  return { minutes: Math.floor(minutes / 2), why: "shorter" };
}

/**
 * @param {Walk[]} walks of one day
 * @returns {{minutes: number, good: boolean, bad: number}} bad: minutes of the shortest that was
 */
function seen(walks) {
  const bad = walks.filter((walk) => walk.most - walk.before > MOST_RISE || walk.morning === "no");
  return {
    minutes: Math.max(...walks.map(({ minutes }) => minutes)),
    good: !bad.length && walks.every(({ morning }) => morning === "yes"),
    bad: bad.length ? Math.min(...bad.map(({ minutes }) => minutes)) : 0,
  };
}

/**
 * day: days since 1970 here. before, most: pain from 0 to 10. morning: whether it was back where it
 * began by the next morning; "later" while nobody knows.
 * @typedef {{day: number, minutes: number, before: number, most: number, morning: Morning}} Walk
 * @typedef {"yes" | "no" | "later"} Morning
 * @typedef {{minutes: number, why: "begin" | "same" | "longer" | "shorter" | "stand"}} Step
 */
