"""`python3 run.py check`: all that is known of the sources without running the app.

Each gate looks at one subject and names every fault in a line of its own, by file and line:

    gate.py             what a gate is; runs them side by side and says how they ended
    python_code.py      ruff, its formatter, mypy
    packages.py         which package of webapp may import which
    scripts.py          TypeScript, ESLint and dead code, over static/js and static/worker
    script_imports.py   which room of static/js may import which
    page_scripts.py     what tests run inside a page, and that none of it stands in Python
    readme.py           the facts that README states
    __main__.py         the list of all gates

Another subject is another file with a function from the root of a tree to its faults, and a line
in that list. tests/test_check.py plants a fault for each gate that is ours.
"""
