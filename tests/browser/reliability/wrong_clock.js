/** Runs before the scripts of a page: its clock is wrong by what the test has kept there. */
{
  const Real = Date;
  const ahead = () => {
    try {
      return Number(localStorage.getItem("test.ahead") ?? 0);
    } catch {
      return 0; // An empty page keeps nothing.
    }
  };
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length ? given : [Real.now() + ahead()]));
    }

    static now() {
      return Real.now() + ahead();
    }
  };
}
