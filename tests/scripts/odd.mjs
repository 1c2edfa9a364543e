/** Does what no script of ours may do. */

class Refusal extends Error {
  constructor(why) {
    super("refused");
    this.why = why;
  }
}

class Thing {
  constructor(name) {
    this.name = name;
  }
}

export const same = (value) => value;

export const thing = (name) => new Thing(name);

export const nameOf = ({ name }) => name;

export function change(value) {
  value.pain += 1;
}

export function refuse(why) {
  throw new Refusal(why);
}

export function say(...words) {
  console.warn(...words);
}

export const waitForEver = () => new Promise(() => {});

export function turnForEver() {
  for (;;);
}

export function end() {
  process.stderr.write("on purpose\n");
  process.exit(1);
}
