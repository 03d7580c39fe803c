#!/usr/bin/env python3
"""The desk's pages in Debian's Chromium, on a new desk of their own.

    pages.py --konsekid PROGRAM --modules FOLDER [--shots FOLDER]

FOLDER/node_modules holds the packages of tests/browser/package.json (`./test` puts them there). What is asked of the
pages stands in tests/desk/browser. Status 77 and one line where something that it needs is not there.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from browser import CHROMIUM, SKIPPED, missing  # noqa: E402  (tests/browser.py)
from desk_client import Desk  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--konsekid", required=True)
    parser.add_argument("--modules", required=True, type=Path)
    parser.add_argument("--shots", type=Path, help="writes a picture of every page here")
    options = parser.parse_args()
    lacks = missing(options.modules)
    if lacks:
        print(f"skipped: {lacks}")
        return SKIPPED
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    with Desk(options.konsekid) as desk:
        if b'type="module"' not in desk.client().get("/").body:
            print("skipped: this konsekid was built without its pages")
            return SKIPPED
        url = f"http://127.0.0.1:{desk.port}/"
        token = desk.wait_for(r"/first-login#([0-9a-f]{64})")
        node = shutil.which("node") or shutil.which("nodejs")
        shots = [str(options.shots)] if options.shots else []
        return subprocess.run([node, str(HERE / "browser/check.mjs"), str(options.modules), CHROMIUM, url,
                               f"{url}first-login#{token}", *shots]).returncode


if __name__ == "__main__":
    sys.exit(main())
