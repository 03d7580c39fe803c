#!/usr/bin/env python3
"""Opens reports in Debian's Chromium: accessible, inert, in their window, readable on paper, soon there.

    browser.py --konseki PROGRAM --scenario PROGRAM --modules FOLDER [--keep FOLDER]

FOLDER/node_modules holds the packages of tests/browser/package.json (`./test` puts them there). Makes the reports that
tests/browser/check.mjs looks at; what is asked of each stands there and in REPORTS below. Status 77 and one line where
something that it needs is not there.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
OLDEST_NODE = 18
SKIPPED = 77

# Hosts and further rules of the large report: each rule fires on each host once, with two rules of our own.
CROWD_HOSTS, CROWD_RULES = 500, 18
LEAST_LARGE_FINDINGS = 10_000

# Report -> what scenario_evtx is asked for, and what is looked at.
REPORTS = {
    "s4": (["story", "s4"], ["looks", "languages", "print", "filter"]),
    "s6": (["story", "s6"], ["looks", "languages", "print"]),
    # With labels, and compared with an earlier report that had every other finding.
    "s8": (["story", "s8"], ["filter"]),
    "nothing": (["empty"], ["looks", "languages", "print"]),
    "hostile": (["hostile"], ["odd_looks", "print"]),
    "large": ([f"crowd:{CROWD_HOSTS}"], ["fits", "speed"]),
}

RULE = """title: {title}
id: 00000000-0000-4000-8000-{number:012d}
status: test
description: {text}
author: {text}
references: [{text}]
falsepositives: [{text}]
level: {level}
logsource: {{product: windows, category: process_creation}}
detection:
    words: {{CommandLine|contains: whoami}}
    condition: words
"""
HOSTILE = """</script><img src=x onerror="document.title='owned'">"""


def missing(modules: Path) -> str:
    """What this machine lacks, or nothing."""
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        return "no node"
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    if int(version.lstrip("v").split(".")[0] or 0) < OLDEST_NODE:
        return f"node {version.strip()} is older than {OLDEST_NODE}"
    if not Path(CHROMIUM).exists():
        return f"no {CHROMIUM}"
    if not (modules / "node_modules" / "playwright-core").is_dir():
        return f"no packages in {modules} (./test puts them there)"
    return ""


def write_rules(name: str, folder: Path) -> None:
    folder.mkdir()
    texts = {"large": [f"Rule {number} of somebody else" for number in range(CROWD_RULES)], "hostile": [HOSTILE, "A" * 5000]}
    for number, text in enumerate(texts.get(name, [])):
        quoted = json.dumps(text)
        level = ("low", "medium", "high")[number % 3]
        rule = RULE.format(title=quoted, text=quoted, number=number, level=level)
        (folder / f"{number}.yml").write_text(rule, encoding="utf-8")


def make_evidence(scenario: str, wish: list[str], folder: Path) -> None:
    if wish[0] == "story":
        subprocess.run([scenario, *wish, str(folder)], check=True)
        return
    folder.mkdir()
    # The name of a file is evidence too.
    file = "<img src=x onerror=alert(1)>\u202e.evtx" if wish[0] == "hostile" else "log.evtx"
    subprocess.run([scenario, *wish, str(folder / file)], check=True)


def run_check(konseki: str, name: str, words: list[str], report: Path, home: dict) -> None:
    done = subprocess.run([konseki, "check", "--quiet", "--out", str(report), *words], capture_output=True, text=True, env=home)
    if done.returncode != 0:
        raise SystemExit(f"check of {name} ended with {done.returncode}: {done.stdout}{done.stderr}")


def make_report(name: str, options: argparse.Namespace, folder: Path) -> Path:
    """The path of report.html."""
    evidence, rules, report = folder / name, folder / f"{name}-rules", folder / f"{name}-report"
    make_evidence(options.scenario, REPORTS[name][0], evidence)
    write_rules(name, rules)
    more = ["--rules", str(rules)] if any(rules.iterdir()) else []
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home"),
            "LANG": "ja_JP.UTF-8", "TZ": "Asia/Tokyo"}
    run_check(options.konseki, name, [*more, str(evidence)], report, home)
    if name == "s8":
        earlier = report.rename(folder / f"{name}-earlier")
        lines = (earlier / "findings.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        (earlier / "findings.jsonl").write_text("".join(lines[:1] + lines[1::2]), encoding="utf-8")
        run_check(options.konseki, name, ["--previous", str(earlier), *more, str(evidence)], report, home)
    if name == "large":
        counts = json.loads((report / "summary.json").read_text(encoding="utf-8"))["counts"]["findings"]
        found = sum(counts.values())
        if found < LEAST_LARGE_FINDINGS:
            raise SystemExit(f"the large report has {found} findings only")
    return report / "report.html"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--konseki", required=True)
    parser.add_argument("--scenario", required=True)
    parser.add_argument("--modules", required=True, type=Path)
    parser.add_argument("--keep", type=Path, help="writes evidence and reports here and leaves them")
    parser.add_argument("--only", choices=REPORTS, help="one report")
    options = parser.parse_args()
    lacks = missing(options.modules)
    if lacks:
        print(f"skipped: {lacks}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="konseki-browser-") as scratch:
        folder = options.keep.resolve() if options.keep else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        reports = [{"name": name, "file": str(make_report(name, options, folder)), "checks": checks}
                   for name, (_, checks) in REPORTS.items() if options.only in (None, name)]
        reports.append({"name": "broken", "file": str(HERE / "browser/broken.html"), "checks": ["broken"]})
        listed = folder / "reports.json"
        listed.write_text(json.dumps(reports), encoding="utf-8")
        node = shutil.which("node") or shutil.which("nodejs")
        return subprocess.run([node, str(HERE / "browser/check.mjs"), str(options.modules), CHROMIUM, str(listed)]).returncode


if __name__ == "__main__":
    sys.exit(main())
