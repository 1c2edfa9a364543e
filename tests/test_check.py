"""The gates of `run.py check`: each fault that is planted is named by its file and line."""

import shutil
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

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
from tests.check.gate import CannotLook, Gate, run_all
from tests.support import node
from webapp.release.numbering import Numbered

COPIED = ("docs", "static", "tests/js", "tests/scripts")


@pytest.fixture(scope="session", autouse=True)
def tools() -> None:
    """Have the tools that look at scripts."""
    node.prepare()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the scripts and of what they are held to."""
    for folder in COPIED:
        without_tools = shutil.ignore_patterns("node_modules")
        shutil.copytree(node.ROOT / folder, tmp_path / folder, ignore=without_tools)
    (tmp_path / "tests" / "js" / "node_modules").symlink_to(node.MODULES)
    return tmp_path


@pytest.fixture
def plant(tree: Path) -> Callable[[str, str], str]:
    """Return what writes a line at the end of a script, and says where it stands."""

    def at_the_end(name: str, line: str) -> str:
        file = tree / name
        text = file.read_text("utf-8") if file.exists() else ""
        file.write_text(f"{text}{line}\n", "utf-8")
        return f"{name}:{len(text.splitlines()) + 1}: "

    return at_the_end


def test_type_errors_in_a_script_are_named(tree: Path, plant: Callable[[str, str], str]) -> None:
    wrong = plant("static/js/lib/safe-storage.js", 'Math.abs("1");')
    newer_than_es2021 = plant("static/js/lib/safe-storage.js", "[1].at(0);")
    first, second = scripts.types(tree)
    assert first.startswith(wrong)
    assert second.startswith(newer_than_es2021)


NEWER = (
    "structuredClone({});",
    "AbortSignal.timeout(1);",
    "crypto.randomUUID();",
    'Object.hasOwn({}, "a");',
    "[1].findLast(Boolean);",
    'navigator.locks.request("a", () => 1);',
    'new CompressionStream("gzip");',
    "navigator.vibrate(1);",
    "document.body.checkVisibility();",
)
"""What not every browser of docs/phones.md has."""
GUARDED = (
    "globalThis.structuredClone?.({});",
    "AbortSignal.timeout?.(1);",
    'navigator.locks?.request("a", () => 1);',
    "if (crypto.randomUUID) crypto.randomUUID();",
)


def test_an_api_that_an_older_browser_lacks_is_a_type_error_unless_guarded(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    for line in GUARDED:
        plant("static/js/lib/safe-storage.js", line)
    places = [plant("static/js/lib/safe-storage.js", line) for line in NEWER]
    faults = scripts.types(tree)
    assert [fault[: len(place)] for place, fault in zip(places, faults, strict=True)] == places


def test_an_api_that_an_older_worker_lacks_is_a_type_error(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    first = min((tree / "static/worker").glob("*.js")).name
    places = [plant(f"static/worker/{first}", line) for line in NEWER[:3]]
    faults = scripts.worker_types(tree)
    assert [fault[: len(place)] for place, fault in zip(places, faults, strict=True)] == places


DROPPED = {
    ".a { color: oklch(0.5 0.1 90); }": ".a { color: oklch(0.5 0.1 90) } has nothing older before",
    ".b { block-size: 100dvh; }": ".b { block-size: 100dvh } has nothing older before it",
    "@supports not (block-size: 1dvh) { .c { block-size: 1dvh; } }": ".c { block-size: 1dvh } has",
    ".d { anchor-name: --a; }": ".d { anchor-name: --a } has nothing older before it",
    ".e { --wide: 100dvh; }": ".e { --wide: 100dvh } has nothing older before it",
    ".f:has(b) { color: red; }": ".f:has(b) is a selector that drops its rule",
    ".g, .h:has(b) { color: red; }": ".g,.h:has(b) takes an older selector with it",
    "@media (width >= 20em) { .i { color: red; } }": "@media (width>=20em) is dropped with",
    "@scope (.j) { b { color: red; } }": "@scope (.j) is dropped with all that is in it",
    ".k { & b { color: red; } }": ".k { & b{color:red} } stands inside a rule",
}
READ = (
    ".a { color: red; color: color-mix(in srgb, red, blue); }",
    ".a { block-size: 100vh; block-size: 100dvh; inset: 0; margin-inline: auto; }",
    "@supports (block-size: 1dvh) { .a { block-size: 1dvh; } }",
)


def test_a_style_that_an_older_browser_would_drop_is_named(tree: Path) -> None:
    lines = "\n".join((*READ, *DROPPED))
    with (tree / "static/css/journal.css").open("a", encoding="utf-8") as sheet:
        sheet.write(f"@layer components {{\n{lines}\n}}\n")
    found = styles.older(tree)
    for fault, expected in zip(found, DROPPED.values(), strict=True):
        assert fault.startswith(f"journal.css {expected}")


def test_a_rule_outside_every_layer_is_named(tree: Path) -> None:
    (tree / "static/css/journal.css").write_text("a { color: red; }", "utf-8")
    (fault,) = styles.older(tree)
    assert fault.startswith("static/css: In no layer")


def test_a_dom_call_in_a_pure_module_is_named(tree: Path, plant: Callable[[str, str], str]) -> None:
    place = plant("static/js/timer/state.js", "document.title;")
    (fault,) = scripts.pure_types(tree)
    assert fault.startswith(f"{place}error TS")
    assert "'document'" in fault


def test_a_pure_module_that_is_gone_is_named(tree: Path) -> None:
    (tree / "static/js/search/match.js").unlink()
    assert "static/js/search/match.js' not found" in "\n".join(scripts.pure_types(tree))


def test_a_name_that_no_part_of_the_worker_declares_is_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    first = min((tree / "static/worker").glob("*.js")).name
    place = plant(f"static/worker/{first}", "neverDeclared();")
    assert [fault.startswith(place) for fault in scripts.worker_types(tree)] == [True]


def test_a_function_that_no_part_of_the_worker_calls_is_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    first = min((tree / "static/worker").glob("*.js")).name
    place = plant(f"static/worker/{first}", "function planted() {}")
    assert scripts.dead_worker_code(tree) == [f"{place}planted is used by no part of the worker"]


def test_mistakes_that_need_no_types_are_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    mistakes = {
        "if (document.title == 1) stop();": "eqeqeq",
        "const planted = 1;": "no-unused-vars",
        "document.body.innerHTML = location.hash;": "no-restricted-properties",
        "setTimeout('stop()');": "no-implied-eval",
        "/(?<=a)b/.test(document.title);": "no-restricted-syntax",
        'document.querySelector("p:has(a)")?.remove();': "no-restricted-syntax",
        "new FormData(document.forms[0], null).get(document.title);": "no-restricted-syntax",
    }
    places = [plant("static/js/lib/safe-storage.js", line) for line in mistakes]
    found = scripts.lint(tree)
    for place, rule, fault in zip(places, mistakes.values(), found, strict=True):
        assert fault.startswith(place)
        assert fault.endswith(f" ({rule})")


def test_a_dead_export_and_a_dead_module_are_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    place = plant("static/js/lib/alerts.js", "export const planted = 1;")
    plant("static/js/lib/planted.js", "export const alone = 1;")
    assert set(scripts.dead_code(tree)) == {
        f"{place}planted is exported and never imported",
        "static/js/lib/planted.js:1: no script imports this module",
    }


def test_a_dead_export_of_a_module_that_is_handed_on_is_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    place = plant("static/js/journal-pages/upkeep.js", "export const planted = 1;")
    plant("static/js/journal-pages/upkeep.js", "/** @public for tests */")
    plant("static/js/journal-pages/upkeep.js", "export const meant = 1;")
    dead = [f"{place}planted is exported and never imported"]
    assert script_imports.dead_exports(tree) == dead


def test_imports_that_are_not_allowed_are_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    imports = (
        ("lib/safe-storage", 'import "../timer/store.js";', "lib imports no other room"),
        ("lib/alerts", 'export * from "../timer/store.js";', "lib imports no other room"),
        ("lib/wake-lock", 'import("../timer/store.js");', "lib imports no other room"),
        ("search/match", 'import "../timer/store.js";', "does not allow it to search"),
        ("timer/store", 'import "../walking/plan.js";', "does not allow it to timer"),
        ("walking/log", 'import "../timer/page.js";', "does not allow it to walking"),
        ("search/page", 'import "../app.js";', "nothing imports what starts everything"),
        ("search/page", 'import "../../vendor/uqr/uqr.js";', "only backup/qr.js may"),
        ("search/page", 'import "./nowhere.js";', "which is no module"),
        ("search/page", "import(location.hash);", "imports what is no plain text"),
    )
    planted = {plant(f"static/js/{module}.js", line): reason for module, line, reason in imports}
    faults = script_imports.contracts(tree)
    for place, reason in planted.items():
        assert any(fault.startswith(place) and reason in fault for fault in faults), place


def test_a_circle_of_modules_and_one_of_rooms_are_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    plant("static/js/timer/state.js", 'import "./store.js";')
    plant("static/js/timer/store.js", 'import "../walking/log.js";')
    faults = "\n".join(script_imports.contracts(tree))
    assert "static/js/timer/state.js:" in faults
    assert "timer/store.js imports it in turn" in faults
    assert "timer and walking import each other" in faults


def test_a_module_outside_a_room_is_named(tree: Path, plant: Callable[[str, str], str]) -> None:
    plant("static/js/planted.js", "export const planted = 1;")
    assert "static/js/planted.js:1: belongs into a room" in script_imports.contracts(tree)


def test_an_allowance_that_nothing_needs_is_named(tree: Path) -> None:
    (tree / "static/js/help-card/page.js").write_text("", "utf-8")
    idle = "tests/check/script_imports.py: help-card imports check/draft no more"
    assert idle in script_imports.contracts(tree)


def test_a_new_room_needs_no_entry(tree: Path) -> None:
    room = tree / "static/js/new-room"
    room.mkdir()
    (room / "page.js").write_text('import { read } from "../lib/safe-storage.js";\n', "utf-8")
    assert script_imports.contracts(tree) == []


def test_a_script_that_cannot_be_parsed_is_named(
    tree: Path, plant: Callable[[str, str], str]
) -> None:
    place = plant("static/js/lib/safe-storage.js", "const = 1;")
    with pytest.raises(CannotLook, match=place):
        script_imports.contracts(tree)


@pytest.mark.parametrize(
    "script",
    [
        'x = """\n  document.title;\n"""',
        'browser.run(f"""\n  await {call};\n""")',
        'x = {"a": ["""\n  () => 1\n"""]}',
        'x = """\n  const [a] = b;\n"""',
        'x = """\n  return 1;\n"""',
        'x = """\n  throw new Error("no")\n"""',
        'x = """\n  for (const a of b) delete a.b;\n"""',
        'x = (\n  "function go() {"\n  "return location.href; window.x"\n)',
    ],
)
def test_a_script_in_a_string_of_python_is_named(tmp_path: Path, script: str) -> None:
    (tmp_path / "tests" / "browser").mkdir(parents=True)
    (tmp_path / "tests" / "browser" / "test_planted.py").write_text(script, "utf-8")
    (fault,) = page_scripts.faults(tmp_path)
    assert fault.startswith("tests/browser/test_planted.py:")


@pytest.mark.parametrize(
    "text",
    [
        '"""Docs:\n\n    await document.title;\n"""',
        'browser.run("return document.title;")',
        'x = """\n  create function f() returns trigger as $$ begin end $$\n"""',
        'x = """\ndef let(us):\n    return us\n"""',
        'x = """Let us return to the window.\n  Await the document."""',
    ],
)
def test_a_line_and_what_is_no_script_may_stand_in_python(tmp_path: Path, text: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_planted.py").write_text(text, "utf-8")
    assert page_scripts.faults(tmp_path) == []


def test_a_function_for_pages_that_no_test_calls_is_named(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name, text in {
        "planted.js": "export function near() {}\nexport async function idle() {}\n"
        "export function far() {}\nfunction own() {}\n",
        "planted.py": 'call("near")',
        "test_planted.py": 'from tests.planted import IN_PAGE\nIN_PAGE.caller("far")',
        "test_other.py": 'call("idle")',
    }.items():
        (tmp_path / "tests" / name).write_text(text, "utf-8")
    assert page_scripts.faults(tmp_path) == ["tests/planted.js:2: idle is called by no test"]


@pytest.mark.parametrize(
    ("importer", "imported", "reason"),
    [
        ("knowledge/loader", "webapp.web.site", "packages.py does not allow it to knowledge"),
        ("web/check/pages", "webapp.web.timer.pages", "a feature of the web knows no other"),
        ("i18n/extract", "webapp.knowledge.loader", "i18n knows only webapp.knowledge.texts"),
        ("triage/truth", "flask", "triage does not know flask"),
    ],
)
def test_a_package_that_imports_upwards_is_named(importer: str, imported: str, reason: str) -> None:
    module = f"webapp/{importer}".replace("/", ".")
    graph = grimp.ImportGraph()
    for each in (module, imported):
        graph.add_module(each)
    graph.add_import(importer=module, imported=imported, line_number=7, line_contents="")
    (fault,) = packages.forbidden(graph, {"webapp.web.check", "webapp.web.timer"})
    assert fault.startswith(f"webapp/{importer}.py:7: imports {imported}: ")
    assert reason in fault


def test_a_package_that_has_no_place_is_named() -> None:
    graph = grimp.ImportGraph()
    graph.add_module("webapp.planted.new")
    unplaced = "webapp/planted: is in no line of tests/check/packages.py"
    assert list(packages.forbidden(graph, set())) == [unplaced]


def test_the_table_of_packages_and_that_of_rooms_have_no_circle() -> None:
    rooms = {
        room: {target.partition("/")[0] for target in targets}
        for room, targets in script_imports.ALLOWED.items()
    }
    for table in (packages.ALLOWED, rooms):
        TopologicalSorter(table).prepare()  # raises CycleError


def test_a_package_may_import_what_stands_below_it() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in (
        ("webapp", "webapp.web.site"),
        ("webapp.web.check", "webapp.web.check.pages"),
        ("webapp.web.check", "webapp.web.site"),
        ("webapp.web.check", "webapp.knowledge.model"),
        ("webapp.i18n.extract", "webapp.knowledge.texts"),
        ("webapp.web.check", "flask"),
    ):
        graph.add_module(importer)
        graph.add_module(imported)
        graph.add_import(importer=importer, imported=imported)
    assert list(packages.forbidden(graph, {"webapp.web.check"})) == []


def test_python_that_ruff_would_not_have_is_named(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("import os\nx = { 1:2 }\n", "utf-8")
    assert any(line.startswith("planted.py:1:8: F401") for line in python_code.lint(tmp_path))
    assert any("planted.py" in line for line in python_code.layout(tmp_path))


def test_a_number_that_did_not_rise_with_the_bytes_is_named() -> None:
    before = [Numbered(7, "new"), Numbered(6, "old")]
    assert not release_number.not_risen(Numbered(7, "new"), before)
    assert not release_number.not_risen(Numbered(8, "newer"), before)
    assert not release_number.not_risen(Numbered(1, "first"), [])
    for number in (6, 7):
        (fault,) = release_number.not_risen(Numbered(number, "newer"), before)
        assert f"{number} is not higher than what was committed: put that back (7)" in fault
    (fault,) = release_number.not_risen(Numbered(6, "new"), before)
    assert "put that back" in fault


def test_a_number_that_is_for_other_bytes_is_named(tmp_path: Path) -> None:
    for folder in ("static", "translations", "webapp"):
        (tmp_path / folder).symlink_to(node.ROOT / folder)
    (tmp_path / "webapp").unlink()
    shutil.copytree(node.ROOT / "webapp", tmp_path / "webapp")
    assert not release_number.faults(tmp_path)
    number = tmp_path / "webapp" / "release" / "number.json"
    Numbered(7, "other").write(number)
    (fault,) = release_number.faults(tmp_path)
    assert fault.startswith("webapp/release/number.json: 7 is for other bytes;")


def test_a_fact_of_readme_that_is_not_so_is_named(tmp_path: Path) -> None:
    shutil.copy(node.ROOT / "run.py", tmp_path)
    (tmp_path / "webapp" / "commands").mkdir(parents=True)
    group = 'AppGroup("triage")\n@commands.command("prove")\n'
    (tmp_path / "webapp" / "commands" / "triage.py").write_text(group, "utf-8")
    (tmp_path / "webapp" / "config.py").write_text('"EASEBACK_HOST"', "utf-8")
    (tmp_path / "README.md").write_text(
        "python3 run.py test, python3 run.py flask, python3 run.py fly. EASEBACK_NONE.\n"
        "`flask triage fly`\n"
        "7 published stories, 9 of our own and 3 told.\n",
        "utf-8",
    )
    said = readme.facts(tmp_path)
    assert "README.md: does not name python3 run.py check" in said
    assert "README.md: names python3 run.py fly, which there is not" in said
    assert "README.md: does not name flask triage prove" in said
    assert "README.md: names flask triage fly, which there is not" in said
    assert "README.md: does not name the setting EASEBACK_HOST" in said
    assert "README.md: names the setting EASEBACK_NONE, which there is not" in said
    assert "README.md: says 7 published stories, 9 our own, 3 told; there are (0, 0, 0)" in said


def test_a_gate_that_finds_something_fails_the_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    quiet, loud = Gate("quiet", lambda _: []), Gate("loud", lambda _: ["x.js:1: is wrong"])
    assert run_all([quiet], tmp_path) == 0
    assert "1 passed, 0 failed" in capsys.readouterr().out
    assert run_all([quiet, loud], tmp_path) == 1
    said = capsys.readouterr().out
    assert "loud:\n  x.js:1: is wrong\n" in said
    assert "1 passed, 1 failed" in said


def test_a_tool_that_is_missing_fails_its_gate(
    capsys: pytest.CaptureFixture[str], tree: Path
) -> None:
    (tree / "tests/js/node_modules").unlink()
    gates = [gate for gate in (*scripts.GATES, *script_imports.GATES) if "worker" not in gate.name]
    assert run_all(gates, tree) == 1
    assert f"0 passed, {len(gates)} failed" in capsys.readouterr().out


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a package.json of its own, which is asked for in place of ours."""
    monkeypatch.setattr(node, "SCRIPTS", tmp_path)
    monkeypatch.setattr(node, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(node, "BUSY", tmp_path / "busy")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    (tmp_path / "package.json").write_text('{"private": true}', "utf-8")
    lock(tmp_path, '{"": {}}')
    return tmp_path


def lock(project: Path, packages: str) -> None:
    text = f'{{"lockfileVersion": 3, "requires": true, "packages": {packages}}}'
    (project / "package-lock.json").write_text(text, "utf-8")


def test_the_tools_are_installed_when_their_lock_has_changed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installs = "Installing the tools"
    node.prepare()
    assert installs in capsys.readouterr().err
    node.prepare()
    assert installs not in capsys.readouterr().err
    lock(project, '{ "": {} }')
    node.prepare()
    assert installs in capsys.readouterr().err


def test_without_a_network_one_line_says_that_the_tools_are_missing(project: Path) -> None:
    wanted = '"dependencies": {"nothing": "1.0.0"}'
    (project / "package.json").write_text(f"{{{wanted}}}", "utf-8")
    lock(project, f'{{"": {{{wanted}}}, "node_modules/nothing": {{"version": "1.0.0"}}}}')
    with pytest.raises(node.NodeMissing, match=r"^cannot reach the npm registry: [^\n]+$"):
        node.prepare()


def test_a_lock_that_is_not_of_its_package_is_named(project: Path) -> None:
    (project / "here").mkdir()
    (project / "here" / "package.json").write_text('{"name": "here"}', "utf-8")
    (project / "package.json").write_text('{"dependencies": {"here": "file:here"}}', "utf-8")
    with pytest.raises(node.NodeMissing, match=r"^[^\n]*package-lock.json is not the lock of"):
        node.prepare()
