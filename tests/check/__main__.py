"""Run all gates, or those whose names hold a word: `python3 run.py check scripts`."""

import sys

from tests.check import (
    packages,
    page_scripts,
    python_code,
    readme,
    release_number,
    script_imports,
    scripts,
    styles,
)
from tests.check.gate import Gate, run_all
from tests.support import node

GATES: list[Gate] = [
    *python_code.GATES,
    *scripts.GATES,
    *script_imports.GATES,
    *page_scripts.GATES,
    *styles.GATES,
    *packages.GATES,
    *readme.GATES,
    *release_number.GATES,
]


def main(words: list[str]) -> int:
    """Run the gates that are asked for; return the exit code."""
    gates = [gate for gate in GATES if not words or any(word in gate.name for word in words)]
    if not gates:
        print(f"There is no such gate. There are: {', '.join(gate.name for gate in GATES)}.")
        return 2
    try:
        node.prepare()
    except node.NodeMissing as reason:
        print(f"easeback: {reason}", file=sys.stderr)
        return 1
    return run_all(gates, node.ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
