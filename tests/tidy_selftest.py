#!/usr/bin/env python3
"""Proves that each check of tidy.py and requirements.py can fail, and that its decent neighbour passes."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import requirements  # noqa: E402
import tidy  # noqa: E402
import tidy_code  # noqa: E402
import tidy_pages  # noqa: E402

HEADER = "#pragma once\n\nnamespace konseki::{room} {{\n\n/// A thing.\nstruct Thing {{}};\n\n}}  // namespace\n"
CMAKE = "konseki_room(NAME {room} USES {uses} SOURCES {sources})\n"


class Tree:
    """A made source tree in a scratch folder."""

    def __init__(self, folder: str):
        self.root = Path(folder)

    def put(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def room(self, room: str, uses: str, source: str) -> None:
        self.put(f"lib/{room}/include/konseki/{room}/thing.h", HEADER.format(room=room))
        self.put(f"lib/{room}/thing.cpp", source)
        self.put(f"lib/{room}/CMakeLists.txt", CMAKE.format(room=room, uses=uses, sources="thing.cpp"))

    def reasons(self) -> str:
        return "\n".join(str(problem) for problem in tidy.check_tree(self.root))


class TidyTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.tree = Tree(self.folder.name)
        self.tree.room("base", "", "int x;\n")
        self.tree.room("records", "base", '#include "konseki/base/thing.h"\n')

    def refused(self, part: str):
        self.assertIn(part, self.tree.reasons())

    def words(self, path: str, text: str) -> list:
        return [p.reason for p in tidy_code.check_words(path, text)]


class Rooms(TidyTest):
    def test_a_decent_tree_passes(self):
        self.assertEqual(self.tree.reasons(), "")

    def test_a_lower_room_may_not_use_a_higher_one(self):
        self.tree.room("base", "", '#include "konseki/records/thing.h"\n')
        self.refused("base may not use records")

    def test_a_public_header_is_held_to_the_table_too(self):
        self.tree.put("lib/base/include/konseki/base/more.h", '#pragma once\n#include "konseki/records/thing.h"\n')
        self.refused("base may not use records")

    def test_no_way_through_dots(self):
        self.tree.put("lib/records/thing.cpp", '#include "../base/thing.h"\n')
        self.refused("no way out of the room")

    def test_a_private_header_of_another_room_is_out_of_reach(self):
        self.tree.put("lib/base/private.h", "#pragma once\n")
        self.tree.put("lib/records/thing.cpp", '#include "private.h"\n')
        self.refused('"private.h" is not in lib/records')

    def test_a_header_that_does_not_exist(self):
        self.tree.put("lib/records/thing.cpp", '#include "konseki/base/none.h"\n')
        self.refused("not a public header")

    def test_an_unknown_room(self):
        self.tree.put("lib/attic/thing.cpp", "int x;\n")
        self.refused("lib/attic is not a room")

    def test_cmake_may_not_list_a_forbidden_neighbour(self):
        self.tree.put("lib/base/CMakeLists.txt", CMAKE.format(room="base", uses="records", sources="thing.cpp"))
        self.refused("base may not use records")

    def test_cmake_must_list_what_is_included(self):
        self.tree.put("lib/records/CMakeLists.txt", CMAKE.format(room="records", uses="", sources="thing.cpp"))
        self.refused("must list base under USES")

    def test_hidden_uses_is_not_enough_for_a_public_header(self):
        self.tree.put("lib/records/include/konseki/records/more.h", '#pragma once\n#include "konseki/base/thing.h"\n')
        self.tree.put("lib/records/CMakeLists.txt", "konseki_room(NAME records HIDDEN_USES base SOURCES thing.cpp)\n")
        self.refused("must list base under USES")

    def test_a_source_that_nobody_builds(self):
        self.tree.put("lib/records/forgotten.cpp", "int y;\n")
        self.refused("is not named in the room's CMakeLists.txt")

    def test_a_test_may_use_made_evidence_but_its_room_may_not(self):
        self.tree.room("scenario", "base", "int z;\n")
        self.tree.put("lib/records/thing_test.cpp", '#include "konseki/scenario/thing.h"\n')
        self.tree.put("lib/records/CMakeLists.txt",
                      "konseki_room(NAME records USES base SOURCES thing.cpp TESTS thing_test.cpp)\n")
        self.assertEqual(self.tree.reasons(), "")
        self.tree.put("lib/records/test_bench.h", '#pragma once\n#include "konseki/scenario/thing.h"\n')
        self.assertEqual(self.tree.reasons(), "")
        self.tree.put("lib/records/thing.cpp", '#include "konseki/scenario/thing.h"\n')
        self.refused("records may not use scenario")

    def test_a_program_uses_kit_and_base_only(self):
        self.tree.put("programs/konseki/main.cpp", '#include "konseki/records/thing.h"\n')
        self.refused("konseki may not use records")


class Lengths(TidyTest):
    BODY = "    x = x + 1;\n"

    def test_a_function_at_the_limit_passes_and_one_line_more_fails(self):
        whole = "int f(int x) {\n" + self.BODY * (tidy_code.FUNCTION_LIMIT - 2) + "}\n"
        self.assertEqual(tidy_code.check_lengths("a.cpp", whole), [])
        longer = whole.replace("{\n", "{\n" + self.BODY, 1)
        self.assertEqual(len(tidy_code.check_lengths("a.cpp", longer)), 1)

    def test_members_constructors_and_tests_are_functions(self):
        for head in ("struct S { int f() const override {", "A::A(int b) : c_{b}, d_(b) {", 'TEST_CASE("a: b") {',
                     "namespace a { template <class T> auto f(T t) -> int {", "bool A::operator==(const A& b) {"):
            text = head + "\n" + self.BODY * 80 + "}\n" + "}" * (head.count("{") - 1 - head.count("c_{"))
            self.assertEqual(len(tidy_code.check_lengths("a.cpp", text)), 1, head)

    def test_a_table_is_no_function_and_braces_in_text_do_not_count(self):
        table = "constexpr int table[] = {\n" + "    f(1),\n" * 100 + "};\n"
        self.assertEqual(tidy_code.check_lengths("a.cpp", table), [])
        short = 'int f() {\n    return g("{{{", \'{\'); // {\n}\n' + "int x;\n" * 100
        self.assertEqual([f.lines for f in tidy_code.functions(short)], [3])

    def test_a_file_over_the_limit(self):
        text = "int x;\n" * (tidy_code.FILE_LIMIT + 1)
        self.assertEqual(len(tidy_code.check_lengths("a.cpp", text)), 1)
        self.assertEqual(tidy_code.check_lengths("a.cpp", text[7:]), [])


class Words(TidyTest):
    BAD = {
        "std::cout << 1;": "console output", "std::fprintf(stderr, x);": "console output",
        "sprintf(a, b);": "sprintf", "auto p = new Thing;": "new:", "delete p;": "delete:",
        "reinterpret_cast<int*>(p);": "reinterpret_cast", "std::regex r;": "std::regex",
        "std::shared_ptr<int> p;": "shared_ptr", "throw 1;": "never throws", "std::thread t;": "threads",
        "std::chrono::system_clock::now();": "clock", "getenv(name);": "clock",
        "// TODO later": "left over", "// FIXME": "left over", 'q("SELECT a FROM b");': "SQL",
        'say("証拠");': "Japanese", "#include <iostream>": "iostream", "socket(1, 2, 3);": "sockets",
    }

    def test_each_banned_word_is_found(self):
        for text, reason in self.BAD.items():
            self.assertIn(reason, "\n".join(self.words("lib/report/a.cpp", text + "\n")), text)

    def test_words_in_comments_and_literals_are_not_code(self):
        text = '#include <new>\n// a new thread in std::cout\nauto a = "new std::cout";\nA() = delete;\n'
        self.assertEqual(self.words("lib/report/a.cpp", text), [])

    def test_each_power_has_its_room(self):
        self.assertEqual(self.words("lib/base/a.cpp", "reinterpret_cast<int*>(p);\n"), [])
        self.assertEqual(self.words("lib/examine/a.cpp", "std::jthread t;\n"), [])
        self.assertEqual(self.words("lib/store/a.cpp", 'q("SELECT a FROM b");\n'), [])
        self.assertEqual(self.words("programs/konseki/main.cpp", "std::fputs(a, b); getenv(c);\n"), [])
        self.assertEqual(self.words("lib/report/a_test.cpp", 'CHECK(say("証拠"));\n'), [])
        self.assertEqual(self.words("lib/scenario/a.cpp", 'name("証拠");\n'), [])

    def test_a_table_of_letters_is_no_sentence(self):
        self.assertEqual(self.words("lib/base/a.cpp", 'constexpr char32_t marks[] = U"、。";\n'), [])

    def test_headers(self):
        self.assertEqual(self.words("lib/base/a.h", "#pragma once\n"), [])
        self.assertIn("#pragma once", self.words("lib/base/a.h", "int x;\n")[0])
        self.assertIn("costly", self.words("lib/base/a.h", "#pragma once\n#include <fmt/format.h>\n")[0])
        self.assertIn("using namespace", self.words("lib/base/a.h", "#pragma once\nusing namespace std;\n")[0])

    def test_file_names_are_snake_case(self):
        self.tree.put("lib/base/BadName.cpp", "int x;\n")
        self.refused("snake_case")


class Docstrings(TidyTest):
    def reasons(self, text: str) -> list:
        return [p.reason for p in tidy_code.check_docstrings("a.h", text)]

    def test_a_type_or_function_without_one_is_named(self):
        self.assertEqual(self.reasons("struct A {\n    int x;\n};\n"), ["A has no /// above it"])
        self.assertEqual(self.reasons("enum class A : int {\n    b,\n};\n"), ["A has no /// above it"])
        self.assertEqual(self.reasons("enum class A : int { b };\n"), [])
        self.assertEqual(self.reasons("struct CheckOptions {\n    int x;\n};\n"), [])
        self.assertEqual(self.reasons("std::string f(int x);\n"), ["f has no /// above it"])

    def test_one_docstring_serves_the_block_below_it(self):
        self.assertEqual(self.reasons("/// Both.\nint f();\nint g();\n"), [])
        self.assertEqual(self.reasons("/// F only.\nint f();\n\nint g();\n"), ["g has no /// above it"])
        self.assertEqual(self.reasons("/// F.\nint f();\n\nint f() {\n}\n"), [])

    def test_members_are_not_asked(self):
        self.assertEqual(self.reasons("/// A.\nstruct A {\n\n    int f();\n\n    int g();\n};\n"), [])


class Catalogues(TidyTest):
    def put(self, ja: str, en: str, code: str = 'text("a.b");\n') -> None:
        self.tree.put("messages/ja/x.json", ja)
        self.tree.put("messages/en/x.json", en)
        self.tree.put("lib/base/thing.cpp", code)

    def test_equal_catalogues_pass(self):
        self.put('{"a.b": "{n} 件"}', '{"a.b": "{n} hits"}')
        self.assertEqual(self.tree.reasons(), "")

    def test_each_way_in_which_they_can_differ(self):
        for ja, en, reason in (('{"a.b": "あ"}', "{}", "a.b is missing in messages/en"),
                               ("{}", '{"a.b": "a"}', "a.b is missing in messages/ja"),
                               ('{"a.b": " "}', '{"a.b": "a"}', "a.b is empty"),
                               ('{"a.b": "{m}"}', '{"a.b": "{n}"}', "placeholders differ"),
                               ("{", "{}", "is not JSON")):
            self.put(ja, en)
            self.refused(reason)

    def test_an_unused_key(self):
        self.put('{"a.b": "あ"}', '{"a.b": "a"}', "int x;\n")
        self.refused("a.b is used nowhere")

    def test_pages_of_the_guide_have_the_same_points_in_both_languages(self):
        self.tree.put("messages/ja/guide/one.txt", "題\n1. あ\n    dir\n2. い\n")
        self.tree.put("messages/en/guide/one.txt", "Title\n1. a\n    dir\n2. b\n")
        self.assertEqual(self.tree.reasons(), "")
        self.tree.put("messages/en/guide/one.txt", "Title\n1. a\n2. b\n")
        self.refused("has other points than messages/en/guide/one.txt")
        self.tree.put("messages/ja/guide/two.txt", "題\n")
        self.refused("messages/ja/guide/two.txt:1: is missing in messages/en/guide")

    def test_a_script_for_windows_is_ascii(self):
        self.tree.put("messages/ja/guide/one.txt", "題\n")
        self.tree.put("messages/en/guide/one.txt", "Title\n")
        self.tree.put("rules/guide/collect.cmd", "echo 同意\n")
        self.refused("sentences for people stand in messages/*/guide.json")

    def test_a_catalogue_in_one_language(self):
        self.tree.put("messages/ja/x.json", "{}")
        self.refused("is missing in messages/en")


class Pages(TidyTest):
    def pages(self, path: str, text: str) -> list:
        return [p.reason for p in tidy_pages.check_page_file(path, text)]

    def test_a_decent_page_passes(self):
        self.assertEqual(self.pages("ui/src/app.tsx", 'return <p class="q">{t.common.again}</p>;\n'), [])

    def test_what_makes_markup_keeps_words_or_asks_elsewhere_is_refused(self):
        for text in ("one.innerHTML = text;", "eval(text);", '<p style="color: red">', "const a = b as any;", "localStorage.setItem(a, b);",
                     "fetch('https://desk.test/')", "sessionStorage.a = b;", "// TODO"):
            self.assertEqual(len(self.pages("ui/src/parts/form.tsx", text + "\n")), 1, text)

    def test_japanese_stands_in_the_catalogue_only(self):
        self.assertEqual(len(self.pages("ui/src/pages/case.tsx", "<p>証拠</p>\n")), 2)
        self.assertEqual(self.pages("ui/src/words/ja.ts", "name: '証拠',\n"), [])

    def test_the_tree_is_looked_through(self):
        self.tree.put("ui/src/page.tsx", "<p>証</p>\n")
        self.tree.put("ui/node_modules/other.ts", "<p>証</p>\n")
        self.assertEqual(self.tree.reasons().count("ui/src/words"), 1)


class Requirements(TidyTest):
    STANDS = '| {} | asked | `lib/base/thing.cpp`, `GET /a/x`, `#/b/:id` (`Thing`) | `lib/base/a_test.cpp` "one, two" | **stands** |'
    NOT_YET = "| {} | asked | – | – | **not yet** |"

    def faults(self, first: str, rest: str = NOT_YET, numbers: list = requirements.REQUIREMENTS) -> list:
        self.tree.put("ui/src/routes.ts", "  '/b/:id': later(),\n")
        self.tree.put("lib/server/routes.cpp", '    {get, "a/{id}", logged_in, handle::a},\n')
        self.tree.put("lib/base/a_test.cpp", 'TEST_CASE(\n    "one, "\n    "two") {\n')
        rows = [(rest if at else first).format(number) for at, number in enumerate(numbers)]
        self.tree.put("docs/requirements.md", "\n".join(rows) + "\n")
        return requirements.Table(self.tree.root).faults

    def test_a_decent_table_passes(self):
        self.assertEqual(self.faults(self.STANDS), [])

    def test_what_a_row_names_is_there(self):
        for there, gone in (("thing.cpp", "nothing.cpp"), ("GET /a/x", "POST /a/x"), ("/a/x", "/a/x/y"), ("#/b/:id", "#/b"),
                            ("one, two", "one"), ("`lib/base/a_test.cpp`", "`lib/base/thing.cpp`"), ("**stands**", "**done**"),
                            ("**stands**", "**part**"), ("**stands**", "**not yet**"), (' "one', ' | "one'), ("asked", "")):
            self.assertTrue(self.faults(self.STANDS.replace(there, gone)), gone)
        self.assertTrue(self.faults(self.NOT_YET.replace("not yet", "stands")))

    def test_each_requirement_has_one_row_in_order(self):
        known = requirements.REQUIREMENTS
        for numbers in (known[1:], known + known[:1], known[::-1], known + ["R62"]):
            self.assertEqual(len(self.faults(self.STANDS, numbers=numbers)), 1, numbers)


if __name__ == "__main__":
    unittest.main()
