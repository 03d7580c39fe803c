#!/usr/bin/env python3
"""Asks clang-19 for its opinion on every file that g++ compiled.

    clang_check.py BUILD          warnings (errors all of them); no code is made, so it is quick
    clang_check.py --lint BUILD   clang-tidy with the checks of .clang-tidy; slow

BUILD holds compile_commands.json. One line per file that does not pass, status 1 where there is one.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CLANG, TIDY = "clang++-19", "clang-tidy-19"
SKIPPED_STATUS = 77  # ctest's SKIP_RETURN_CODE


def command_for(entry: dict, lint: bool, build: Path) -> list[str]:
    if lint:
        return [TIDY, "--quiet", "-p", str(build), entry["file"]]
    words = shlex.split(entry["command"])
    while os.path.basename(words[0]) in ("ccache", "sccache"):
        words.pop(0)
    kept = []
    skip = False
    for word in words[1:]:
        if skip or word == "-c" or word.startswith("-fsanitize") or word.startswith("-fno-sanitize"):
            skip = False
        elif word == "-o":
            skip = True
        else:
            kept.append(word)
    # What the build tells only one of the compilers (CMakeLists.txt says why).
    kept = [word for word in kept if word != "-Wno-restrict"]
    return [CLANG, "-fsyntax-only", *kept, "-Wno-deprecated-declarations"]


def check(entry: dict, lint: bool, build: Path) -> tuple[str, str]:
    done = subprocess.run(command_for(entry, lint, build), cwd=entry["directory"], capture_output=True, text=True)
    return (entry["file"], "" if done.returncode == 0 else done.stdout + done.stderr)


def main() -> int:
    lint = "--lint" in sys.argv
    build = Path(sys.argv[-1])
    tool = TIDY if lint else CLANG
    if shutil.which(tool) is None:
        print(f"{tool} is not installed: skipped")
        return SKIPPED_STATUS
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    entries = [e for e in entries if e["file"].endswith(".cpp") and "/verify_interface_header_sets/" not in e["file"]
               and "_verify_interface_header_sets" not in e.get("output", e["command"])]
    bad = 0
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for file, output in pool.map(lambda entry: check(entry, lint, build), entries):
            if output:
                bad += 1
                print(f"{file}:\n{output}")
    print(f"{tool}: {len(entries)} files, {bad} refused")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
