// @ts-check
/**
 * What follows from a timer and the time: nothing here keeps, shows or sounds anything.
 *
 * A timer is counted from the moment it began, never from ticks, so that a page that slept, was
 * closed or was opened twice knows as much as one that was awake. Moments are in milliseconds.
 */

export const DAY_MS = 86_400_000;
const AT_ONCE_MS = 2000;

/** How long the end is told again and again of what may still lie on the skin. */
const RINGS_S = 600;

/** Less than this was no use of anything, and nobody wonders where the time has gone. */
export const SLIP_S = 60;

/**
 * @param {Timer} timer
 * @returns {number} how long the timer runs
 */
export function wholeMs(timer) {
  return stepsOf(timer).reduce((sum, { seconds }) => sum + seconds, 0) * 1000;
}

/**
 * @param {Pick<Timer, "segments" | "rounds">} timer
 * @returns {(Segment & {round: number})[]} the segments of all rounds, one behind the other
 */
function stepsOf({ segments, rounds }) {
  const played = [...Array(rounds).keys()].map((index) =>
    segments
      .filter(({ when }) => (when === "first" ? !index : when !== "between" || index < rounds - 1))
      .map((segment) => ({ ...segment, round: index + 1 })),
  );
  return played.flat();
}

/**
 * @param {Timer} timer
 * @param {number} now
 * @returns {State}
 */
export function stateAt(timer, now) {
  const steps = stepsOf(timer);
  const whole = wholeMs(timer);
  const passed = Math.max(0, (timer.pausedAt ?? now) - timer.startedAt);
  const over = timer.unsure || passed >= whole;
  const { step, left } = stepAt(steps, over ? whole : passed);
  const late = over ? Math.max(0, Math.floor((passed - whole) / 1000)) : 0;
  return {
    over,
    step,
    segment: over ? null : steps[step],
    next: steps[step + 1] ?? null,
    round: steps[step]?.round ?? timer.rounds,
    left: Math.ceil(left / 1000),
    leftInAll: over ? 0 : Math.ceil((whole - passed) / 1000),
    part: over ? 1 : passed / whole,
    late,
    rings: over && insists(timer) && late < RINGS_S,
  };
}

/**
 * @param {Segment[]} steps
 * @param {number} passed
 * @returns {{step: number, left: number}} the step, all rounds counted through, and its rest
 */
function stepAt(steps, passed) {
  let left = -passed;
  let step = 0;
  for (const { seconds } of steps) {
    left += seconds * 1000;
    if (left > 0) return { step, left };
    step += 1;
  }
  return { step, left: 0 };
}

/**
 * @param {Timer} timer
 * @param {State} state
 * @param {number} heard the last step that was told here, -1 for none
 * @returns {string | null} the newest cue that is due; what came before it is past, and stays silent
 */
export function cueDue(timer, { step, segment }, heard) {
  if (step <= heard || timer.pausedAt !== null || timer.stopped) return null;
  return segment ? segment.cue : "end";
}

/**
 * Pauses, or goes on.
 * @param {Timer} timer
 * @param {number} now
 * @returns {Timer}
 */
export function toggled(timer, now) {
  if (timer.pausedAt === null) return { ...timer, pausedAt: now };
  return moved({ ...timer, pausedAt: null }, now - timer.pausedAt);
}

/**
 * @param {Timer} timer
 * @param {number} now
 * @returns {Timer} the timer as if it had been meant to last until now
 */
export function cutShort(timer, now) {
  const seconds = Math.max(1, Math.floor((now - timer.startedAt) / 1000));
  return { ...timer, segments: [{ ...timer.segments[0], seconds }], rounds: 1, stopped: true };
}

/**
 * @param {Timer} timer
 * @returns {boolean} whether its end is told until somebody acts: something may lie on the skin
 */
export function insists({ maximum, stopped }) {
  return maximum !== null && !stopped;
}

/**
 * Undoes that the phone's clock was turned back. Forward cannot be told from sleep: that time
 * counts as passed, which for warmth and cold is the safe way to be wrong.
 * @param {Timer} timer
 * @param {number} expected what the clock showed last, and what has passed since where that is known
 * @param {number} now
 * @param {boolean} exact whether it is known what has passed since
 * @returns {Timer}
 */
export function corrected(timer, expected, now, exact) {
  const back = Math.max(expected, timer.startedAt, timer.pausedAt ?? 0) - now;
  if (back <= AT_ONCE_MS) return timer;
  if (timer.maximum !== null && !exact) {
    return { ...timer, unsure: true, startedAt: now - wholeMs(timer) };
  }
  return moved(timer, -back);
}

/**
 * @param {Timer} timer
 * @param {number} by
 * @returns {Timer}
 */
function moved(timer, by) {
  const pausedAt = timer.pausedAt === null ? null : timer.pausedAt + by;
  return { ...timer, startedAt: timer.startedAt + by, pausedAt };
}

/**
 * @param {Use[]} uses of the same kind, none of them in the future
 * @param {{gap: number | null, cap: number | null}} limits gap in seconds, cap in 24 hours
 * @param {number} now
 * @returns {{why: "early" | "often", from: number} | null} why not now, and from when on
 */
export function tooSoon(uses, { gap, cap }, now) {
  const latest = Math.max(...uses.map(({ end }) => end + (gap ?? 0) * 1000));
  const starts = uses.map(({ start }) => start).sort((a, b) => b - a);
  const often = cap === null || starts.length < cap ? 0 : starts[cap - 1] + DAY_MS;
  const from = Math.max(latest, often);
  if (!(from > now)) return null;
  return { why: often > latest ? "often" : "early", from };
}

/**
 * maximum: the most seconds this may run; such a timer has no pause, and ends at a doubtful clock.
 * unsure: it ended because the clock was turned back while nobody looked.
 * stopped: the person ended it, and so knows.
 * @typedef {object} Timer
 * @property {string} kind
 * @property {string} name
 * @property {string} back
 * @property {string} language
 * @property {Segment[]} segments
 * @property {number} rounds
 * @property {string} over
 * @property {number | null} gap
 * @property {number | null} cap
 * @property {number | null} maximum
 * @property {number} startedAt
 * @property {number | null} pausedAt
 * @property {boolean} unsure
 * @property {boolean} [stopped]
 *
 * when: "first" is played in the first round only, "between" in all but the last.
 * @typedef {{seconds: number, text: string, cue: string, when?: string, picture?: Picture}} Segment
 * @typedef {{day: string, night: string, height: number, mirror?: boolean}} Picture
 * @typedef {{kind: string, start: number, end: number}} Use
 *
 * step: the segments that began before this one, all rounds counted; all of them when over.
 * left, leftInAll, late: seconds. part: of the whole that has passed, 0 to 1.
 * @typedef {object} State
 * @property {boolean} over
 * @property {number} step
 * @property {Segment | null} segment
 * @property {Segment | null} next
 * @property {number} round
 * @property {number} left
 * @property {number} leftInAll
 * @property {number} part
 * @property {number} late
 * @property {boolean} rings
 */
