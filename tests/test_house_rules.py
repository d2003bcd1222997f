"""Rules of this house that no linter knows. Each is shown to see a planted fault before it is believed."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
CODE = sorted((HOME / "provision_costing").rglob("*.py"))
TESTS = sorted((HOME / "tests").rglob("test_*.py"))
MOST_LINES_OF_FUNCTION = 40
MOST_LINES_OF_FILE = 400
ASSERTING_WORDS = ("assert", "check", "expect")

Look = Callable[[ast.Module, str], Iterator[str]]


def rounding(tree: ast.Module, _: str) -> Iterator[str]:
    """Places that round: only money.py may, and once for each named figure."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="round") | ast.Attribute(attr="quantize"):
                yield f"line {node.lineno} rounds"


def long_functions(tree: ast.Module, _: str) -> Iterator[str]:
    """Functions over forty lines, signature and docstring included, decorators not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_FUNCTION:
                yield f"{node.name} has {lines} lines"


def long_file(_: ast.Module, text: str) -> Iterator[str]:
    """A file over 400 lines; past 300, look for the two files in it."""
    lines = len(text.splitlines())
    if lines > MOST_LINES_OF_FILE:
        yield f"{lines} lines"


def idle_tests(tree: ast.Module, _: str) -> Iterator[str]:
    """Test functions with no assert, no `pytest.raises` and no call of a helper that says it asserts."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        if not any(_asserts(part) for part in ast.walk(node)):
            yield f"line {node.lineno}, {node.name}, asserts nothing"


def _asserts(node: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Call(func=ast.Attribute(attr="raises")):
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name.startswith(ASSERTING_WORDS)
    return False


def broken(look: Look, paths: list[Path]) -> list[str]:
    seen = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        seen += [f"{path.relative_to(HOME)}: {fault}" for fault in look(ast.parse(text), text)]
    return seen


def test_only_money_rounds() -> None:
    assert broken(rounding, [path for path in CODE if path != HOME / "provision_costing" / "money.py"]) == []


def test_functions_are_short() -> None:
    assert broken(long_functions, CODE + TESTS) == []


def test_files_are_short() -> None:
    assert broken(long_file, CODE) == []


def test_every_test_asserts() -> None:
    assert broken(idle_tests, TESTS) == []


@pytest.mark.parametrize(
    ("look", "faulty", "sound"),
    [
        (rounding, "pounds = round(2.675, 2)", "pounds = '=ROUND(2.675, 2)'"),
        (rounding, "list(map(round, costs))", "list(map(to_pence, costs))"),
        (rounding, "pounds = cost.quantize(PENNY)", "pounds = to_pence(cost)"),
        (long_functions, "def f():\n" + "    pass\n" * 40, "def f():\n" + "    pass\n" * 39),
        (long_file, "x = 1\n" * 401, "x = 1\n" * 400),
        (idle_tests, "def test_a():\n    cost(1)", "def test_a():\n    assert cost(1)"),
        (idle_tests, "def test_a():\n    cost(1)", "def test_a():\n    assert_costs(1)"),
        (
            idle_tests,
            "def test_a():\n    cost(1)",
            "def test_a():\n  with pytest.raises(E):\n    cost(1)",
        ),
    ],
)
def test_each_look_sees_a_planted_fault(look: Look, faulty: str, sound: str) -> None:
    assert list(look(ast.parse(faulty), faulty))
    assert list(look(ast.parse(sound), sound)) == []
