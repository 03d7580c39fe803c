#!/usr/bin/env python3
"""Which rules of others proved silent on ordinary logs: makes rules/trusted.yml.

    trusted.py --konseki PROGRAM --scenario PROGRAM --rules RULES --manifest MANIFEST.tsv FOLDER > rules/trusted.yml

RULES is a rule set as `konseki check --rules` takes it. Ordinary logs are the made offices of 3 and of 40 hosts
(scenario stories s6 and s6-40) and the files of FOLDER that MANIFEST calls presumed-clean. A rule is trusted if its
level is high or critical, something there could have fired it (state `possible`), and it did not. Correlations and
rules of our own are left out.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def lines_of(path: Path) -> list[dict]:
    return [line for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if "rule" in line]


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--konseki", "--scenario", "--rules", "--manifest"):
        parser.add_argument(name, required=True)
    parser.add_argument("folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        evidence = Path(scratch) / "evidence"
        evidence.mkdir()
        for story in ("s6", "s6-40"):
            subprocess.run([asked.scenario, "story", story, evidence / story], check=True)
        with open(asked.manifest, encoding="utf-8", newline="") as file:
            clean = [row["path"] for row in csv.DictReader(file, delimiter="\t") if row["kind"] == "presumed-clean"]
        real = [str((Path(asked.folder) / path).resolve()) for path in clean]
        report = Path(scratch) / "report"
        subprocess.run([asked.konseki, "check", "--quiet", "--no-builtin-rules", "--rules", asked.rules, "--out", report,
                        evidence / "s6", evidence / "s6-40", *real],
                       env={"HOME": scratch, "PATH": "/usr/bin"}, check=False)
        summary = json.loads((report / "summary.json").read_text(encoding="utf-8"))
        rules = lines_of(report / "rules.jsonl")
        fired = {line["rule"]["id"] for line in lines_of(report / "findings.jsonl")}
    severe = [line["rule"] for line in rules if line["rule"].get("level") in ("high", "critical")
              and line["rule"].get("kind") == "sigma" and line.get("state") == "possible"]
    trusted = sorted({rule["id"] for rule in severe if rule["id"] not in fired})
    loud = sorted({rule["id"] for rule in severe} & fired)
    print(f"# Rules of others, by id, that may make a verdict \"signs of intrusion\": level high or critical, and silent on\n"
          f"# {summary['counts']['records']:,} records of ordinary logs in which they could have fired. Made by\n"
          f"# bench/trusted.py; a rule that is not here makes at most \"needs a look\".\n"
          f"# Not silent there: {', '.join(loud) or 'none'}")
    print("trusted:")
    for rule in trusted:
        print(f"  - {rule}")
    print(f"{len(trusted)} trusted, {len(loud)} not silent", file=sys.stderr)


main()
