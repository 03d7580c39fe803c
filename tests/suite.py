#!/usr/bin/env python3
"""Makes one ctest suite out of the tests of several build folders, chosen by label.

    suite.py FOLDER PRESET=LABELS...
    suite.py --targets FOLDER PRESET=LABELS    prints the programs that these tests run, for ninja

PRESET is a folder beside FOLDER, LABELS a regular expression over whole labels; `LABELS:NAMES` also asks
that the test's name holds NAMES. The suite is a single CTestTestfile.cmake, so one ctest run gives one count.
A test whose program was not built stops everything: it must not go missing in silence.
"""

import json
import re
import subprocess
import sys
from pathlib import Path


def tests_of(build: Path) -> list[dict]:
    shown = subprocess.run(["ctest", "--test-dir", str(build), "--show-only=json-v1"],
                           check=True, capture_output=True, text=True)
    return json.loads(shown.stdout)["tests"]


def quoted(text: str) -> str:
    return "[==[" + text + "]==]"


def as_list(value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    items = value if isinstance(value, list) else [value]
    return quoted(";".join(str(item) for item in items))


def lines_for(preset: str, test: dict) -> list[str]:
    name = f"{preset}/{test['name']}"
    properties = {p["name"]: p["value"] for p in test.get("properties", [])}
    for key in ("FIXTURES_REQUIRED", "FIXTURES_SETUP", "FIXTURES_CLEANUP", "DEPENDS"):
        if key in properties:
            values = properties[key] if isinstance(properties[key], list) else [properties[key]]
            properties[key] = [f"{preset}/{value}" for value in values]
    settings = " ".join(f"{key} {as_list(value)}" for key, value in properties.items())
    return [f"add_test({quoted(name)} " + " ".join(quoted(word) for word in test["command"]) + ")",
            f"set_tests_properties({quoted(name)} PROPERTIES {settings})"]


def chosen(tests: list[dict], wish: str) -> list[dict]:
    labels, _, names = wish.partition(":")

    def fits(test: dict) -> bool:
        properties = {p["name"]: p["value"] for p in test.get("properties", [])}
        own = properties.get("LABELS", [])
        return any(re.fullmatch(labels, label) for label in own) and names in test["name"]

    return [test for test in tests if fits(test)]


def targets(build: Path, wish: str) -> set[str]:
    """Files below the build folder that the chosen tests name, read from what CMake wrote: ctest itself
    knows no command whose program does not exist yet."""
    names = {test["name"] for test in chosen(tests_of(build), wish)}
    found = set()
    for file in build.rglob("CTestTestfile.cmake"):
        for name, rest in re.findall(r'^add_test\(\[=*\[(.*?)\]=*\] (.*)\)$', file.read_text(encoding="utf-8"), re.MULTILINE):
            if name in names:
                words = re.findall(r'"([^"]*)"', rest)
                found |= {word[len(str(build)) + 1:] for word in words if word.startswith(f"{build}/")}
    return found


def main() -> int:
    if sys.argv[1] == "--targets":
        preset, _, wish = sys.argv[3].partition("=")
        print("\n".join(sorted(targets(Path(sys.argv[2]).resolve().parent / preset, wish))))
        return 0
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for argument in sys.argv[2:]:
        preset, _, wish = argument.partition("=")
        found = chosen(tests_of(folder.parent / preset), wish)
        if not found:
            print(f"suite: no test of {preset} has a label {wish}", file=sys.stderr)
        for test in found:
            if "command" not in test:
                print(f"suite: the program of {preset}/{test['name']} was not built", file=sys.stderr)
                return 1
            lines += lines_for(preset, test)
    (folder / "CTestTestfile.cmake").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
