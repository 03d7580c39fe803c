#!/usr/bin/env python3
"""The desk over HTTP, on the real program: what an officer does, and what an attacker tries.

    desk_test.py --konsekid PROGRAM [--postgresql] [-k NAME]
"""

import argparse
import json
import socket
import subprocess
import sys
import threading
import time
import traceback

import edge_cases
import hostile_cases
import program_cases
import work_cases
from cluster import Cluster, programs
from desk_client import PASSWORD, Client, Desk
from world import World


TESTS = [value for module in (work_cases, hostile_cases, edge_cases, program_cases) for name, value in vars(module).items()
         if name.startswith("test_")]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--konsekid", required=True)
    parser.add_argument("--postgresql", action="store_true", help="on a server of the test's own")
    parser.add_argument("-k", default="")
    options = parser.parse_args()
    if not options.postgresql:
        return run(options, None)
    if programs() is None:
        print("no PostgreSQL server here: skipped")
        return 77
    with Cluster() as cluster:
        return run(options, cluster)


def run(options: argparse.Namespace, cluster: Cluster | None) -> int:
    failed = 0
    with Desk(options.konsekid, database=cluster.new_database() if cluster else "") as desk:
        world = World(options.konsekid, desk, cluster)
        slow = threading.Thread(target=is_cut_off, args=(desk.port, cut := []))
        slow.start()
        for test in TESTS:
            if options.k not in test.__name__:
                continue
            begun = time.monotonic()
            try:
                test(world)
                print(f"ok    {test.__name__} ({time.monotonic() - begun:.1f} s)")
            except Exception:  # a test that fails does not keep the others from running
                failed += 1
                print(f"FAIL  {test.__name__}\n{traceback.format_exc()}")
        if Client.broken:
            failed += 1
            print("FAIL  answers that api/openapi.yaml does not tell: " + "\n".join(sorted(set(Client.broken))[:20]))
        slow.join()
        if cut != [True]:
            failed += 1
            print("FAIL  a client that sends its header a byte at a time is not cut off after half a minute")
        status = desk.stop()
        if status != 0:
            failed += 1
            print(f"FAIL  konsekid ended with {status}: {desk.said}")
        unseen = {(r["method"].rstrip("_"), "/" + r["path"]) for r in world.description["routes"]
                  if "{things}" not in r["path"]} - Client.contract.seen
        if not options.k and unseen:
            failed += 1
            print(f"FAIL  no test gets an answer from {sorted(unseen)}")
        answered = [json.loads(line) for line in desk.logged]
        broken = [line for line in answered if line["status"] >= 500]
        if broken:
            failed += 1
            print(f"FAIL  answers with 5xx: {broken[:5]}")
        if not options.k and check(options.konsekid, desk) != 0:
            failed += 1
    return 1 if failed else 0


def is_cut_off(port: int, out: list[bool]) -> None:
    """Sends a header a byte a second, as long as somebody takes it; beside the other tests, since it takes its time."""
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(1)
        while time.monotonic() - begun < 45:
            try:
                line.sendall(b"G")
                if line.recv(1) == b"":
                    break
            except socket.timeout:
                continue
            except OSError:
                break
    out.append(25 < time.monotonic() - begun < 40)


def check(binary: str, desk: Desk) -> int:
    """Database and audit chain are whole, and nothing of a person stands in the log."""
    done = subprocess.run([binary, "check", "--data", str(desk.data), *desk.database], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"FAIL  check: {done.stdout}{done.stderr}")
    text = "\n".join(desk.logged)
    for secret in (PASSWORD, "山田", "03-0000-0000", "konseki="):
        if secret in text:
            print(f"FAIL  the log holds {secret}")
            return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

