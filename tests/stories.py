#!/usr/bin/env python3
"""Writes a made story, examines it with the real program and compares with what was written by hand.

    stories.py --konseki PROGRAM --scenario PROGRAM STORY

STORY is a folder of tests/stories; its name is the story's. expected.json says:
    why             one sentence: what must hold
    verdict         of the whole
    hosts           name -> verdict, rules (short ids of our own rules that fire at level medium or above, exactly
                    these and not labelled), own_collection and sanctioned (those that fire with this label)
    on_any_host     rules that fire somewhere: a correlation over hosts belongs to none
    low             name -> rules that fire at level low or below
    silent          short id -> host, then tests for `records --where`: what looks like it is there, and it is silent
                    on that host. With it, each of our rules must stand in one of these lists, or in
    no_typical_false_alarm   short ids
    profile         file beside it, given as --profile
    next_hosts      name, or `all` -> the hosts that this host alone, or all of them, name for the next collection
    where_there_is_such_a_rule   name -> rules that must fire if we have them
    records         least number of records
    medium_per_ten_hosts   most findings of level medium without a label; none above medium is without one
What the program does not tell yet (labels, next hosts) is asserted where its output has the member. In every
story the records of each log must have numbers without a gap and stand in the order of time.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from layer import check_layer

ROOT = Path(__file__).resolve().parent.parent
COUNTED = {"medium", "high", "critical"}
UUID = re.compile(r"^id: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", re.M)


def short_ids() -> dict[str, str]:
    """UUID of a rule -> E004, from the names of the files."""
    known = {}
    for path in (ROOT / "rules/own").glob("*.yml"):
        if not path.name.endswith(".test.yml"):
            for rule_id in UUID.findall(path.read_text(encoding="utf-8")):
                known[rule_id] = re.match(r"E\d+", path.stem).group()
    return known


def short_name(host: str) -> str:
    return host.split(".")[0].upper()


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess:
    """Nothing that the caller has installed reaches a story."""
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home"),
            "LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
    return subprocess.run(words, capture_output=True, text=True, env=home)


def lines_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [line for line in map(json.loads, file) if "rule" in line]


class Result:
    """What `check` said of a folder."""

    def __init__(self, konseki: str, evidence: Path, options: list[str], folder: Path):
        out = Path(tempfile.mkdtemp(dir=folder)) / "report"
        done = run([konseki, "check", "--quiet", "--out", str(out), *options, str(evidence)], folder)
        if done.returncode != 0:
            raise SystemExit(f"check ended with {done.returncode}: {done.stdout}{done.stderr}")
        self.summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        self.findings = lines_of(out / "findings.jsonl")
        self.layer = json.loads((out / "navigator.json").read_text(encoding="utf-8"))
        self.labels = "set_aside" in self.summary
        known = short_ids()
        self.fired = defaultdict(set)
        self.counts = defaultdict(int)
        for finding in self.findings:
            rule = known.get(finding["rule"]["id"], finding["rule"]["title"])
            kind = finding.get("label") or ("counted" if finding["rule"]["level"] in COUNTED else "low")
            if kind != "low" and finding["rule"]["level"] not in COUNTED:
                continue
            self.fired[short_name(finding["host"]), kind].add(rule)
            self.counts[finding["rule"]["level"]] += not finding.get("label")


def compare_host(name: str, wanted: dict, result: Result, want: dict) -> list[str]:
    labelled = {label: set(wanted.get(label, [])) for label in ("own_collection", "sanctioned")}
    rules = set(wanted["rules"])
    faults = []
    if result.labels:
        for label, expected in labelled.items():
            if result.fired[name, label] != expected:
                faults.append(f"{name}: {label} {sorted(result.fired[name, label])}, want {sorted(expected)}")
    else:
        rules |= labelled["own_collection"] | labelled["sanctioned"]
    rules |= set(want.get("where_there_is_such_a_rule", {}).get(name, [])) & set(short_ids().values())
    fired = result.fired[name, "counted"] - (set(want.get("on_any_host", [])) - rules)
    if fired != rules:
        faults.append(f"{name}: too many {sorted(fired - rules)}, missing {sorted(rules - fired)}")
    return faults


def compare(want: dict, result: Result) -> list[str]:
    faults = []
    needs_labels = any(host.get("own_collection") or host.get("sanctioned") for host in want["hosts"].values())
    verdicts = {short_name(host["name"]): host["verdict"] for host in result.summary["hosts"]}
    for name, wanted in want["hosts"].items():
        faults += compare_host(name, wanted, result, want)
        if (result.labels or not needs_labels) and verdicts.get(name) != wanted["verdict"]:
            faults.append(f"{name}: verdict {verdicts.get(name)}, want {wanted['verdict']}")
    faults += [f"there is a host {name}" for name in sorted(set(verdicts) - set(want["hosts"]))]
    if (result.labels or not needs_labels) and result.summary["verdict"] != want["verdict"]:
        faults.append(f"verdict {result.summary['verdict']}, want {want['verdict']}")
    for rule in want.get("on_any_host", []):
        if not any(rule in fired for fired in result.fired.values()):
            faults.append(f"{rule} fires nowhere")
    for name, rules in want.get("low", {}).items():
        faults += [f"{name}: {rule} is not there as low" for rule in rules if rule not in result.fired[name, "low"]]
    return faults + compare_figures(want, result)


def compare_figures(want: dict, result: Result) -> list[str]:
    faults = [f"damage: {damage}" for damage in result.summary.get("damage", [])]
    if result.summary["counts"]["records"] < want.get("records", 1):
        faults.append(f"{result.summary['counts']['records']} records, want at least {want['records']}")
    most = want.get("medium_per_ten_hosts")
    if most is not None and result.counts["medium"] * 10 > most * len(want["hosts"]):
        faults.append(f"{result.counts['medium']} findings of medium on {len(want['hosts'])} hosts")
    if most is not None and result.counts["high"] + result.counts["critical"] > 0:
        faults.append("a finding above medium has no label")
    return faults


def compare_layer(result: Result) -> list[str]:
    """navigator.json is a layer, and has the techniques that were found as seen (score 3)."""
    seen = {one["techniqueID"] for one in result.layer["techniques"] if one["score"] == 3}
    found = {technique for finding in result.findings if finding["label"] is None for technique in finding["attack"]}
    # Version 19 of ATT&CK gave some techniques other numbers: the layer is of version 18.
    moved = {"T1685", "T1686", "T1689"}
    unseen = sorted(one for one in found - seen if one.split(".")[0] not in moved)
    return check_layer(result.layer) + [f"the layer has {one} not as seen" for one in unseen]


def names_of(next_hosts: list) -> set[str]:
    names = {one if isinstance(one, str) else one["name"] for one in next_hosts}
    return {name if re.fullmatch(r"[0-9.]+", name) else short_name(name) for name in names}


def compare_silent(want: dict, result: Result, konseki: str, evidence: Path, folder: Path) -> list[str]:
    """Each row of the list of checks has its false alarm in the story."""
    if "silent" not in want:
        return []
    faults, named = [], set(want["silent"]) | set(want["no_typical_false_alarm"]) | set(want.get("on_any_host", []))
    for rule, (host, *tests) in want["silent"].items():
        words = [word for test in tests for word in ("--where", test)]
        if len(run([konseki, "records", *words, str(evidence / host)], folder).stdout.splitlines()) < 2:
            faults.append(f"{rule}: {host} has no record with {tests}")
        faults += [f"{rule} fires on {host}" for kind in ("counted", "low", "sanctioned")
                   if rule in result.fired[host, kind]]
    for host in want["hosts"].values():
        named |= set(host["rules"]) | set(host.get("sanctioned", []))
    named |= {rule for rules in want["low"].values() for rule in rules}
    return faults + [f"{rule}: no false alarm in the story" for rule in sorted(set(short_ids().values()) - named)]


def compare_next_hosts(want: dict, whole: Result, konseki: str, evidence: Path, folder: Path) -> list[str]:
    faults = []
    for name, hosts in want.get("next_hosts", {}).items():
        result = whole if name == "all" else Result(konseki, evidence / name, [], folder)
        told = result.summary.get("next_hosts")
        if told is not None and names_of(told) != set(hosts):
            faults.append(f"{name}: next hosts {sorted(names_of(told))}, want {sorted(hosts)}")
    return faults


def check_order(konseki: str, evidence: Path, folder: Path) -> list[str]:
    """Each log: numbers one after the other, times not going back."""
    last, faults = {}, []
    for line in run([konseki, "records", str(evidence)], folder).stdout.splitlines()[1:]:
        record = json.loads(line)
        path, number, time = record["source"]["path"], record["record"], record["time"]
        if path in last and (number != last[path][0] + 1 or time < last[path][1]):
            faults.append(f"{path}: record {number} of {time} follows {last[path]}")
        last[path] = number, time
    return faults[:5] if last else ["no records"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--konseki", required=True)
    parser.add_argument("--scenario", required=True)
    parser.add_argument("story", type=Path)
    options = parser.parse_args()
    story = options.story.resolve()
    want = json.loads((story / "expected.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="konseki-story-") as scratch:
        folder = Path(scratch)
        evidence = folder / "evidence"
        written = run([options.scenario, "story", story.name, str(evidence)], folder)
        if written.returncode != 0:
            print(written.stdout + written.stderr)
            return 1
        more = []
        if "profile" in want and "--profile" in run([options.konseki, "help", "check"], folder).stdout:
            more = ["--profile", str(story / want["profile"])]
        result = Result(options.konseki, evidence, more, folder)
        faults = compare(want, result) + compare_next_hosts(want, result, options.konseki, evidence, folder)
        faults += compare_silent(want, result, options.konseki, evidence, folder) + compare_layer(result)
        if want.get("records", 0) < 100_000:
            faults += check_order(options.konseki, evidence, folder)
    if faults:
        print(want["why"])
        print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
