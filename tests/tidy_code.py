"""Checks that look at one C++ file: lengths, banned words, docstrings. Used by tidy.py."""

import re
from dataclasses import dataclass

FUNCTION_RULE, FUNCTION_LIMIT = 40, 70
FILE_RULE, FILE_LIMIT = 300, 600

# Functions past the limit, each with its reason: "path: name" -> why it stays whole.
LONG_FUNCTIONS: dict[str, str] = {}


@dataclass(frozen=True)
class Problem:
    """One broken rule at one place."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


TOKEN = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r'|(?P<raw>R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+')",
    re.DOTALL,
)


def blank(text: str) -> str:
    """Same number of characters and lines, nothing but blanks."""
    return re.sub(r"[^\n]", " ", text)


def strip(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Code without comments and literals (offsets kept), and the string literals with their offsets."""
    strings: list[tuple[int, str]] = []

    def replace(match: re.Match) -> str:
        whole = match.group(0)
        if match.group("comment"):
            return blank(whole)
        if match.group("raw") or match.group("string"):
            strings.append((match.start(), whole))
        return whole[0] + blank(whole[1:-1]) + whole[-1]

    return TOKEN.sub(replace, text), strings


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def without_directives(code: str) -> str:
    """Preprocessor lines blanked, with their continuation lines: their braces need not balance."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: blank(m.group(0)), code, flags=re.MULTILINE)


@dataclass(frozen=True)
class Function:
    name: str
    first: int  # line
    last: int

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


SCOPE_HEAD = re.compile(r"^\s*(inline\s+)?namespace\b|^\s*extern\s*\"")
TYPE_HEAD = re.compile(r"^[^()=]*\b(class|struct|union|enum)\b[^()]*$")
MEMBER_INIT = re.compile(r"\)\s*(noexcept\s*)?:[^:].*[\w>]\s*$", re.DOTALL)


def matching_brace(code: str, at: int) -> int:
    depth = 0
    for position in range(at, len(code)):
        if code[position] == "{":
            depth += 1
        elif code[position] == "}":
            depth -= 1
            if depth == 0:
                return position
    return len(code) - 1


def is_function_head(head: str) -> bool:
    flat = re.sub(r"operator\s*[^\s\w(]+", "operator_", head)
    flat = re.sub(r"\[\[.*?\]\]|alignas\s*\([^)]*\)", " ", flat, flags=re.DOTALL)
    depth = 0
    for character in flat:
        depth += (character in "(<") - (character in ")>")
        if character == "=" and depth <= 0:
            return False
    return "(" in flat


def name_of(head: str) -> str:
    quoted = re.match(r"\s*(TEST_CASE|SCENARIO)\b", head)
    if quoted:
        return quoted.group(1)
    match = re.search(r"([\w:~]+|operator\s*\S+?)\s*\(", head)
    return match.group(1) if match else "?"


def functions(text: str) -> list[Function]:
    """Every function body at namespace or class level; lambdas and local types count to what holds them."""
    code = without_directives(strip(text)[0])
    found: list[Function] = []
    start, position, parens = 0, 0, 0
    while position < len(code):
        character = code[position]
        if character in "()":
            parens += 1 if character == "(" else -1
        elif parens == 0 and character in ";}":
            start = position + 1
        elif parens == 0 and character == "{":
            head = re.sub(r"\b(public|private|protected)\s*:", lambda m: blank(m.group(0)), code[start:position])
            if MEMBER_INIT.search(head):
                position = matching_brace(code, position)
            elif SCOPE_HEAD.search(head) or TYPE_HEAD.search(re.sub(r"template\s*<.*?>\s*(?=class|struct|union)", "", head, flags=re.DOTALL)):
                start = position + 1
            else:
                end = matching_brace(code, position)
                if is_function_head(head):
                    first = start + len(head) - len(head.lstrip())
                    found.append(Function(name_of(head), line_of(code, first), line_of(code, end)))
                position, start = end, end + 1
        position += 1
    return found


def check_lengths(path: str, text: str) -> list[Problem]:
    problems = []
    lines = text.count("\n")
    if lines > FILE_LIMIT:
        problems.append(Problem(path, lines, f"file has {lines} lines, the limit is {FILE_LIMIT}"))
    for function in functions(text):
        if function.lines > FUNCTION_LIMIT and f"{path}: {function.name}" not in LONG_FUNCTIONS:
            problems.append(Problem(path, function.first,
                                    f"{function.name} has {function.lines} lines, the limit is {FUNCTION_LIMIT}"))
    return problems


def is_test(path: str) -> bool:
    """x_test.cpp, what several of those share (test_x.cpp, test_x.h), and the tests of the whole tree."""
    return path.endswith("_test.cpp") or path.startswith("tests/") or bool(re.search(r"(^|/)test_\w+\.(cpp|h)$", path))


def outside(*prefixes: str):
    return lambda path: not is_test(path) and not path.startswith(prefixes)


def everywhere(path: str) -> bool:
    return True


def in_libraries(path: str) -> bool:
    return path.startswith("lib/") and not is_test(path)


# (where it is banned, what, what to do instead), on code without comments and literals.
BANNED = [
    (outside("programs/", "lib/kit/", "bench/", "fuzz/", "lib/scenario/tool/",
             "lib/base/result.cpp"),  # broken_invariant's last words
     r"\bstd::(cout|cerr|clog)\b|\b(printf|fprintf|vprintf|vfprintf|snprintf|vsnprintf|puts|fputs|putchar)\s*\(",
     "console output and the printf family belong to programs and kit"),
    (everywhere, r"\bv?sprintf\s*\(", "sprintf does not know the buffer's size: use fmt"),
    (everywhere, r"(?<!operator )\bnew\b(?!\s*\()", "new: use std::make_unique or a container"),
    (everywhere, r"(?<!= )\bdelete\b(?!\s*;)", "delete: ownership is unique_ptr's or a container's"),
    (outside("lib/base/"), r"\breinterpret_cast\b", "reinterpret_cast stands only in base (as_bytes, as_text, load_le)"),
    (everywhere, r"\bstd::w?regex\b", "std::regex is slow and recurses: use RE2"),
    (in_libraries, r"\bstd::shared_ptr\b|\bstd::make_shared\b", "shared_ptr needs a decision record"),
    (in_libraries, r"\bthrow\b", "a library never throws: return a Result"),
    (outside("lib/examine/", "lib/desk/", "lib/server/", "bench/"), r"\bstd::(j?thread|async)\b(?!::hardware)",
     "threads are started only in examine, desk and server"),
    (outside("programs/", "bench/", "fuzz/"),
     r"\b(system_clock|steady_clock|high_resolution_clock)::now\b|\bgetenv\s*\(|\bsetlocale\s*\(|\brandom_device\b|\bclock_gettime\s*\(|\bgettimeofday\s*\(",
     "clock, randomness, environment and locale are read in programs and handed down as values"),
    (outside("lib/server/"), r"(?<![\w.>])(::)?(socket|connect|getaddrinfo)\s*\(", "sockets belong to server"),
]
HEADER_BANNED = [
    (r"^\s*#\s*include\s*<(iostream|fmt/[^>]*|regex)>", "costly include in a header"),
    (r"^\s*using\s+namespace\b", "using namespace in a header"),
]
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+TABLE)\b", re.DOTALL)
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")


def check_words(path: str, text: str) -> list[Problem]:
    code, strings = strip(text)
    problems = []
    for applies, pattern, reason in BANNED:
        if applies(path):
            problems += [Problem(path, line_of(code, m.start()), reason)
                         for m in re.finditer(pattern, without_directives(code))]
    if path.endswith(".h"):
        for pattern, reason in HEADER_BANNED:
            problems += [Problem(path, line_of(text, m.start()), reason)
                         for m in re.finditer(pattern, code if "using" in pattern else text, re.MULTILINE)]
        if "#pragma once" not in text:
            problems.append(Problem(path, 1, "a header starts with #pragma once"))
    if in_libraries(path):
        problems += [Problem(path, line_of(text, m.start()), "iostream in a library")
                     for m in re.finditer(r"^\s*#\s*include\s*<iostream>", text, re.MULTILINE) if not path.endswith(".h")]
    problems += [Problem(path, line_of(text, m.start()), f"{m.group(0)} is left over") for m in LEFTOVER.finditer(text)]
    if not path.startswith("lib/store/") and not is_test(path):
        problems += [Problem(path, line_of(text, at), "SQL text belongs to store") for at, s in strings if SQL.search(s)]
    if not is_test(path) and not path.startswith(("lib/scenario/", "bench/")):  # made evidence speaks Japanese too
        # A table of letters is a u"" or U"" literal and no sentence.
        strings = [(at, s) for at, s in strings if text[at - 1:at] not in ("u", "U")]
        problems += [Problem(path, line_of(text, at), "Japanese text belongs to messages/ or rules/")
                     for at, s in strings if JAPANESE.search(s)]
    return problems


PUBLIC_TYPE = re.compile(r"^(?:class|struct|union|enum class|enum)\s+(?:\[\[\w+\]\]\s*)?(\w+)\b(?!\s*(?:;|:\s*\w+;))")
PUBLIC_FUNCTION = re.compile(r"^(?!using\b|namespace\b|#|template\b|return\b|static_assert\b)[\w:<>,&*\s\[\]]+?\b(\w+)\([^;{]*")


def check_docstrings(path: str, text: str) -> list[Problem]:
    """Every type and function at the left margin of a public header stands in a block that begins with,
    or holds above it, a `///` line. A block is what has no empty line in it. An enumeration on one line
    says what it is by its values, and the options of a command by their members."""
    problems = []
    known = {"name_of"}  # the word of an enumerator; and a definition needs no second docstring
    documented = False
    depth = 0
    for number, line in enumerate(strip_keep_comments(text).split("\n"), start=1):
        if not line.strip():
            documented = documented and depth > 0
            continue
        if line.lstrip().startswith("///"):
            documented = True
        match = None if depth else PUBLIC_TYPE.match(line) or PUBLIC_FUNCTION.match(line)
        if match and documented:
            known.add(match.group(1))
        if match and match.group(1) not in known and not re.match(r"enum\b.*\};|struct \w+Options\b", line):
            problems.append(Problem(path, number, f"{match.group(1)} has no /// above it"))
        code = re.sub(r"//.*", "", line)
        if not re.match(r"\s*(inline\s+)?namespace\b", code):
            depth += code.count("{") - code.count("}")
            depth = max(depth, 0)
    return problems


def strip_keep_comments(text: str) -> str:
    """Text with string and character literals blanked, comments left where they are."""
    def replace(match: re.Match) -> str:
        whole = match.group(0)
        return whole if match.group("comment") else whole[0] + blank(whole[1:-1]) + whole[-1]
    return TOKEN.sub(replace, text)
