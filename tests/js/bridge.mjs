/**
 * Answers tests that are written in Python: reads calls of exported functions, a line of JSON each,
 * and writes what came of each in a line.
 *
 * What JSON cannot say is {"$bytes": digits}, {"$date": milliseconds} or, for what only a script can
 * hold, such as a key, {"$held": number}.
 */
import { createInterface } from "node:readline";

const held = [];

for (const way of ["debug", "error", "info", "log", "warn"]) {
  console[way] = (...said) => {
    throw new Error(`it wrote to the console: ${said.join(" ")}`);
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}

async function answer(line) {
  try {
    const { script, name, values } = JSON.parse(line, received);
    const own = await import(script);
    if (!(name in own)) throw new ReferenceError(`${script} exports no ${name}`);
    return { result: sent(values ? await own[name](...values) : own[name]) };
  } catch (fault) {
    return { fault: { ...fault, name: fault.constructor.name, message: fault.message, stack: fault.stack } };
  }
}

/** What was given is frozen: a function that changed it would fail. */
function received(_, value) {
  if (typeof value !== "object" || value === null) return value;
  if ("$bytes" in value) return Uint8Array.from(Buffer.from(value.$bytes, "hex"));
  if ("$date" in value) return new Date(value.$date);
  if ("$held" in value) return held[value.$held];
  return Object.freeze(value);
}

function sent(value) {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map(sent);
  if (Object.getPrototypeOf(value) !== Object.prototype) return { $held: held.push(value) - 1 };
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, sent(part)]));
}
