#!/usr/bin/env python3
"""Documents of the desk against the program: api/openapi.yaml, its routes, docs/rights.md.

    api_test.py --konsekid PROGRAM
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "api"))
import write_openapi  # noqa: E402


def routes_differ(description: dict) -> list[str]:
    """Every route of the program is documented, and the other way round."""
    documented = {(method, path[1:]) for path, methods in write_openapi.document(description)["paths"].items()
                  for method in methods}
    served = set()
    for route in description["routes"]:
        method = route["method"].rstrip("_")
        if "{things}" not in route["path"]:
            served.add((method, route["path"]))
            continue
        for entity in description["entities"]:
            if route["path"].endswith("/reveal") and not any(f["is_contact"] for f in entity["fields"]):
                continue
            served.add((method, route["path"].replace("{things}", entity["plural"])))
    return [f"only documented: {one}" for one in sorted(documented - served)] + \
           [f"not documented: {one}" for one in sorted(served - documented)]


def rights_differ(description: dict) -> list[str]:
    text = (ROOT / "docs/rights.md").read_text(encoding="utf-8")
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    roles = lines[0][2:]
    told = {cells[0]: [role for role, mark in zip(roles, cells[2:]) if mark == "x"] for cells in lines[2:]}
    return [f"docs/rights.md: {act}: {told.get(act)} there, {allowed} in the program"
            for act, allowed in description["rights"].items() if told.get(act) != allowed] + \
           [f"docs/rights.md: {act} is no act" for act in told if act not in description["rights"]]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--konsekid", required=True)
    options = parser.parse_args()
    described = subprocess.run([options.konsekid, "describe"], capture_output=True, check=True).stdout
    description = json.loads(described)
    problems = routes_differ(description) + rights_differ(description)
    if (ROOT / "api/openapi.yaml").read_text(encoding="utf-8") != write_openapi.text(options.konsekid):
        problems.append("api/openapi.yaml is not what api/write_openapi.py writes: run it with --write")
    names = {entity["name"] for entity in description["entities"]}
    in_casebook = re.findall(r"static constexpr Entity entity", (ROOT / "lib/casebook/include/konseki/casebook/entities.h")
                             .read_text(encoding="utf-8"))
    if len(names) != len(in_casebook):
        problems.append(f"{len(in_casebook)} entities in casebook, {len(names)} described")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
