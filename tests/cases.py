#!/usr/bin/env python3
"""Runs one case folder on the real program.

    cases.py --konseki PROGRAM --scenario PROGRAM [--update] CASE

A case is a folder:
    why.md       one sentence: what must hold
    cmd          bash; its status is the case's. Runs in an empty scratch folder with
                 $KONSEKI, $SCENARIO (writes made event logs), $IN (a copy of in/)
    in/          files of the case, where there are any
    want/stdout, want/stderr   expected text; missing = nothing may be written
    want/status  expected status; missing = 0
    want/files/  files that must lie in the scratch folder, with this text
In expected text a line `...` stands for any lines, and `<*>` within a line for anything. The scratch
folder is written $DIR. Status 77 with a line `skip: reason` skips the case.
"""

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
LONGEST_SECONDS = 240


def environment(scratch: Path, konseki: str, scenario: str) -> dict[str, str]:
    """Nothing of the caller's settings reaches a case."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(scratch / "home"), "LANG": "C.UTF-8", "TZ": "UTC",
        "XDG_DATA_HOME": str(scratch / "home/data"), "XDG_CACHE_HOME": str(scratch / "home/cache"),
        "TMPDIR": str(scratch / "tmp"), "DIR": str(scratch), "IN": str(scratch / "in"),
        "KONSEKI": konseki, "SCENARIO": scenario,
        "ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1",
    }


def line_pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.split("<*>"))


def text_pattern(want: str) -> re.Pattern:
    """`...` on a line of its own takes any number of whole lines, also none."""
    parts = ["(?:.*\n)*?" if line == "..." else line_pattern(line) + "\n" for line in want.splitlines()]
    return re.compile("".join(parts))


def differences(name: str, want: str, got: str) -> list[str]:
    if got and not got.endswith("\n"):
        got += "\n"
    if text_pattern(want).fullmatch(got):
        return []
    return list(difflib.unified_diff(want.splitlines(), got.splitlines(), f"want/{name}", f"got {name}", lineterm="", n=2))


def run_case(case: Path, scratch: Path, options) -> tuple[int, str, str]:
    for folder in ("home", "tmp"):
        (scratch / folder).mkdir()
    if (case / "in").is_dir():
        shutil.copytree(case / "in", scratch / "in")
    else:
        (scratch / "in").mkdir()
    done = subprocess.run(["bash", str(case / "cmd")], cwd=scratch, capture_output=True, stdin=subprocess.DEVNULL,
                          env=environment(scratch, options.konseki, options.scenario), timeout=LONGEST_SECONDS)
    texts = [stream.decode("utf-8", "backslashreplace").replace(str(scratch), "$DIR")
             for stream in (done.stdout, done.stderr)]
    return done.returncode, *texts


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def compare(case: Path, scratch: Path, status: int, out: str, err: str) -> list[str]:
    want = case / "want"
    wanted_status = int(read(want / "status") or 0)
    problems = [] if status == wanted_status else [f"status {status}, want {wanted_status}"]
    problems += differences("stdout", read(want / "stdout"), out) + differences("stderr", read(want / "stderr"), err)
    for path in sorted((want / "files").rglob("*")):
        if path.is_file():
            name = path.relative_to(want / "files")
            if not (scratch / name).is_file():
                problems.append(f"there is no file {name}")
            else:
                problems += differences(f"files/{name}", read(path), read(scratch / name).replace(str(scratch), "$DIR"))
    return problems


def update(case: Path, status: int, out: str, err: str) -> None:
    want = case / "want"
    want.mkdir(exist_ok=True)
    for name, text in (("stdout", out), ("stderr", err), ("status", f"{status}\n" if status else "")):
        if text:
            (want / name).write_text(text, encoding="utf-8")
        else:
            (want / name).unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--konseki", required=True)
    parser.add_argument("--scenario", required=True)
    parser.add_argument("--update", action="store_true", help="write what came out into want/, for reading")
    parser.add_argument("case", type=Path)
    options = parser.parse_args()
    options.case = options.case.resolve()
    if not read(options.case / "why.md").strip():
        print(f"{options.case}: why.md says nothing")
        return 1
    # Case folders take rights away from files: give them back before the folder is removed.
    scratch = Path(tempfile.mkdtemp(prefix="konseki-case-")).resolve()
    try:
        status, out, err = run_case(options.case, scratch, options)
        if status == SKIPPED and out.startswith("skip: "):
            print(out, end="")
            return SKIPPED
        if options.update:
            update(options.case, status, out, err)
            return 0
        problems = compare(options.case, scratch, status, out, err)
        if problems:
            print(read(options.case / "why.md").strip())
            print("\n".join(problems))
        return 1 if problems else 0
    except subprocess.TimeoutExpired:
        print(f"did not end within {LONGEST_SECONDS} s")
        return 1
    finally:
        subprocess.run(["chmod", "-R", "u+rwx", str(scratch)], check=False)
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
