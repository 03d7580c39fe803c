"""What an attacker tries, and what a client gets wrong."""

import json
import random
import socket
import threading
import time
import urllib.parse

from desk_client import PASSWORD, case_of, intake, now
from world import UNKNOWN_ID, World, expect, raw


def test_wrong_logins_are_alike_and_lock(world: World) -> None:
    """A wrong password and an unknown name get one answer; after ten tries even the right password waits."""
    victim = world.desk.officer(world.admin, "locked", ["viewer"])
    client = world.desk.client()
    wrong = client.log_in("locked", "wrong password 1")
    unknown = client.log_in("nobody", "wrong password 1")
    expect(wrong.status == unknown.status == 401 and wrong.without_id() == unknown.without_id(), (wrong, unknown))
    expect(client.post("login", {"login": "locked", "password": ""}).status == 400, "an empty password")
    statuses = [client.log_in("locked", f"wrong password {i}").status for i in range(6)]
    expect(429 in statuses, statuses)
    right = client.log_in("locked")
    expect(right.status == 429 and int(right.headers["retry-after"]) >= 1, right)
    expect(victim.get("me").status == 200, "who is logged in stays so")


def test_no_route_without_login(world: World) -> None:
    """Every route but those to log in answers 401 without a cookie, and with a made-up one."""
    stranger = world.desk.client()
    made_up = world.desk.client()
    for route in world.description["routes"]:
        for path in expand(world, route["path"]):
            method = route["method"].replace("_", "").upper()
            body = {} if method in ("POST", "PATCH") else None
            answer = stranger.send(method, path, body)
            made_up.cookie = "konseki=" + "0" * 64
            other = made_up.send(method, path, body)
            if route["is_open"]:
                expect(answer.status in (400, 401), (method, path, answer))
            else:
                expect(answer.status == 401 and other.status == 401, (method, path, answer))


def expand(world: World, path: str) -> list[str]:
    values = {"{id}": UNKNOWN_ID, "{user}": UNKNOWN_ID, "{role}": "viewer", "{key}": "intake", "{period}": "2019H1", "{which}": "rescues"}
    for name, value in values.items():
        path = path.replace(name, value)
    if "{things}" not in path:
        return [path]
    return [path.replace("{things}", one["plural"]) for one in world.description["entities"]]


def test_writes_from_another_page(world: World) -> None:
    """A page of another origin can write nothing, whatever it sends."""
    lead = world.lead
    body = {"name": "他所"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                    {"Origin": "https://attacker.example.jp"}, {"Origin": "null"},
                    {"Sec-Fetch-Site": "cross-site", "Origin": f"http://127.0.0.1:{lead.port}"}):
        answer = lead.post("organisations", body, headers=headers)
        expect((answer.status, answer.code) == (403, "other_origin"), (headers, answer))
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = lead.send("POST", "organisations", raw=b'{"name":"x"}', headers={"Content-Type": kind})
        expect(answer.status == 415, (kind, answer))
    own = lead.post("organisations", body, headers={"Origin": f"http://127.0.0.1:{lead.port}",
                                                    "Sec-Fetch-Site": "same-origin"})
    expect(own.status == 201, own)
    wrong_host = lead.get("me", headers={"Host": "attacker.example.jp"})
    expect(wrong_host.status == 200 and b"attacker" not in wrong_host.body, "Host is not used")


def test_hidden_is_as_if_it_never_was(world: World) -> None:
    """A case that is closed off: no list, no search, no number, no change tells of it; its id answers as an unknown one."""
    lead, other = world.lead, world.contributor
    case = case_of(lead, intake(lead, summary="隠した相談"), "極秘の案件")
    note = lead.post("notes", {"case_id": case["id"], "body": "極秘の覚え書き"}).row
    visible_to_other = other.get(f"cases/{case['id']}")
    expect(visible_to_other.status == 200, "not closed off yet")
    off = lead.post(f"cases/{case['id']}/closed-off", {"is_closed_off": True, "reason": "秘匿"}, version=case["version"]).row
    expect(lead.get(f"cases/{case['id']}").status == 200, "who closed it off still sees it")
    for client in (other, world.viewer, world.outsider):
        for path in (f"cases/{case['id']}", f"notes/{note['id']}", f"cases/{case['id']}/versions",
                     f"notes/{note['id']}/versions", f"cases/{case['id']}/grants"):
            hidden = client.get(path)
            unknown = client.get(path.replace(case["id"], UNKNOWN_ID).replace(note["id"], UNKNOWN_ID))
            expect(hidden.status == unknown.status == 404, (path, hidden))
            expect(hidden.without_id() == unknown.without_id(), (hidden, unknown))
        for path, body in ((f"cases/{case['id']}", {"title": "x"}), (f"notes/{note['id']}", {"body": "x"})):
            hidden = client.patch(path, body, version=1)
            unknown = client.patch(path.split("/")[0] + "/" + UNKNOWN_ID, body, version=1)
            expect(hidden.status == 404 and hidden.without_id() == unknown.without_id(), (hidden, unknown))
    for path in ("cases?limit=200", "notes?limit=200", "consultations?limit=200", "changes",
                 "search?q=" + urllib.parse.quote("極秘"), "today", f"notes?case_id={case['id']}"):
        expect("極秘" not in other.get(path).body.decode(), path)
    by_hidden = other.post("notes", {"case_id": case["id"], "body": "x"})
    by_unknown = other.post("notes", {"case_id": UNKNOWN_ID, "body": "x"})
    expect(by_hidden.status == 400 and by_hidden.without_id() == by_unknown.without_id(), by_hidden)
    mine = case_of(other, intake(other))
    link = {"case_id": mine["id"], "other_case_id": case["id"], "kind": "related", "reason": "同じ"}
    linked = lead.post("case-links", link).row
    expect(other.get(f"case-links/{linked['id']}").status == 404, "a link into a hidden case")
    expect(other.get(f"case-links?case_id={mine['id']}").row["items"] == [], "nor in a list")
    lead.post(f"cases/{case['id']}/closed-off", {"is_closed_off": False, "reason": "解除"}, version=off["version"]).row
    expect(other.get(f"cases/{case['id']}").status == 200, "open again")


def test_nothing_is_taken_unasked(world: World) -> None:
    """Every member of an answer sent back in a write is refused or changes nothing."""
    lead = world.lead
    case = case_of(lead, intake(lead))
    rows = {"cases": case, "notes": lead.post("notes", {"case_id": case["id"], "body": "x"}).row,
            "tasks": lead.post("tasks", {"title": "x"}).row, "organisations": lead.post("organisations", {"name": "x"}).row,
            "consultations": intake(lead)}
    marks = {one["plural"]: {f["name"]: f for f in one["fields"]} for one in world.description["entities"]}
    for plural, row in rows.items():
        whole = lead.patch(f"{plural}/{row['id']}", row, version=row["version"])
        expect(whole.status == 400, (plural, whole))
        for name, value in row.items():
            other = {**{"id": UNKNOWN_ID, "version": 99, "change_no": 1}, "deleted_at": now()}.get(name, value)
            if name in marks[plural] and marks[plural][name]["by_desk"]:
                other = changed_value(marks[plural][name])
            answer = lead.patch(f"{plural}/{row['id']}", {name: other}, version=row["version"])
            is_refused = answer.status == 400
            expect(is_refused or answer.row == row, (plural, name, answer))
        made = lead.post(plural, {"id": UNKNOWN_ID, "title": "x", "name": "x", "body": "x"})
        expect(made.status == 400, made)


def changed_value(mark: dict):
    if mark["codes"]:
        return mark["codes"][-1]
    return {"boolean": True, "instant": now(), "id": UNKNOWN_ID}.get(mark["type"], "他の値")


def test_json_is_read_strictly(world: World) -> None:
    lead = world.lead
    bad = [b"", b"[]", b'"x"', b"{", b'{"name":"x"}x', b'{"name":"x","name":"y"}', b"{'name':'x'}", b'{"name":"x",}',
           b'{"name":"\xff\xfe"}', b'{"name":"\\ud800"}', b"\xef\xbb\xbf{}", b'{"a":' * 100 + b"1" + b"}" * 100,
           b'{"name":"x"}//c', b'{"name":NaN}', b"\x00" * 100]
    for body in bad:
        answer = lead.send("POST", "organisations", raw=body, headers={"Content-Type": "application/json"})
        expect(answer.status == 400, (body[:40], answer))
    for value in (1, 1.5, True, [], {}, ["x"], "", None, "x" * 2001, "a\u0000b", "a\u0007b"):
        answer = lead.post("organisations", {"name": value})
        expect(answer.status == 400 and list(answer.faults) == ["name"], (value, answer))
    for value in ("x", {"answer": "value"}, {"answer": "maybe"}, {"answer": "unknown", "value": "ict"}, {"value": "ict"},
                  {"answer": "value", "value": "nonsense"}, {"answer": "value", "value": None}, 7,
                  {"answer": "value", "value": "ict", "more": 1}):
        answer = lead.post("organisations", {"name": "x", "ci_sector": value})
        expect(answer.status == 400 and list(answer.faults) == ["ci_sector"], (value, answer))
    many = lead.post("organisations", {f"m{i}": i for i in range(5000)})
    expect(many.status == 400 and len(many.json["fields"]) <= 100, "an answer stays small")


def test_malformed_http(world: World) -> None:
    """Whatever arrives, the answer is no 5xx and the desk lives."""
    port = world.desk.port
    broken = [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" + b"\x00" * 200,
              b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
              b"GET /" + b"a" * 30000 + b" HTTP/1.1\r\n\r\n",
              b"POST /api/v1/login HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
              b"POST /api/v1/login HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
              b"POST /api/v1/login HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
              b"POST /api/v1/login HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
              b"POST /api/v1/login HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
              b"POST /api/v1/login HTTP/1.1\r\nTransfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\n{}\n",
              b"GET /%zz HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET /api/v1/%00 HTTP/1.1\r\nConnection: close\r\n\r\n",
              b"GET //api//v1//me HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET http://x/api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n",
              b"OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n", b"TRACE / HTTP/1.1\r\nConnection: close\r\n\r\n",
              b"GET /api/v1/../../etc/passwd HTTP/1.1\r\nConnection: close\r\n\r\n",
              b"GET /assets/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nConnection: close\r\n\r\n",
              b"GET /api/v1/me?a=1&a=2 HTTP/1.1\r\nConnection: close\r\n\r\n"]
    for data in broken:
        answer = raw(port, data, 2)
        status = answer.split(b" ")[1:2]
        expect(not status or status[0][:1] in (b"4", b"2"), (data[:60], answer[:200]))
        expect(b"passwd" not in answer and b"root:" not in answer, answer[:200])
    expect(world.desk.client().get("/healthz").status == 200, "alive")


def test_sizes_are_limited(world: World) -> None:
    port = world.desk.port
    long_header = raw(port, b"GET / HTTP/1.1\r\nX: " + b"a" * 20000 + b"\r\n\r\n")
    expect(long_header.startswith(b"HTTP/1.1 431"), long_header[:80])
    large = raw(port, b"POST /api/v1/login HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 3000000\r\n\r\n")
    expect(large.startswith(b"HTTP/1.1 413"), large[:80])
    lead = world.lead
    case = case_of(lead, intake(lead))
    text = "あ" * 349_000
    note = lead.post("notes", {"case_id": case["id"], "body": text})
    expect(note.status == 201 and note.json["body"] == text, "a megabyte of text fits")
    over = lead.send("POST", "notes", raw=json.dumps({"case_id": case["id"], "body": text + "あああああ" * 200},
                                                     ensure_ascii=False).encode(),
                     headers={"Content-Type": "application/json"})
    expect(over.status == 400 and over.faults == {"body": "too_long"}, over.status)


def test_slow_client_holds_nobody_up(world: World) -> None:
    """Clients that send a byte now and then do not keep others from work."""
    slow = [socket.create_connection(("127.0.0.1", world.desk.port)) for _ in range(50)]
    try:
        for line in slow:
            line.sendall(b"POST /api/v1/login HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
        begun = time.monotonic()
        expect(world.lead.get("me").status == 200, "others are served")
        expect(time.monotonic() - begun < 5, "at once")
    finally:
        for line in slow:
            line.close()


def test_headers_on_every_answer(world: World) -> None:
    stranger = world.desk.client()
    for path in ("/", "/healthz", "/nothing", "me", "nothing", "/api/v1/%zz"):
        answer = stranger.get(path)
        policy = answer.headers["content-security-policy"]
        expect("default-src 'none'" in policy and "frame-ancestors 'none'" in policy and
               "require-trusted-types-for 'script'" in policy and "unsafe" not in policy, policy)
        expect(answer.headers["x-content-type-options"] == "nosniff", path)
        expect(answer.headers["referrer-policy"] == "no-referrer", path)
        expect(answer.headers["cross-origin-opener-policy"] == "same-origin", path)
    expect(stranger.get("me").headers["cache-control"] == "no-store", "the interface is not kept")
    refused = stranger.send("PUT", "cases")
    expect(refused.status == 405 and refused.headers["allow"] == "GET, POST", refused)
    expect(stranger.send("HEAD", "/healthz").body == b"", "HEAD")


def test_first_link_works_once(world: World) -> None:
    answer = world.admin.post("users", {"login": "once", "display_name": "一度", "roles": ["viewer"]})
    token = answer.json["first_login_token"]
    world.desk.first_login(token, "once", "一度")
    again = world.desk.client().post("first-login", {"token": token, "login": "once2", "display_name": "x",
                                                     "password": PASSWORD})
    expect((again.status, again.code) == (401, "link_refused"), again)
    empty = world.desk.client().post("first-login", {"token": "", "login": "x", "display_name": "x", "password": PASSWORD})
    expect(empty.status == 400, "an empty token is none")


def test_random_requests(world: World) -> None:
    """A thousand requests made from the program's own description with hostile values: no 5xx, nothing hidden told."""
    chance = random.Random(20190417)
    values = [None, True, -1, 2**63, 1e308, "", "x", "あ" * 3000, "a\u0000", "'; DROP TABLE user; --", "../../etc/passwd",
              "<img src=x onerror=alert(1)>", UNKNOWN_ID, now(), "9999-12-31T23:59:59Z", "1601-01-01T00:00:00Z",
              "0000-00-00T00:00:00Z", [], ["x", "x"], {}, {"answer": "value", "value": []}, {"answer": "declined"}]
    case = case_of(world.lead, intake(world.lead))
    for _ in range(1000):
        route = chance.choice(world.description["routes"])
        if route["path"].startswith(("me/", "logout", "login", "users/")):
            continue
        entity = chance.choice(world.description["entities"])
        path = route["path"].replace("{things}", chance.choice([entity["plural"], "cases", "nonsense"]))
        for name, choices in (("{id}", [case["id"], UNKNOWN_ID, "x", "%2e%2e"]), ("{user}", [UNKNOWN_ID]),
                              ("{role}", ["lead", "x"]), ("{period}", ["2019", "9999H2", "x"]), ("{which}", ["rescues", "x"])):
            path = path.replace(name, chance.choice(choices))
        if chance.random() < 0.4:
            name = chance.choice([f["name"] for f in entity["fields"]] + ["order", "after", "limit", "q", "since", "from"])
            path += "?" + urllib.parse.urlencode({name: chance.choice(["x", "-1", "1", UNKNOWN_ID, "'", "99999999999999999999", "%"])})
        names = [f["name"] for f in entity["fields"]] + ["id", "version", "state", "reason", "consultation", "channels"]
        body = {chance.choice(names): chance.choice(values) for _ in range(chance.randrange(6))}
        method = route["method"].rstrip("_").upper()
        headers = {"If-Match": chance.choice(['"1"', '"2"', "*", '"-1"', '"x"', '"99999999999999999999"'])}
        answer = world.viewer.send(method, path, body if method in ("POST", "PATCH") else None, headers)
        expect(answer.status < 500, (method, path, body, answer))
        answer = world.lead.send(method, path, body if method in ("POST", "PATCH") else None, headers)
        expect(answer.status < 500, (method, path, body, answer))
