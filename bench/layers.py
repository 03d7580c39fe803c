#!/usr/bin/env python3
"""Says where the CPU time of `konseki check` goes: share, seconds and nanoseconds per record of each layer.

    layers.py [--konseki BINARY] [--rules ARCHIVE] [--perf PERF] PATH...

PATH       a folder of .evtx files, or one file; each is a table of its own
--konseki  default build/release/programs/konseki/konseki
--rules    SigmaHQ's archive or a folder, installed once into a scratch folder before the runs
--perf     default perf from PATH (Debian: linux-perf)

One run with one thread under `perf record` with call graphs. A layer is a function and all that it calls; layers do
not contain each other, and what none of them holds is `other`. Shares are as good as the number of samples: give
inputs that take seconds. Plain Python 3, no packages.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Layer, and the functions (as `perf report` names them) whose shares with all that they call make it.
LAYERS = [
    ("start-up: rules", ["RuleStore::load"]),
    ("reading the file", ["evidence::File::read_at"]),
    ("chunks, records, shapes", ["ChunkReader::State::read"]),
    ("match: route, gates, keywords, evaluation", ["Matcher::match"]),
    ("what findings show: explanation, fields, traces", ["Matcher::explain", "Matching::append_why", "Matching::gather"]),
    ("traces of all records", ["Collector::take"]),
    ("counts per host and log", ["Matching::count"]),
    ("spill, written", ["Matching::flush"]),
    ("correlations, sort", ["Check::finish"]),
    ("findings, time line, table written", ["write_findings"]),
    ("traces written", ["write_traces"]),
]
# Shown below the layer that holds them, not counted again.
PARTS = {
    "match: route, gates, keywords, evaluation": [
        ("gates and keywords", ["Matcher::State::look_for_literals"]),
        ("evaluation", ["Matcher::State::evaluate"]),
        ("route, programs", ["Binder::find"]),
    ],
    "findings, time line, table written": [("write calls", ["OutFile::write"])],
}


def share_of(rows: list[tuple[float, str]], names: list[str]) -> float:
    """The largest share among the symbols of each name: inlined copies stand beside the function itself."""
    return sum(max((share for share, symbol in rows if ends_with_name(symbol, name)), default=0.0) for name in names)


def ends_with_name(symbol: str, name: str) -> bool:
    bare = re.sub(r"\(anonymous namespace\)::", "", symbol)
    bare = re.sub(r"\[abi:[^]]*\]| \(inlined\)", "", bare)
    return bare == name or bare.endswith("::" + name)


def profile(args: argparse.Namespace, env: dict[str, str], scratch: Path, path: Path) -> tuple[list[tuple[float, str]], int]:
    data, out = scratch / "perf.data", scratch / "report"
    subprocess.run([args.perf, "record", "--call-graph", "dwarf,8192", "-F", "500", "-o", str(data), args.konseki, "check",
                    "--no-hash", "--threads", "1", "--quiet", "--out", str(out), str(path)], env=env, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not (out / "summary.json").exists():
        sys.exit(f"{path}: the run under perf made no report")
    text = subprocess.run([args.perf, "report", "-i", str(data), "--children", "--stdio", "-g", "none", "-F",
                           "overhead_children,sym"], check=True, capture_output=True, text=True).stdout
    rows = [(float(m[1]), m[2].strip()) for m in re.finditer(r"^ +([\d.]+)% +\[[.k]\] (.*)$", text, re.M)]
    records = json.loads((out / "summary.json").read_text(encoding="utf-8"))["counts"]["records"]
    subprocess.run(["rm", "-rf", str(out), str(data)], check=True)
    return rows, records


def seconds(args: argparse.Namespace, env: dict[str, str], scratch: Path, path: Path) -> float:
    """Median CPU seconds of three runs without perf, which slows what it measures."""
    took = []
    for _ in range(3):
        out = scratch / "report"
        subprocess.run(["rm", "-rf", str(out)], check=True)
        before = os.times()
        subprocess.run([args.konseki, "check", "--no-hash", "--threads", "1", "--quiet", "--out", str(out), str(path)],
                       env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
        subprocess.run(["rm", "-rf", str(out)], check=True)
    return sorted(took)[1]


def show(name: str, share: float, total: float, records: int) -> None:
    print(f"| {name} | {share:4.1f} % | {share / 100 * total:6.3f} | {share / 100 * total / records * 1e9:6.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--konseki", default=str(root / "build/release/programs/konseki/konseki"))
    parser.add_argument("--rules")
    parser.add_argument("--perf", default="perf")
    parser.add_argument("paths", nargs="+", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        env = os.environ | {"XDG_DATA_HOME": str(scratch / "data"), "XDG_CACHE_HOME": str(scratch / "cache")}
        if args.rules:
            subprocess.run([args.konseki, "rules", "add", args.rules], env=env, check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        for path in args.paths:
            total = seconds(args, env, scratch, path)
            rows, records = profile(args, env, scratch, path)
            print(f"\n{path.name}: {records} records, {total:.3f} CPU s, {total / records * 1e9:.0f} ns per record\n")
            print("| layer | share | CPU s | ns per record |\n|---|---|---|---|")
            rest = 100.0
            for name, symbols in LAYERS:
                share = share_of(rows, symbols)
                rest -= share
                show(name, share, total, records)
                for part, part_symbols in PARTS.get(name, []):
                    show("– " + part, share_of(rows, part_symbols), total, records)
            show("other", rest, total, records)


if __name__ == "__main__":
    main()
