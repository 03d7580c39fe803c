#!/usr/bin/env python3
"""Compares our records with what two other parsers made of the same logs, field by field.

    expected_records.py KONSEKI

KONSEKI            the program
$KONSEKI_DATA      else corpus/ of the checkout: holds evtx/ with expected-json/ (the `evtx` crate 0.14) and
                   expected-xml/ (libevtx)
$KONSEKI_MANIFESTS else the data folder beside the checkout: holds evtx/manifest.tsv

Both sides become a list of (path, text) per record, keyed by the record's number, after this normalisation:

  empty      an element without a value, one that is left out, null and "" are the same: the crate of that version
             prints elements that depend on a null value, Windows leaves them out
  case       GUIDs lose their braces, and all text is compared without case: the witnesses print GUIDs in upper case
  times      are cut to whole microseconds: the crate prints six digits, libevtx nine
  Data       names are kept, their numbering (`_1`) is not, and a list is its items: the crate of that version lost
             repeated names (compared as "is one of ours")
  numbers    hex without leading zeros; floats to six digits; size_t is decimal in the crate and hex on Windows
  libevtx    prints 0x-numbers in lower case with leading zeros, times of 0 as empty, SIDs of revision 0 not at all,
             and line breaks in values as they are

A difference that is left must stand in EXPLAINED by the log's digest, with its reason. Status 77 without the data.
"""

import csv
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

SKIPPED_STATUS = 77

# (witness, first 12 hex digits of the log's SHA-256): (differing records at most, reason)
EXPLAINED: dict[tuple[str, str], tuple[int, str]] = {
    ("xml", "e7fae925a8c2"): (419, "libevtx prints the upper half of a pointer-sized value of 8 bytes: 0x00000000 for "
                              "the process ids 0x4, 0x1f8 … that the crate and the record's bytes show"),
    ("xml", "a687d8b81ff5"): (96, "libevtx prints a negative 32-bit integer as minus the value without its sign bit: "
                             "-295007 for 0x8004805f (-2147188641), where the crate agrees with us"),
}

GUID = re.compile(r"^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$")
TIME = re.compile(r"^(\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d)(?:\.(\d+))?z?$")
HEX = re.compile(r"^0x0*([0-9a-f]+)$")
NUMBERED = re.compile(r"^(.*)_\d+$")


def plain(value: object) -> str:
    """A value in the form in which it is compared."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).lower().strip("\0")
    # Line ends and blanks around a value: XML parsers change them.
    text = re.sub(r"\s+", " ", text).strip()
    if found := GUID.match(text):
        return found[1]
    if found := TIME.match(text):
        return f"{found[1]}.{(found[2] or '').ljust(6, '0')[:6]}"
    if found := HEX.match(text):
        return str(int(found[1], 16))
    if re.fullmatch(r"-?\d+\.\d+(e[-+]?\d+)?", text):
        return f"{float(text):.6g}"
    # What XML cannot hold.
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufffd|_", "", text)


def flatten_json(node: object, path: str, out: list[tuple[str, str]]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "xmlns":
                continue
            if key in ("#attributes", "#text"):
                flatten_json(value, path, out)
                continue
            numbered = NUMBERED.match(key)
            flatten_json(value, f"{path}/{numbered[1] if numbered else key}", out)
    elif isinstance(node, list):
        for item in node:
            flatten_json(item, path, out)
    elif text := plain(node):
        out.append((path, text))


def flatten_xml(node: ElementTree.Element, path: str, out: list[tuple[str, str]]) -> None:
    name = node.tag.rsplit("}", 1)[-1]
    is_data = name == "Data"
    shown = node.get("Name", "Data") if is_data else name
    here = f"{path}/{shown}"
    numbered = NUMBERED.match(here)
    here = numbered[1] if numbered else here
    for key, value in node.attrib.items():
        if not (is_data and key == "Name") and (text := plain(value)):
            out.append((f"{here}/{key.rsplit('}', 1)[-1]}", text))
    if len(node) == 0 and (text := plain(node.text)):
        out.append((here, text))
    for child in node:
        flatten_xml(child, here, out)


def our_events(konseki: str, log: Path) -> list[list[tuple[str, str]]]:
    done = subprocess.run([konseki, "records", "--threads", "1", "--format", "evtx-json", str(log)],
                          capture_output=True, check=False)
    events = []
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        out: list[tuple[str, str]] = []
        flatten_json(json.loads(line), "", out)
        events.append(out)
    return events


def json_events(path: Path) -> list[list[tuple[str, str]]]:
    events = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        row = json.loads(line)
        if "e" not in row:
            continue
        out: list[tuple[str, str]] = []
        event = row["e"] if isinstance(row["e"], dict) else json.loads(row["e"])
        flatten_json(event, "", out)
        events.append(out)
    return events


def xml_events(path: Path) -> list[list[tuple[str, str]]]:
    events = []
    for text in path.read_text(encoding="utf-8", errors="replace").split("\x1e"):
        text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).strip()
        if not text or text.startswith("ERROR"):
            continue
        try:
            root = ElementTree.fromstring(text)
        except ElementTree.ParseError:
            continue  # libevtx does not escape everything
        out: list[tuple[str, str]] = []
        flatten_xml(root, "", out)
        events.append(out)
    return events


def key_of(event: list[tuple[str, str]]) -> tuple[str, str, str]:
    """Number, event id and time of an event."""
    values = dict(event)
    return (values.get("/Event/System/EventRecordID", ""), values.get("/Event/System/EventID", ""),
            values.get("/Event/System/TimeCreated/SystemTime", ""))


def unlike(ours: list[list[tuple[str, str]]], theirs: list[list[tuple[str, str]]]) -> list[str]:
    """What they have and we do not, a line per record."""
    by_key: dict[tuple[str, str, str], list[Counter]] = {}
    for event in ours:
        by_key.setdefault(key_of(event), []).append(Counter(event))
    out = []
    for event in theirs:
        wanted = Counter(event)
        candidates = by_key.get(key_of(event), [])
        if any(not wanted - candidate for candidate in candidates):
            continue
        missing = min((wanted - candidate for candidate in candidates), key=lambda c: sum(c.values()), default=None)
        shown = "no such record of ours" if missing is None else str(list(missing)[:3])[:400]
        out.append(f"{key_of(event)}: {shown}")
    return out


def main() -> int:
    konseki, root = sys.argv[1], Path(__file__).resolve().parent.parent
    data = Path(os.environ.get("KONSEKI_DATA") or root / "corpus")
    manifests = Path(os.environ.get("KONSEKI_MANIFESTS") or root.parent / "shared" / "data")
    manifest = manifests / "evtx" / "manifest.tsv"
    if not (data / "evtx" / "expected-json").is_dir() or not manifest.is_file():
        print("no test data: skipped")
        return SKIPPED_STATUS
    bad = compared = 0
    with manifest.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row["kind"] != "derived-corrupt"]
    for row in {row["sha256"]: row for row in rows}.values():
        digest = row["sha256"]
        ours = our_events(konseki, data / "evtx" / row["path"])
        for witness, path, read in (("json", f"expected-json/{digest[:2]}/{digest}.jsonl", json_events),
                                    ("xml", f"expected-xml/{digest[:2]}/{digest}.xml.txt", xml_events)):
            theirs = read(data / "evtx" / path)
            compared += len(theirs)
            lines = unlike(ours, theirs)
            allowed, _ = EXPLAINED.get((witness, digest[:12]), (0, ""))
            if len(lines) > allowed:
                bad += len(lines)
                print(f"{witness} {digest[:12]} {row['path']}: {len(lines)} of {len(theirs)} records differ")
                for line in lines[:2]:
                    print(f"    {line}")
    print(f"{compared} records compared, {bad} differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
