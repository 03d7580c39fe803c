#!/usr/bin/env python3
"""Keeps what the compiler does not: rooms, lengths, banned words, docstrings, message catalogues.

    tidy.py [ROOT]     checks the tree; one line per broken rule, status 1 where there is one

The table of rooms is that of docs/architecture.md. Python's standard library only.
"""

import json
import re
import sys
from pathlib import Path

from tidy_code import (FILE_RULE, FUNCTION_RULE, Problem, check_docstrings, check_lengths, check_words,
                       functions, is_test, line_of)

# Room -> (level, rooms that it may use). A room uses only rooms on lower levels, and of those only these.
ROOMS: dict[str, tuple[int, str]] = {
    "base": (0, ""),
    "records": (1, "base"),
    "render": (1, "base"),
    "containers": (1, "base"),
    "scenario": (1, "base"),
    "traces": (2, "base records"),
    "evidence": (2, "base containers"),
    "formats": (2, "base records containers"),
    "findings": (3, "base records traces"),
    "detect": (4, "base records traces findings"),
    "story": (4, "base traces findings"),
    "casebook": (4, "base traces findings"),
    "report": (5, "base records findings traces story render"),
    "examine": (5, "base records containers evidence formats traces findings detect"),
    "exchange": (5, "base traces findings casebook"),
    "link": (5, "base traces casebook"),
    "store": (5, "base traces findings casebook"),
    "kit": (6, "base records containers evidence traces findings detect story examine report exchange render scenario"),
    "desk": (6, "base traces findings casebook link store story examine report exchange render"),
    "server": (7, "desk casebook findings traces render base"),
}
PROGRAMS = {"konseki": {"base", "kit"}, "konsekid": {"base", "render", "server", "desk", "store"}}

CODE = {".cpp", ".h"}
SKIPPED = {"build", "corpus", ".git", "node_modules"}


def allowed(room: str) -> set[str]:
    return set(ROOMS[room][1].split())


def allowed_in_test(room: str) -> set[str]:
    """A test may look at anything below its room, and at made evidence."""
    return {other for other, (level, _) in ROOMS.items() if level < ROOMS[room][0]} | {"scenario"} | allowed(room)


def tree_files(root: Path) -> list[Path]:
    found = []
    for top in ("lib", "programs", "tests", "fuzz", "bench"):
        for path in sorted((root / top).rglob("*")):
            parts = path.relative_to(root).parts
            if path.is_file() and not SKIPPED & set(parts):
                found.append(path)
    return found


INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def check_includes(root: Path, path: Path, text: str) -> list[Problem]:
    """Quoted includes: rooms by the table, the rest from the room's own folder, never through `..`."""
    relative = path.relative_to(root)
    name, top = relative.as_posix(), relative.parts[0]
    room = relative.parts[1] if top == "lib" else ""
    if top == "lib" and room not in ROOMS:
        return [Problem(name, 1, f"lib/{room} is not a room of docs/architecture.md")]
    problems = []
    for match in INCLUDE.finditer(text):
        target, line = match.group(1), line_of(text, match.start(1))
        parts = target.split("/")
        if ".." in parts:
            problems.append(Problem(name, line, f'"{target}": no way out of the room through ..'))
        elif parts[0] == "konseki":
            problems += check_room_include(root, relative, room, parts, line)
        elif top == "lib" and not any((base / target).is_file() for base in (root / "lib" / room, path.parent)):
            problems.append(Problem(name, line, f'"{target}" is not in lib/{room}: include it as konseki/<room>/…'))
    return problems


def check_room_include(root: Path, relative: Path, room: str, parts: list[str], line: int) -> list[Problem]:
    name, target = relative.as_posix(), parts[1]
    if target not in ROOMS:
        return [Problem(name, line, f"konseki/{target} is not a room")]
    if not (root / "lib" / target / "include" / Path(*parts)).is_file():
        return [Problem(name, line, f"{'/'.join(parts)} is not a public header")]
    if relative.parts[0] == "programs":
        permitted = PROGRAMS.get(relative.parts[1], set())
    elif relative.parts[0] == "lib":
        permitted = (allowed_in_test(room) if is_test(name) else allowed(room)) | {room}
    else:
        permitted = set(ROOMS)
    if target in permitted:
        return []
    return [Problem(name, line, f"{room or relative.parts[1]} may not use {target} (docs/architecture.md)")]


def room_call(text: str) -> dict[str, list[str]]:
    """The arguments of the konseki_room call of a CMakeLists.txt, by keyword."""
    text = re.sub(r"#.*", "", text)
    match = re.search(r"konseki_room\s*\((.*?)\)", text, re.DOTALL)
    words = match.group(1).split() if match else []
    arguments: dict[str, list[str]] = {}
    keyword = ""
    for word in words:
        if re.fullmatch(r"NAME|USES|HIDDEN_USES|LIBS|SOURCES|TESTS|TEST_LIBS|TEST_USES", word):
            keyword = word
            arguments.setdefault(keyword, [])
        elif keyword:
            arguments[keyword].append(word)
    return arguments


def check_room_cmake(root: Path, room: str) -> list[Problem]:
    """USES and HIDDEN_USES within the table; every include is covered by the list that fits its file."""
    file = root / "lib" / room / "CMakeLists.txt"
    name = file.relative_to(root).as_posix()
    if not file.is_file():
        return []
    call = room_call(file.read_text(encoding="utf-8"))
    uses, hidden = set(call.get("USES", [])), set(call.get("HIDDEN_USES", []))
    problems = [Problem(name, 1, f"{room} may not use {other}") for other in sorted((uses | hidden) - allowed(room))]
    problems += [Problem(name, 1, f"the tests of {room} may not use {other}")
                 for other in sorted(set(call.get("TEST_USES", [])) - allowed_in_test(room))]
    for path in sorted(file.parent.rglob("*")):
        if path.suffix not in CODE or is_test(path.name):
            continue
        public = "include" in path.relative_to(file.parent).parts
        for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
            parts = match.group(1).split("/")
            if parts[0] == "konseki" and parts[1] not in (uses if public else uses | hidden) | {room}:
                keyword = "USES" if public else "USES or HIDDEN_USES"
                problems.append(Problem(path.relative_to(root).as_posix(), 1,
                                        f"includes {match.group(1)}: {name} must list {parts[1]} under {keyword}"))
    return problems


def check_cmake_lists(root: Path, room: str) -> list[Problem]:
    """Every .cpp of a room is built, every test is run: named in its CMakeLists.txt or in a list beside it."""
    file = root / "lib" / room / "CMakeLists.txt"
    if not file.is_file():
        return []
    lists = [file, *sorted(file.parent.rglob("*.cmake"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in lists)
    return [Problem(path.relative_to(root).as_posix(), 1, "is not named in the room's CMakeLists.txt")
            for path in sorted(file.parent.rglob("*.cpp"))
            if path.relative_to(file.parent).as_posix() not in text]


POINTS = re.compile(r"^(?:\d+\.|-|    )", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def check_catalogues(root: Path, sources: str) -> list[Problem]:
    """messages/ja and messages/en: same files, same keys, same placeholders, nothing empty or unused."""
    problems = []
    names = {lang: {p.name for p in (root / "messages" / lang).glob("*.json")} for lang in ("ja", "en")}
    for lang, other in (("ja", "en"), ("en", "ja")):
        problems += [Problem(f"messages/{lang}/{n}", 1, f"is missing in messages/{other}")
                     for n in sorted(names[lang] - names[other])]
    for name in sorted(names["ja"] & names["en"]):
        try:
            texts = {lang: json.loads((root / "messages" / lang / name).read_text(encoding="utf-8"))
                     for lang in ("ja", "en")}
        except ValueError as error:
            problems.append(Problem(f"messages/*/{name}", 1, f"is not JSON: {error}"))
            continue
        problems += compare_catalogues(name, texts, sources)
    return problems


def check_guide(root: Path) -> list[Problem]:
    """messages/{ja,en}/guide: the same pages, as many numbered points in each, nothing empty; a script in ASCII."""
    problems = []
    folders = {lang: root / "messages" / lang / "guide" for lang in ("ja", "en")}
    if not any(folder.is_dir() for folder in folders.values()):
        return []
    pages = {lang: {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*")} for lang, folder in folders.items()}
    for lang, other in (("ja", "en"), ("en", "ja")):
        for name, text in sorted(pages[lang].items()):
            path = f"messages/{lang}/guide/{name}"
            if name not in pages[other]:
                problems.append(Problem(path, 1, f"is missing in messages/{other}/guide"))
            elif not text.strip():
                problems.append(Problem(path, 1, "is empty"))
            elif lang == "ja" and POINTS.findall(text) != POINTS.findall(pages[other][name]):
                problems.append(Problem(path, 1, f"has other points than messages/{other}/guide/{name}"))
    for path in sorted((root / "rules" / "guide").glob("*.cmd")):
        if not path.read_bytes().isascii():
            problems.append(Problem(path.relative_to(root).as_posix(), 1,
                                    "sentences for people stand in messages/*/guide.json"))
    return problems


def compare_catalogues(name: str, texts: dict, sources: str) -> list[Problem]:
    problems = []
    for lang, other in (("ja", "en"), ("en", "ja")):
        path = f"messages/{lang}/{name}"
        for key, text in texts[lang].items():
            if key not in texts[other]:
                problems.append(Problem(path, 1, f"{key} is missing in messages/{other}"))
            if not isinstance(text, str) or not text.strip():
                problems.append(Problem(path, 1, f"{key} is empty"))
    for key in sorted(texts["ja"].keys() & texts["en"].keys()):
        ja, en = (sorted(set(PLACEHOLDER.findall(str(texts[lang][key])))) for lang in ("ja", "en"))
        if ja != en:
            problems.append(Problem(f"messages/*/{name}", 1, f"{key}: placeholders differ: ja {ja}, en {en}"))
        # Reasons are found by their English text: tests/reasons.py holds them against the code.
        if name != "reason.json" and f'"{key}"' not in sources:
            problems.append(Problem(f"messages/*/{name}", 1, f"{key} is used nowhere"))
    return problems


def check_tree(root: Path) -> list[Problem]:
    problems = []
    sources = []
    for path in tree_files(root):
        name = path.relative_to(root).as_posix()
        if path.suffix not in CODE:
            continue
        if not re.fullmatch(r"[a-z0-9_]+\.(cpp|h)", path.name):
            problems.append(Problem(name, 1, "file names are snake_case"))
        text = path.read_text(encoding="utf-8")
        sources.append(text)
        problems += check_lengths(name, text) + check_words(name, text) + check_includes(root, path, text)
        if "/include/konseki/" in name:
            problems += check_docstrings(name, text)
    for room in ROOMS:
        problems += check_room_cmake(root, room) + check_cmake_lists(root, room)
    return problems + check_catalogues(root, "\n".join(sources)) + check_guide(root)


def summary(root: Path) -> str:
    """How much of the tree is past the rule, though within the limit."""
    files = [p for p in tree_files(root) if p.suffix in CODE]
    texts = [p.read_text(encoding="utf-8") for p in files]
    lengths = [f.lines for text in texts for f in functions(text)]
    long_files = sum(text.count("\n") > FILE_RULE for text in texts)
    return (f"tidy: {len(files)} files ({long_files} over {FILE_RULE} lines), "
            f"{len(lengths)} functions ({sum(n > FUNCTION_RULE for n in lengths)} over {FUNCTION_RULE} lines)")


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    problems = check_tree(root)
    for problem in problems:
        print(problem)
    print(summary(root))
    if problems:
        print(f"tidy: {len(problems)} broken rules")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
