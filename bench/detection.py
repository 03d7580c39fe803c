#!/usr/bin/env python3
"""How many labelled sample logs our own rules find something in.

    detection.py --konseki PROGRAM --manifest MANIFEST.tsv FOLDER [--missed]

MANIFEST has a line per file of FOLDER with the columns `path`, `kind` (attack, presumed-clean, ...) and `tactic`.
Prints a table for docs/detection.md: per kind and tactic the files, and those with a finding at or above each
level. --missed lists the attack files without any.
"""

import argparse
import collections
import csv
import json
import subprocess
import tempfile
from pathlib import Path

LEVELS = ["informational", "low", "medium", "high", "critical"]


def best_levels(konseki: str, folder: str) -> dict[str, int]:
    """The highest level of any finding, by file."""
    best: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report"
        subprocess.run([konseki, "check", "--quiet", "--no-hash", "--out", str(report), folder],
                       env={"HOME": scratch, "PATH": "/usr/bin"}, check=False)
        for line in (report / "findings.jsonl").read_text(encoding="utf-8").splitlines():
            finding = json.loads(line)
            for event in finding.get("events", []):
                for path in [event["path"], *event.get("also", [])]:
                    level = LEVELS.index(finding["rule"]["level"])
                    best[path] = max(best.get(path, -1), level)
    return best


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--konseki", required=True)
    parser.add_argument("--manifest", required=True)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("folder")
    asked = parser.parse_args()
    best = best_levels(asked.konseki, asked.folder)
    table: dict[tuple[str, str], collections.Counter] = collections.defaultdict(collections.Counter)
    missed = []
    with open(asked.manifest, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            level = best.get(row["path"], -1)
            counts = table[row["kind"], row["tactic"]]
            counts["files"] += 1
            for least in range(level + 1):
                counts[LEVELS[least]] += 1
            if row["kind"] == "attack" and level < 0:
                missed.append(row["path"])
    print("| kind | tactic | files | any finding | medium and above | high and above |\n|---|---|---|---|---|---|")
    for (kind, tactic), counts in sorted(table.items()):
        print(f"| {kind} | {tactic or '–'} | {counts['files']} | {counts['informational']} | "
              f"{counts['medium']} | {counts['high']} |")
    if asked.missed:
        print("\n".join(missed))


main()
