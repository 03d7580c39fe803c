"""What the tests of the desk share: one desk with people of each kind."""

import json
import socket
import subprocess

from cluster import Cluster
from contract import Contract
from desk_client import Client, Desk, now

UNKNOWN_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


class World:
    """One desk with people of each kind, shared by all tests."""

    def __init__(self, binary: str, desk: Desk, cluster: Cluster | None = None):
        self.binary = binary
        self.desk = desk
        self.cluster = cluster
        self.description = json.loads(subprocess.run([binary, "describe"], capture_output=True, check=True).stdout)
        Client.contract = Contract(self.description)
        self.admin = desk.set_up()
        self.lead = desk.officer(self.admin, "lead", ["lead"], "鈴木")
        self.contributor = desk.officer(self.admin, "contributor", ["contributor"], "佐藤")
        self.viewer = desk.officer(self.admin, "viewer", ["viewer"])
        self.outsider = desk.officer(self.admin, "outsider", [])

    def new_database(self) -> str:
        """For a desk beside the shared one: an address, or nothing for SQLite in its folder."""
        return self.cluster.new_database() if self.cluster else ""


def expect(condition: bool, what) -> None:
    if not condition:
        raise AssertionError(what)


def figures(client: Client) -> dict:
    """The half in which we are: it is the one that counts what happens now."""
    periods = client.get("figures").row["periods"]
    today = now()
    return next(one for one in periods if "H" in one["period"] and one["begin"] <= today < one["end"])


def raw(port: int, data: bytes, wait: float = 5) -> bytes:
    """What comes back for bytes as they are."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        try:
            line.sendall(data)
            out = b""
            while True:
                piece = line.recv(65536)
                if not piece:
                    return out
                out += piece
        except (socket.timeout, ConnectionError):
            return out if "out" in locals() else b""
