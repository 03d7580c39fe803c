"""The program itself: TLS, its other commands."""

import hashlib
import http.client
import json
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

from desk_client import PASSWORD, Desk
from world import World, expect, raw


def test_tls_with_its_own_certificate(world: World) -> None:
    """Listening beyond loopback is TLS only, with a certificate that stays the same and a cookie that says so."""
    with Desk(world.binary, address="0.0.0.0", database=world.new_database()) as desk:
        fingerprint = desk.wait_for(r"([0-9a-f]{64})$")
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", desk.port)) as line, context.wrap_socket(line) as tls:
            expect(hashlib.sha256(tls.getpeercert(True)).hexdigest() == fingerprint, "the fingerprint that was told")
            expect(tls.version() in ("TLSv1.2", "TLSv1.3"), tls.version())
        client = http.client.HTTPSConnection("127.0.0.1", desk.port, context=context, timeout=30)
        token = desk.wait_for(r"/first-login#([0-9a-f]{64})")
        client.request("POST", "/api/v1/first-login", json.dumps({"token": token, "login": "admin", "display_name": "x",
                                                                 "password": PASSWORD}), {"Content-Type": "application/json"})
        answer = client.getresponse()
        cookie = answer.headers["Set-Cookie"]
        expect(answer.status == 200 and cookie.startswith("__Host-konseki=") and "; Secure" in cookie, cookie)
        expect("max-age=" in answer.headers["Strict-Transport-Security"], "HSTS")
        answer.read()
        client.close()
        expect(b"HTTP" not in raw(desk.port, b"GET / HTTP/1.1\r\n\r\n", 3), "nothing without TLS")
        mode = (desk.data / "tls" / "key.pem").stat().st_mode & 0o777
        expect(mode == 0o600 and (desk.data / "desk.key").stat().st_mode & 0o777 == 0o600, oct(mode))
        expect(desk.stop() == 0, desk.said)


def test_programs_other_commands(world: World) -> None:
    """init, user link, backup and check do what they say; a folder that is none is not made into one."""
    database = world.new_database()
    with tempfile.TemporaryDirectory() as folder:
        def run(*words: str) -> subprocess.CompletedProcess:
            where = ["--db", database] if database and "--data" in words else []
            return subprocess.run([world.binary, *words, *where], capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})

        nowhere = run("check", "--data", folder + "/nowhere")
        expect(nowhere.returncode == 1 and not Path(folder, "nowhere").exists(), nowhere)
        begun = run("init", "--data", folder + "/desk")
        expect(begun.returncode == 0 and "/first-login#" in begun.stderr, begun)
        expect(run("user", "link", "nobody", "--data", folder + "/desk").returncode == 1, "nobody")
        expect(run("user", "link", "administrator", "--data", folder + "/desk").returncode == 0, "a new link")
        done = run("backup", folder + "/copy", "--data", folder + "/desk")
        if database:  # PostgreSQL has its own ways, one of which is named
            expect(done.returncode == 1 and "pg_dump" in done.stderr, done)
        else:
            expect(done.returncode == 0 and run("check", "--data", folder + "/copy").returncode == 0, done)
        for words in (["nonsense"], ["serve", "--nonsense", "x"], ["serve", "--listen", "x:y"], ["backup"], ["serve", "--cert", "x"]):
            expect(run(*words).returncode == 2, words)
        japanese = subprocess.run([world.binary, "help"], capture_output=True, text=True, env={"LC_ALL": "ja_JP.UTF-8"})
        expect(japanese.returncode == 0 and "使い方" in japanese.stderr, japanese)
