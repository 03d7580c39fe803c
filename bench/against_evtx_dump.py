#!/usr/bin/env python3
"""Compares konseki with evtx_dump on the same logs: CPU seconds of whole processes, interleaved.

    against_evtx_dump.py [--runs N] [--konseki BINARY] [--evtx-dump BINARY] [--rules ARCHIVE] PATH...

PATH         a folder of .evtx files, or one file; each is a row of its own
--konseki    default build/release/programs/konseki/konseki
--evtx-dump  default evtx_dump from PATH (cargo install evtx --version 0.15.1)
--rules      SigmaHQ's archive or a folder, installed once into a scratch folder before the runs

Per PATH and run, in turn: evtx_dump -t 1 -o jsonl (one process per file, as it takes no folders), konseki records
--format evtx-json, konseki check --no-hash without and with the built-in rules. One warm-up run is not counted. Prints medians and their ratio to
evtx_dump's; machines are noisy, so quote the ratios. Plain Python 3, no packages.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path


def cpu_seconds(command: list[str], env: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(command[:4])} ended with {done.returncode}: {done.stderr.decode()[:500]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Bench:
    def __init__(self, args: argparse.Namespace, scratch: Path) -> None:
        self.args, self.scratch = args, scratch
        self.env = os.environ | {"XDG_DATA_HOME": str(scratch / "data"), "XDG_CACHE_HOME": str(scratch / "cache")}

    def evtx_dump(self, path: Path) -> float:
        files = sorted(path.rglob("*.evtx")) if path.is_dir() else [path]
        return sum(cpu_seconds([self.args.evtx_dump, "-t", "1", "-o", "jsonl", str(f)], self.env) for f in files)

    def records(self, path: Path) -> float:
        return cpu_seconds([self.args.konseki, "records", "--threads", "1", "--format", "evtx-json", str(path)], self.env)

    def check(self, path: Path, *options: str) -> float:
        out = self.scratch / "report"
        shutil.rmtree(out, ignore_errors=True)
        return cpu_seconds([self.args.konseki, "check", "--no-hash", "--threads", "1", "--quiet", "--out", str(out),
                            *options, str(path)], self.env)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--konseki", default=str(root / "build/release/programs/konseki/konseki"))
    parser.add_argument("--evtx-dump", default="evtx_dump")
    parser.add_argument("--rules")
    parser.add_argument("paths", nargs="+", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(args, Path(scratch))
        if args.rules:
            subprocess.run([args.konseki, "rules", "add", args.rules], env=bench.env, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in args.paths:
            rows: dict[str, list[float]] = {"evtx_dump": [], "konseki records": [], "konseki check": [],
                                            "with its own rules": []}
            for run in range(args.runs + 1):
                took = bench.evtx_dump(path), bench.records(path), \
                    bench.check(path, "--no-builtin-rules"), bench.check(path)
                if run > 0:
                    for times, seconds in zip(rows.values(), took):
                        times.append(seconds)
            base = statistics.median(rows["evtx_dump"])
            for name, times in rows.items():
                median = statistics.median(times)
                print(f"{path.name}: {name:16} {median:7.3f} s  {median / base:5.2f} x  "
                      f"[{min(times):.3f} .. {max(times):.3f}]")


if __name__ == "__main__":
    main()
