#!/usr/bin/env python3
"""Proves that the case runner can fail, and that its patterns match what they say."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import cases  # noqa: E402


class Patterns(unittest.TestCase):
    def test_equal_text_passes_and_other_text_does_not(self):
        self.assertEqual(cases.differences("x", "a\nb\n", "a\nb\n"), [])
        self.assertNotEqual(cases.differences("x", "a\nb\n", "a\nc\n"), [])
        self.assertNotEqual(cases.differences("x", "", "a\n"), [])
        self.assertNotEqual(cases.differences("x", "a\n", ""), [])

    def test_dots_take_any_lines_and_stars_anything_within_one(self):
        self.assertEqual(cases.differences("x", "a\n...\nz\n", "a\nb\nc\nz\n"), [])
        self.assertEqual(cases.differences("x", "a\n...\nz\n", "a\nz\n"), [])
        self.assertEqual(cases.differences("x", "took <*> s\n", "took 1.5 s\n"), [])
        self.assertNotEqual(cases.differences("x", "took <*> s\n", "took 1\n5 s\n"), [])

    def test_signs_of_regular_expressions_mean_themselves(self):
        self.assertNotEqual(cases.differences("x", "a.c\n", "abc\n"), [])


class Runs(unittest.TestCase):
    def run_case(self, cmd: str, **want: str) -> int:
        with tempfile.TemporaryDirectory() as folder:
            case = Path(folder)
            (case / "why.md").write_text("It holds.\n")
            (case / "cmd").write_text(cmd)
            for name, text in want.items():
                path = case / "want" / name.replace("__", "/")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return subprocess.run([sys.executable, cases.__file__, "--konseki", "true", "--scenario", "true", folder],
                                  capture_output=True, check=False).returncode

    def test_output_status_and_files_are_compared(self):
        self.assertEqual(self.run_case("echo a; echo b >&2; exit 3", stdout="a\n", stderr="b\n", status="3"), 0)
        self.assertEqual(self.run_case("echo a"), 1)
        self.assertEqual(self.run_case("echo a >&2"), 1)
        self.assertEqual(self.run_case("exit 1"), 1)
        self.assertEqual(self.run_case("echo a > f", files__f="a\n"), 0)
        self.assertEqual(self.run_case("echo a > f", files__f="b\n"), 1)
        self.assertEqual(self.run_case("true", files__f="b\n"), 1)

    def test_a_skip_needs_its_reason(self):
        self.assertEqual(self.run_case("echo 'skip: no root'; exit 77"), cases.SKIPPED)
        self.assertEqual(self.run_case("exit 77"), 1)

    def test_the_scratch_folder_is_written_as_dir(self):
        self.assertEqual(self.run_case('pwd', stdout="$DIR\n"), 0)


if __name__ == "__main__":
    unittest.main()
