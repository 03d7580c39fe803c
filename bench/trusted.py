#!/usr/bin/env python3
"""Which rules of others proved silent on ordinary logs: makes rules/trusted.yml.

    trusted.py --konseki PROGRAM --scenario PROGRAM --rules RULES --manifest MANIFEST.tsv FOLDER > rules/trusted.yml

RULES is a rule set as `konseki check --rules` takes it. Ordinary logs are the made offices of 3 and of 40 hosts
(story s6, `scenario_evtx office`) and the files of FOLDER that MANIFEST calls presumed-clean. A rule is trusted if its
level is high or critical, something there could have fired it (state `possible`), and it did not; nor on story
s6-40, where much is allowed that looks like an intruder's work. That story's Sysmon records are too few to trust a
rule for its silence on them, and its penetration test is no ordinary work: the host is left out. Correlations and
rules of our own are left out.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def lines_of(path: Path) -> list[dict]:
    return [line for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if "rule" in line]


HOST_OF_PENETRATION_TEST = "PC030"


class Examined:
    """What rules of others said of logs."""

    def __init__(self, konseki: str, rules: str, inputs: list, scratch: Path):
        report = Path(tempfile.mkdtemp(dir=scratch)) / "report"
        subprocess.run([konseki, "check", "--quiet", "--no-builtin-rules", "--rules", rules, "--out", report, *inputs],
                       env={"HOME": str(scratch), "PATH": "/usr/bin"}, check=False)
        self.records = json.loads((report / "summary.json").read_text(encoding="utf-8"))["counts"]["records"]
        self.rules = lines_of(report / "rules.jsonl")
        self.fired = {line["rule"]["id"] for line in lines_of(report / "findings.jsonl")}


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--konseki", "--scenario", "--rules", "--manifest"):
        parser.add_argument(name, required=True)
    parser.add_argument("folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for words in (["story", "s6"], ["story", "s6-40"], ["office", "40", "19", "1400"]):
            subprocess.run([asked.scenario, *words, scratch / words[-1]], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(scratch / "s6-40" / HOST_OF_PENETRATION_TEST)
        with open(asked.manifest, encoding="utf-8", newline="") as file:
            clean = [row["path"] for row in csv.DictReader(file, delimiter="\t") if row["kind"] == "presumed-clean"]
        real = [str((Path(asked.folder) / path).resolve()) for path in clean]
        ordinary = Examined(asked.konseki, asked.rules, [scratch / "s6", scratch / "1400", *real], scratch)
        fired = ordinary.fired | Examined(asked.konseki, asked.rules, [scratch / "s6-40"], scratch).fired
    severe = [line["rule"] for line in ordinary.rules if line["rule"].get("level") in ("high", "critical")
              and line["rule"].get("kind") == "sigma" and line.get("state") == "possible"]
    trusted = sorted({rule["id"] for rule in severe if rule["id"] not in fired})
    loud = sorted({rule["id"] for rule in severe} & fired)
    print(f"# Rules of others, by id, that may make a verdict \"signs of intrusion\": level high or critical, and silent on\n"
          f"# {ordinary.records:,} records of ordinary logs in which they could have fired. Made by\n"
          f"# bench/trusted.py; a rule that is not here makes at most \"needs a look\".\n"
          f"# Not silent there: {', '.join(loud) or 'none'}")
    print("trusted:")
    for rule in trusted:
        print(f"  - {rule}")
    print(f"{len(trusted)} trusted, {len(loud)} not silent", file=sys.stderr)


main()
