"""A running konsekid on a free loopback port, and a client that speaks to it. Python's standard library only.

    with Desk(binary) as desk:
        admin = desk.set_up()
        officer = desk.officer(admin, "suzuki", ["lead"])
        row = officer.post("organisations", {"name": "架空商事"}).row
"""

import base64
import hashlib
import hmac
import http.client
import json
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD = "correct horse battery staple"


@dataclass
class Answer:
    """What came back: status, headers (names in lower case), body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def row(self) -> dict:
        assert self.status in (200, 201), f"{self.status}: {self.body!r}"
        return self.json

    @property
    def code(self) -> str:
        return self.json.get("code", "") if self.body else ""

    @property
    def faults(self) -> dict[str, str]:
        return {one["field"]: one["code"] for one in self.json["fields"]}

    def without_id(self) -> dict:
        """A problem without the id of its request, to compare two of them."""
        return {key: value for key, value in self.json.items() if key != "request_id"}


class Client:
    """One person's browser: keeps the cookie. With a contract every answer is held against it."""

    contract = None
    broken: list[str] = []

    def __init__(self, port: int):
        self.port = port
        self.cookie = ""

    def send(self, method: str, path: str, body=None, headers: dict | None = None, raw: bytes | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = dict(headers or {})
        data = raw
        if body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        if self.cookie:
            sent.setdefault("Cookie", self.cookie)
        if not path.startswith("/"):
            path = "/api/v1/" + path
        try:
            connection.request(method, path, body=data, headers=sent)
            response = connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read(),
                            response.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()
        if Client.contract and method != "HEAD":
            Client.broken += Client.contract.check(method, path, answer.status, answer.headers.get("content-type", ""),
                                                   answer.json if answer.body[:1] in (b"{", b"[") else None)
        for cookie in answer.cookies:
            self.cookie = "" if "Max-Age=0" in cookie else cookie.split(";")[0]
        return answer

    def get(self, path: str, **kwargs) -> Answer:
        return self.send("GET", path, **kwargs)

    def post(self, path: str, body=None, version: int | None = None, headers: dict | None = None) -> Answer:
        return self.send("POST", path, {} if body is None else body, with_version(headers, version))

    def patch(self, path: str, body, version: int | None = None, headers: dict | None = None) -> Answer:
        return self.send("PATCH", path, body, with_version(headers, version))

    def put(self, path: str, body) -> Answer:
        return self.send("PUT", path, body)

    def delete(self, path: str, version: int | None = None) -> Answer:
        return self.send("DELETE", path, headers=with_version(None, version))

    def log_in(self, login: str, password: str = PASSWORD, code: str = "") -> Answer:
        body = {"login": login, "password": password}
        if code:
            body["code"] = code
        return self.post("login", body)


def with_version(headers: dict | None, version: int | None) -> dict:
    out = dict(headers or {})
    if version is not None:
        out["If-Match"] = f'"{version}"'
    return out


def totp(secret: str, at: float | None = None) -> str:
    """RFC 6238 with the defaults of telephones: SHA-1, six digits, 30 seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    mac = hmac.new(key, step, hashlib.sha1).digest()
    place = mac[19] & 15
    number = struct.unpack(">I", mac[place:place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


class Desk:
    """konsekid with a data folder of its own, from __enter__ to __exit__."""

    def __init__(self, binary: str, data: str | None = None, port: int = 0, address: str = "127.0.0.1",
                 database: str = ""):
        self.binary = binary
        self.is_temporary = data is None
        self.data = Path(data or tempfile.mkdtemp(prefix="konseki-desk-"))
        self.listen = f"{address}:{port}"
        self.database = ["--db", database] if database else []
        self.said: list[str] = []
        self.logged: list[str] = []

    def __enter__(self) -> "Desk":
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data", str(self.data), "--listen", self.listen, *self.database],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"LC_ALL": "C.UTF-8"})
        self.threads = [threading.Thread(target=self._gather, args=(stream, into), daemon=True)
                        for stream, into in ((self.process.stderr, self.said), (self.process.stdout, self.logged))]
        for thread in self.threads:
            thread.start()
        self.port = int(self.wait_for(r"https?://[^/]+:(\d+)/\."))
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        if self.is_temporary:
            shutil.rmtree(self.data, ignore_errors=True)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=30)
        for thread in self.threads:
            thread.join()
        return status

    @staticmethod
    def _gather(stream, into: list[str]) -> None:
        for line in stream:
            into.append(line.rstrip("\n"))

    def wait_for(self, pattern: str) -> str:
        """The first group of a pattern in what konsekid tells people."""
        for _ in range(600):
            for line in list(self.said):
                match = re.search(pattern, line)
                if match:
                    return match.group(1)
            if self.process.poll() is not None:
                raise AssertionError(f"konsekid ended: {self.said}")
            time.sleep(0.05)
        raise AssertionError(f"konsekid did not say {pattern}: {self.said}")

    def client(self) -> Client:
        return Client(self.port)

    def set_up(self, login: str = "admin") -> Client:
        """The first administrator, by the link that the terminal shows."""
        token = self.wait_for(r"/first-login#([0-9a-f]{64})")
        return self.first_login(token, login, "管理者")

    def first_login(self, token: str, login: str, name: str) -> Client:
        client = self.client()
        answer = client.post("first-login", {"token": token, "login": login, "display_name": name,
                                             "password": PASSWORD})
        assert answer.status == 200, answer.body
        return client

    def officer(self, admin: Client, login: str, roles: list[str], name: str = "") -> Client:
        """A user with roles on the whole desk, logged in."""
        answer = admin.post("users", {"login": login, "display_name": name or login, "roles": roles})
        assert answer.status == 201, answer.body
        return self.first_login(answer.json["first_login_token"], login, name or login)


def now(seconds: float = 0) -> str:
    """RFC 3339, so many seconds from now."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


def intake(officer: Client, summary: str = "添付ファイルを開いた", **fields) -> dict:
    """A consultation with a contact, as a row."""
    answer = officer.post("intake", {
        "consultation": {"received_at": now(), "summary": summary, **fields},
        "contact": {"name": "山田 太郎"},
        "channels": [{"kind": "phone", "value": "03-0000-0000"}]})
    assert answer.status == 201, answer.body
    return answer.json["consultation"]


def case_of(officer: Client, consultation: dict, title: str = "不審なメールの件") -> dict:
    answer = officer.post(f"consultations/{consultation['id']}/case", {"title": title},
                          version=consultation["version"])
    assert answer.status == 200, answer.body
    return answer.json["case"]
