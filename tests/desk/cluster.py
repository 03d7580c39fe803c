"""A PostgreSQL server of the tests' own, in a folder of its own, reached by a socket in it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def programs() -> Path | None:
    """Where Debian puts the server's programs; nothing where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Cluster:
    """A server from __enter__ to __exit__."""

    def __enter__(self) -> "Cluster":
        self.bin = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="konseki-pg-"))
        self.databases = 0
        # It refuses to run as root.
        self.who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        if self.who:
            shutil.chown(self.folder, "nobody", "nogroup")
        self._run("initdb", "-D", self.folder / "data", "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("pg_ctl", "-D", self.folder / "data", "-o", f"-k {self.folder} -c listen_addresses=", "-l",
                  self.folder / "log", "-w", "start")
        return self

    def __exit__(self, *_) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """An empty one, as its address."""
        self.databases += 1
        self._run("createdb", "-h", self.folder, "-U", "desk", f"desk{self.databases}")
        return f"postgresql://desk@/desk{self.databases}?host={self.folder}"

    def _run(self, program: str, *words) -> None:
        subprocess.run([self.bin / program, *words], check=True, stdout=subprocess.DEVNULL, cwd="/", **self.who)
