#!/usr/bin/env python3
"""ui/src/api/types.ts and ui/src/entities.ts against what the program says of itself.

    types_test.py --konsekid PROGRAM

Each interface has the members of its entity, each list of codes the codes of its field; a form shows no field that a
plain write may not change, and the routes that the pages ask exist.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "ui/src"
INTERFACE = re.compile(r"export interface (\w+) extends Header \{\n(.*?)\n\}", re.DOTALL)
MEMBER = re.compile(r"^  (\w+)\??: (.*);$", re.MULTILINE)


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def codes_of(text: str) -> dict[str, list[str]]:
    """The lists of CODES by their names."""
    body = text[text.index("export const CODES = {"):text.index("} as const;")]
    return {name: re.findall(r"'(\w+)'", values) for name, values in re.findall(r"(\w+): \[(.*?)\]", body, re.DOTALL)}


def problems_of_field(entity: str, field: dict, written: str, codes: dict[str, list[str]]) -> list[str]:
    where = f"{entity}.{field['name']}"
    problems = []
    used = re.search(r"Code<'(\w+)'>", written)
    if field["codes"] and (not used or codes.get(used.group(1)) != field["codes"]):
        problems.append(f"{where}: its codes are {field['codes']}, not those of {written}")
    if field["is_answer"] != written.startswith("Answer<"):
        problems.append(f"{where}: is an answer in one place only")
    if (field["type"] == "boolean") != (written == "boolean"):
        problems.append(f"{where}: is a boolean in one place only")
    return problems


def check_interfaces(entities: list[dict], text: str) -> list[str]:
    interfaces = {name: dict(MEMBER.findall(body)) for name, body in INTERFACE.findall(text)}
    codes = codes_of(text)
    problems = []
    for entity in entities:
        name = camel(entity["name"])
        members = interfaces.get(name, {})
        fields = {field["name"]: field for field in entity["fields"]}
        problems += [f"{name}: {one} stands in one place only" for one in sorted(fields.keys() ^ members.keys())]
        for field in fields.keys() & members.keys():
            problems += problems_of_field(name, fields[field], members[field], codes)
    return problems


def check_forms(entities: list[dict], text: str) -> list[str]:
    problems = []
    body = text[text.index("export const FIELDS"):]
    for entity in entities:
        part = re.search(rf"^  '?{re.escape(entity['plural'])}'?: \[(.*?)\],?$\n(?=  \S|\}})", body, re.DOTALL | re.MULTILINE)
        if not part:
            problems.append(f"FIELDS has no {entity['plural']}")
            continue
        fields = {field["name"]: field for field in entity["fields"]}
        for name in re.findall(r"name: '(\w+)'", part.group(1)):
            if name not in fields or fields[name]["by_desk"]:
                problems.append(f"FIELDS.{entity['plural']}: nobody may write {name}")
    return problems


def check_routes(routes: list[dict]) -> list[str]:
    """Every literal path that a page asks is a route."""
    patterns = [re.compile("/" + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route["path"])) + "$") for route in routes]
    problems = []
    for file in sorted(UI.rglob("*.ts*")):
        for path in re.findall(r"call(?:<[^(]*>)?\('(?:GET|POST|PUT|PATCH|DELETE)',\s*[`']([^`']+)[`']", file.read_text(encoding="utf-8")):
            if path.startswith("/${plural}"):
                continue  # a thing of any kind, or an act on it: asked with a name from Plural
            asked = re.sub(r"\$\{[^}]+\}", "x", path)
            if not any(pattern.match(asked) for pattern in patterns):
                problems.append(f"{file.name} asks {path}, which is no route")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--konsekid", required=True)
    options = parser.parse_args()
    described = json.loads(subprocess.run([options.konsekid, "describe"], capture_output=True, check=True).stdout)
    entities = described["entities"]
    problems = check_interfaces(entities, (UI / "api/types.ts").read_text(encoding="utf-8"))
    problems += check_forms(entities, (UI / "entities.ts").read_text(encoding="utf-8"))
    problems += check_routes(described["routes"])
    for problem in problems:
        print(problem)
    print(f"{len(entities)} entities, {len(described['routes'])} routes, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
