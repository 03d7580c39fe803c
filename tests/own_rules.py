#!/usr/bin/env python3
"""Holds our own rules to their form.

    own_rules.py KONSEKI [ROOT]     status 1 with one line per fault

Every rule of rules/own must be accepted by `rules lint` without a word, carry trials that `rules test` passes
(at least two records on which it fires, three on which it is silent, one from a Japanese Windows), have an id of
its own, name only advice that rules/advice knows in both languages, and, from level high on, say what to do and what not.
"""

import re
import subprocess
import sys
from pathlib import Path

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
UUID = re.compile(r"^id: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", re.M)
LEAST_FIRES, LEAST_SILENT = 2, 3


def advice(path: Path) -> set[str]:
    """Ids that have a text in both languages."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    blocks = re.split(r"^- ", text, flags=re.M)[1:]
    known = set()
    for block in blocks:
        name = re.match(r"\{?\s*id: *(\w+)", block)
        if name and re.search(r"\bja: *\S", block) and re.search(r"\ben: *\S", block):
            known.add(name.group(1))
    return known


def ids_of(text: str, key: str) -> list[str]:
    return [name for names in re.findall(rf"^  {key}: *\[([^\]]*)\]", text, re.M)
            for name in re.findall(r"\w+", names)]


def trials(text: str, key: str) -> int:
    part = re.search(rf"^{key}:\n((?:[ #-].*\n|\n)*)", text, re.M)
    return len(re.findall(r"^  - ", part.group(1), re.M)) if part else 0


def check_rule(path: Path, known: dict[str, set[str]], seen: dict[str, str]) -> list[str]:
    text = path.read_text(encoding="utf-8")
    faults = [] if re.search(r"^  title_ja: *\S", text, re.M) else [f"{path.name}: no title_ja"]
    faults += [f"{path.name}: `{name}` is no advice of {key}.yml"
               for key in known for name in ids_of(text, key) if name not in known[key]]
    if re.search(r"^level: (high|critical)\b", text, re.M):
        faults += [f"{path.name}: grave, and no advice of {key}.yml" for key in known if not ids_of(text, key)]
    for rule_id in UUID.findall(text):
        if rule_id in seen:
            faults.append(f"{path.name}: has the id of {seen[rule_id]}")
        seen[rule_id] = path.name
    beside = path.with_name(path.stem + ".test.yml")
    if not beside.exists():
        return faults + [f"{path.name}: no trials beside it"]
    made = beside.read_text(encoding="utf-8")
    if trials(made + "\n", "fires") < LEAST_FIRES or trials(made + "\n", "silent") < LEAST_SILENT:
        faults.append(f"{beside.name}: too few records")
    if not JAPANESE.search(re.sub(r"^ *#.*", "", made, flags=re.M)):
        faults.append(f"{beside.name}: no record from a Japanese Windows")
    return faults


def main() -> int:
    konseki = sys.argv[1]
    root = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).resolve().parent.parent
    own = root / "rules/own"
    known = {key: advice(root / f"rules/advice/{key}.yml") for key in ("next", "do_not")}
    faults, seen = [], {}
    rules = sorted(path for path in own.glob("*.yml") if not path.name.endswith(".test.yml"))
    for path in rules:
        faults += check_rule(path, known, seen)
    lint = subprocess.run([konseki, "rules", "lint", str(own)], capture_output=True, text=True)
    # How slow an expression is depends on what else the machine does: bench/ is the place for that.
    said = [line for line in lint.stdout.splitlines() if ": slow regular expression " not in line]
    faults += [line for line in said if ": warning: " in line or line.startswith("  ")]
    if lint.returncode != 0 or ", refused 0," not in lint.stdout:
        faults.append(lint.stdout.strip() + lint.stderr.strip())
    test = subprocess.run([konseki, "rules", "test", str(own)], capture_output=True, text=True)
    if test.returncode != 0:
        faults.append(test.stdout.strip() + test.stderr.strip())
    print("\n".join(faults) if faults else f"own rules: {len(rules)} files, {test.stdout.strip()}")
    return 1 if faults else 0


sys.exit(main())
