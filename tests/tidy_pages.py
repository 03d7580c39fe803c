"""The rules of ui/, the desk's pages: what TypeScript does not keep."""

import re
from pathlib import Path

from tidy_code import FILE_LIMIT, JAPANESE, LEFTOVER, Problem, line_of

SUFFIXES = {".ts", ".tsx", ".mjs", ".css", ".html", ".svg"}
MADE = {"node_modules", "dist", "dist-test"}
BANNED = [
    (r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|DOMParser)\b",
     "markup made from text: write elements"),
    (r"\b(eval|new Function|document\.write)\s*\(", "a script made from text"),
    (r"<[^<>]*\sstyle=", "a style attribute: the content policy refuses it; write a class"),
    (r"@ts-(ignore|nocheck|expect-error)\b|\bas any\b|:\s*any\b", "a way round the types"),
    (r"\b(sessionStorage|indexedDB|document\.cookie)\b", "a browser's storage: no place for what a victim told"),
    (r"\bhttps?://(?!www\.w3\.org/2000/svg)", "another host: the pages ask the desk only"),
]
# A choice of language and a switch, nothing else.
STORING = {"ui/src/words/index.ts", "ui/src/keys.ts", "ui/src/app.tsx"}


def check_page_file(path: str, text: str) -> list[Problem]:
    """One file of ui/; tests are held to less."""
    problems = [Problem(path, line_of(text, m.start()), f"{m.group(0)} is left over") for m in LEFTOVER.finditer(text)]
    lines = text.count("\n")
    if lines > FILE_LIMIT:
        problems.append(Problem(path, lines, f"file has {lines} lines, the limit is {FILE_LIMIT}"))
    if path.startswith("ui/test/"):
        return problems
    for pattern, reason in BANNED:
        problems += [Problem(path, line_of(text, m.start()), reason) for m in re.finditer(pattern, text)]
    if path not in STORING:
        problems += [Problem(path, line_of(text, m.start()), "a browser's storage: no place for what a victim told")
                     for m in re.finditer(r"\blocalStorage\b", text)]
    if not path.startswith("ui/src/words/"):
        problems += [Problem(path, line_of(text, m.start()), "Japanese text belongs to ui/src/words")
                     for m in JAPANESE.finditer(text)]
    return problems


def check_pages(root: Path) -> list[Problem]:
    """Everything that people wrote in ui/."""
    problems = []
    for path in sorted((root / "ui").rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and path.suffix in SUFFIXES and not MADE & set(name.parts):
            problems += check_page_file(name.as_posix(), path.read_text(encoding="utf-8"))
    return problems
