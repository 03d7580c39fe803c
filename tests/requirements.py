#!/usr/bin/env python3
"""Holds docs/requirements.md against the tree: what its table names is there.

    requirements.py [ROOT]     one line per fault, status 1 where there is one; else how many stand

Each requirement has one row, in order. Files, pages (`#/…`) and routes (`GET …`) in backquotes exist; a test's name
stands in quotation marks behind the file that has it. What stands, or stands in part, names a test.
"""

import re
import sys
from collections import Counter
from pathlib import Path

REQUIREMENTS = [f"R{number}" for number in range(1, 62)]
STATES = ("stands", "part", "not yet")
QUOTED = re.compile(r"`([^`]+)`|\"([^\"]+)\"")
FILE = re.compile(r"[\w.-]+(/[\w.-]+)+")
ROUTE = re.compile(r"(GET|POST|PATCH|DELETE) /(\S+)")
TEST_PLACE = re.compile(r"tests/|cases/|ui/test/|rules/own/.*\.test\.yml$|.*_test\.cpp$")
# How a file of each kind names its tests: doctest (a name may be several literals), functions, node:test.
NAMES = {
    ".cpp": re.compile(r"TEST_CASE\w*\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)"),
    ".py": re.compile(r"^\s*def (\w+)", re.M),
    ".mjs": re.compile(r"\bfunction (\w+)"),
    ".ts": re.compile(r"^test\('([^']+)'", re.M),
}


def names_in(path: Path) -> set[str]:
    pattern = NAMES.get(path.suffix)
    if pattern is None or not path.is_file():
        return set()
    found = pattern.findall(path.read_text(encoding="utf-8"))
    return {"".join(re.findall(r'"((?:[^"\\]|\\.)*)"', one)) for one in found} if path.suffix == ".cpp" else set(found)


def pages_of(root: Path) -> set[str]:
    return set(re.findall(r"^  '(/[^']+)':", (root / "ui/src/routes.ts").read_text(encoding="utf-8"), re.M))


def routes_of(root: Path) -> list[tuple[str, re.Pattern]]:
    table = (root / "lib/server/routes.cpp").read_text(encoding="utf-8")
    return [(method.rstrip("_").upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)))
            for method, path in re.findall(r"\{(\w+), \"([^\"]+)\", ", table)]


class Table:
    """The table of one tree, and what is wrong with it."""

    def __init__(self, root: Path):
        self.root, self.pages, self.routes = root, pages_of(root), routes_of(root)
        self.states: Counter = Counter()
        text = (root / "docs/requirements.md").read_text(encoding="utf-8")
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")]
                for line in text.splitlines() if re.match(r"\| R\d", line)]
        self.faults = [] if [row[0] for row in rows] == REQUIREMENTS else [self.missing([row[0] for row in rows])]
        for row in rows:
            self.faults += [f"{row[0]}: {fault}" for fault in self.faults_of(row)]

    @staticmethod
    def missing(numbers: list[str]) -> str:
        counts = Counter(numbers)
        wrong = [one for one in REQUIREMENTS if counts[one] != 1] + [one for one in counts if one not in REQUIREMENTS]
        return f"not one row each: {', '.join(wrong)}" if wrong else "the rows are out of order"

    def faults_of(self, row: list[str]) -> list[str]:
        if len(row) != 5:
            return [f"{len(row)} cells instead of 5"]
        _, asked, where, tests, state = row
        faults = [f"`{name}` is not there" for cell in row for name, _ in QUOTED.findall(cell) if not self.is_there(name)]
        word = re.match(r"\*\*([a-z ]+)\*\*", state)
        if not asked or word is None or word.group(1) not in STATES:
            return faults + [f"what is asked and a state of {STATES} must be told"]
        self.states[word.group(1)] += 1
        if (tests == "–") != (word.group(1) == "not yet") or (where == "–") != (tests == "–"):
            faults.append("what stands or stands in part says where and by which test, and nothing else does")
        if state == "**part**":
            faults.append("a part says what is missing")
        return faults + self.faults_of_tests(tests)

    def faults_of_tests(self, cell: str) -> list[str]:
        faults, path = [], None
        for file, name in QUOTED.findall(cell):
            if file:
                path = self.root / file
                if not TEST_PLACE.match(file):
                    faults.append(f"`{file}` is no test")
            elif path is None or name not in names_in(path):
                faults.append(f'no test "{name}" in {path.name if path else "no file"}')
        return faults

    def is_there(self, name: str) -> bool:
        """Names that are neither page nor route nor file (a type, a command) are not looked for."""
        if name.startswith("#"):
            return name[1:] in self.pages
        if route := ROUTE.fullmatch(name):
            return any(method == route[1] and path.fullmatch(route[2]) for method, path in self.routes)
        return not FILE.fullmatch(name) or (self.root / name).exists()


def main(root: Path) -> int:
    table = Table(root)
    told = ", ".join(f"{table.states[state]} {state}" for state in STATES)
    print("\n".join(table.faults) if table.faults else f"requirements: {told}")
    return 1 if table.faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
