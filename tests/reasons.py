#!/usr/bin/env python3
"""Holds the reasons that the code gives for a rule against their sentences in both languages.

    reasons.py [ROOT]     one line per reason without a sentence, or sentence without a reason; status 1

The code writes a reason in English, which reports for machines keep. People are told it in their language:
messages/en/reason.json has the same English with `{names}`, by which render::reword finds the Japanese. A
reason that the catalogue does not know would be shown in English only.
"""

import json
import re
import sys
from pathlib import Path

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# What may stand between two literals of one text: nothing, or `+ expression +`.
BETWEEN = re.compile(r"\s*(?:\+[^,;{}?\"]*\+\s*)?")
# Messages about a table of log sources, or of advice; their reader is who wrote the table.
LEFT_OUT = {"route.cpp", "log_sources.cpp", "extend_log_sources.cpp", "advice.cpp"}
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def texts(source: str) -> list[str]:
    """Every text of more than one word, `"a " + b + "c"` as `a {}c`."""
    found, text, end = [], "", 0
    for literal in STRING.finditer(source):
        between = source[end:literal.start()]
        if text and BETWEEN.fullmatch(between):
            text += ("{}" if "+" in between else "") + unescaped(literal.group(1))
        else:
            found.append(text)
            text = ("{}" if re.search(r"\+\s*$", between) else "") + unescaped(literal.group(1))
        end = literal.end()
        if re.match(r"\s*\+(?![^,;{}?\"]*\+\s*\")", source[end:]):
            text += "{}"
    return [text for text in found + [text] if re.search(r"[A-Za-z]{2,}:? [^ ]|: $", text)]


def reasons(path: Path) -> set[str]:
    source = path.read_text(encoding="utf-8")
    source = re.sub(r"//[^\n]*|^#include[^\n]*|require\([^;]*;", "", source, flags=re.MULTILINE)
    return {text + "{}" if text.endswith(": ") else text for text in texts(source)}


def why_none(root: Path) -> set[str]:
    """Why no Windows event log has a source, and the one reason that is not in the table."""
    table = (root / "rules/windows-logsources.yml").read_text(encoding="utf-8")
    found = {text.strip() for text in re.findall(r"^[^#\n]*\bnone: ([^}\n]*)", table, re.MULTILINE)}
    return found | {"the category is not written to the channels of the service"}


def main(root: Path) -> int:
    catalogue = json.loads((root / "messages/en/reason.json").read_text(encoding="utf-8"))
    known = {PLACEHOLDER.sub("{}", text) for text in catalogue.values()}
    given = {"rules/windows-logsources.yml": why_none(root)}
    for path in sorted([*(root / "lib/detect/sigma").glob("*.cpp"), *(root / "lib/detect/organisation").glob("*.cpp")]):
        if not path.name.endswith("_test.cpp") and path.name not in LEFT_OUT:
            given[path.name] = reasons(path)
    wrong = [f"{name}: no sentence for the reason: {text}"
             for name, texts_of in given.items() for text in sorted(texts_of - known)]
    wrong += [f"messages/en/reason.json: no code gives this reason: {text}"
              for text in sorted(known - set().union(*given.values()))]
    print("\n".join(wrong) if wrong else f"reasons: {len(known)} sentences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent))
