#!/usr/bin/env python3
"""The desk over HTTP, on the real program: what an officer does, and what an attacker tries.

    desk_test.py --konsekid PROGRAM [-k NAME]
"""

import argparse
import hashlib
import http.client
import json
import random
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse
from pathlib import Path

from contract import Contract
from desk_client import PASSWORD, Client, Desk, case_of, intake, now, totp

UNKNOWN_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


class World:
    """One desk with people of each kind, shared by all tests."""

    def __init__(self, binary: str, desk: Desk):
        self.binary = binary
        self.desk = desk
        self.description = json.loads(subprocess.run([binary, "describe"], capture_output=True, check=True).stdout)
        Client.contract = Contract(self.description)
        self.admin = desk.set_up()
        self.lead = desk.officer(self.admin, "lead", ["lead"], "鈴木")
        self.contributor = desk.officer(self.admin, "contributor", ["contributor"], "佐藤")
        self.viewer = desk.officer(self.admin, "viewer", ["viewer"])
        self.outsider = desk.officer(self.admin, "outsider", [])


def expect(condition: bool, what) -> None:
    if not condition:
        raise AssertionError(what)


def test_from_intake_to_figures(world: World) -> None:
    """An officer takes in a consultation, rescues, visits, closes; each number of the table opens what it counted."""
    lead = world.lead
    before = figures(lead)
    consultation = intake(lead, purpose={"answer": "value", "value": "victim_suspected"},
                          motive={"answer": "unknown"})
    expect(consultation["purpose"] == {"answer": "value", "value": "victim_suspected"}, consultation)
    expect(consultation["motive"] == {"answer": "unknown"} and consultation["noticed_by"] is None, consultation)
    case = case_of(lead, consultation)
    expect(case["number"].count("-") == 1 and case["state"] == "open", case)

    refused = lead.post("visits", {"case_id": case["id"], "planned_for": now(86400)})
    expect((refused.status, refused.code, refused.json["offer"]) == (409, "no_active_rescue", "with_rescue"), refused)
    rescue = lead.post("rescues", {"case_id": case["id"], "reason": "harm_by_delay", "decided_by": "班長",
                                   "decided_at": now()}).row
    expect(lead.post("visits", {"case_id": case["id"], "planned_for": now(86400)}).status == 409, "proposed is not active")
    rescue = lead.post(f"rescues/{rescue['id']}/state", {"state": "active"}, version=rescue["version"]).row
    visit = lead.post("visits", {"case_id": case["id"], "planned_for": now(86400),
                                 "prefecture": {"answer": "value", "value": "13"}}).row
    early = lead.post(f"cases/{case['id']}/close", {"evidence_decision": "keep", "note": "終了"}, version=case["version"])
    expect((early.status, early.code) == (409, "open_visit"), early)
    without_start = lead.post(f"visits/{visit['id']}/state", {"state": "done"}, version=visit["version"])
    expect(without_start.faults == {"started_at": "missing"}, without_start)
    visit = lead.post(f"visits/{visit['id']}/state", {"state": "done", "started_at": now(-3600), "ended_at": now(-60)},
                      version=visit["version"]).row
    early = lead.post(f"cases/{case['id']}/close", {"evidence_decision": "keep", "note": "終了"}, version=case["version"])
    expect((early.status, early.code) == (409, "open_rescue"), early)
    lead.post(f"rescues/{rescue['id']}/state", {"state": "ended", "reason": "完了"}, version=rescue["version"]).row
    closed = lead.post(f"cases/{case['id']}/close", {"evidence_decision": "keep", "note": "終了"},
                       version=case["version"]).row
    expect(closed["state"] == "closed" and closed["closed_at"] and closed["evidence_decision"] == "keep", closed)

    after = figures(lead)
    for what in ("consultations", "rescues", "visited"):
        expect(after[what] == before[what] + 1, (before, after))
        opened = lead.get(f"figures/{after['period']}/{what}").row["items"]
        expect(len(opened) == after[what], opened)
        wanted = consultation["id"] if what == "consultations" else case["id"]
        expect(wanted in [row["id"] for row in opened], opened)
    reopened = lead.post(f"cases/{case['id']}/reopen", {"reason": "再発"}, version=closed["version"]).row
    expect(reopened["state"] == "open" and reopened["closed_at"] is None, reopened)


def figures(client: Client) -> dict:
    """The half in which we are: it is the one that counts what happens now."""
    periods = client.get("figures").row["periods"]
    today = now()
    return next(one for one in periods if "H" in one["period"] and one["begin"] <= today < one["end"])


def test_visit_with_its_rescue(world: World) -> None:
    """R4: a visit can bring the rescue that it needs, in one step; what is wrong with the rescue leaves nothing."""
    lead = world.lead
    case = case_of(lead, intake(lead))
    visit = {"case_id": case["id"], "planned_for": now(3600)}
    wrong = lead.post("visits", {**visit, "with_rescue": {"reason": "nonsense", "decided_by": "班長", "decided_at": now()}})
    expect(wrong.status == 400 and wrong.faults == {"with_rescue.reason": "no_such_code"}, wrong)
    expect(lead.get(f"visits?case_id={case['id']}").row["items"] == [], "nothing was made")
    made = lead.post("visits", {**visit, "with_rescue": {"reason": "root_of_chain", "decided_by": "班長",
                                                         "decided_at": now()}}).row
    rescues = lead.get(f"rescues?case_id={case['id']}").row["items"]
    expect(made["state"] == "planned" and [one["state"] for one in rescues] == ["active"], rescues)


def test_intake_needs_date_and_contact(world: World) -> None:
    lead = world.lead
    expect(lead.post("intake", {}).faults == {"consultation.received_at": "missing"}, "the date")
    no_contact = lead.post("intake", {"consultation": {"received_at": now()}})
    expect(no_contact.faults == {"channels": "missing"}, no_contact)
    gave_none = lead.post("intake", {"consultation": {"received_at": now(), "gave_no_contact": True}})
    expect(gave_none.status == 201 and gave_none.json["contact"] is None, gave_none)
    local = lead.post("intake", {"consultation": {"received_at": "2019-04-17T10:02:03", "gave_no_contact": True}})
    expect(local.faults == {"consultation.received_at": "wrong_type"}, "a time without a zone is not guessed")
    zoned = lead.post("intake", {"consultation": {"received_at": "2019-09-30T23:59:59+09:00", "gave_no_contact": True}})
    expect(zoned.json["consultation"]["received_at"] == "2019-09-30T14:59:59.0000000Z", zoned)


def test_contact_data_only_on_demand(world: World) -> None:
    """Names and numbers are in no answer but that of reveal, which the audit names; a viewer is refused."""
    lead = world.lead
    consultation = intake(lead, original="秘密の原文 070-1234-0000", call_back_to="080-5555-0000")
    contact = lead.get(f"contacts/{consultation['contact_id']}").row
    channels = lead.get(f"channels?contact_id={contact['id']}").row["items"]
    expect("name" not in contact and "value" not in channels[0] and "original" not in consultation, contact)
    for path in (f"consultations/{consultation['id']}", f"consultations/{consultation['id']}/versions", "consultations",
                 "changes", "today", "search?q=" + urllib.parse.quote("秘密"), "search?q=070"):
        body = lead.get(path).body.decode()
        expect("秘密" not in body and "080-5555" not in body, path)
    expect(world.viewer.post(f"contacts/{contact['id']}/reveal").status == 403, "a viewer")
    revealed = lead.post(f"contacts/{contact['id']}/reveal").row
    expect(revealed == {"id": contact["id"], "name": "山田 太郎", "name_kana": None}, revealed)
    expect(lead.post(f"consultations/{consultation['id']}/reveal").row["call_back_to"] == "080-5555-0000", "call back")
    expect(lead.get("contacts?name=x").faults == {"name": "wrong_type"}, "no filter by contact data")
    expect(lead.get("contacts?order=name").status == 400, "no order by contact data")


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


def test_totp_counts_once(world: World) -> None:
    officer = world.desk.officer(world.admin, "withtotp", ["viewer"])
    setup = officer.post("me/totp").row
    expect(setup["uri"].startswith("otpauth://totp/"), setup)
    expect(officer.post("me/totp/confirm", {"code": "000000"}).status in (400,), "a wrong code")
    code = totp(setup["secret"])
    recovery = officer.post("me/totp/confirm", {"code": code}).row["recovery_codes"]
    expect(len(set(recovery)) == 10, recovery)
    client = world.desk.client()
    expect(client.log_in("withtotp").code == "code_required", "password alone")
    expect(client.log_in("withtotp", code=code).code == "code_refused", "the same code again")
    expect(client.log_in("withtotp", code=recovery[0]).status == 200, "a recovery code")
    expect(client.log_in("withtotp", code=recovery[0]).code == "code_refused", "the same recovery code again")


def test_sessions(world: World) -> None:
    """A new login is a new token; ending a login ends it; a password change ends the others."""
    officer = world.desk.officer(world.admin, "sessions", ["viewer"])
    first = officer.cookie
    second = world.desk.client()
    expect(second.log_in("sessions").status == 200 and second.cookie != first, "another token")
    cookie = second.log_in("sessions").cookies[0]
    expect("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie, cookie)
    own = officer.get("me/sessions").row["items"]
    expect(len(own) == 2, own)
    changed = officer.post("me/password", {"old_password": PASSWORD, "new_password": "another long password"})
    expect(changed.status == 204, changed)
    expect(second.get("me").status == 401 and officer.get("me").status == 200, "the others end")
    expect(officer.post("me/password", {"old_password": "another long password", "new_password": "short"}).faults ==
           {"new_password": "too_short"}, "a short one")
    expect(officer.post("logout").status == 204, "logout")
    officer.cookie = first
    expect(officer.get("me").status == 401, "the token is void")


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
    values = {"{id}": UNKNOWN_ID, "{user}": UNKNOWN_ID, "{role}": "viewer", "{period}": "2019H1", "{which}": "rescues"}
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


def test_rights_of_roles(world: World) -> None:
    """What the table of docs/rights.md refuses is refused, on what the person sees."""
    lead, contributor, viewer = world.lead, world.contributor, world.viewer
    case = case_of(lead, intake(lead))
    expect(viewer.post("notes", {"case_id": case["id"], "body": "x"}).status == 403, "a viewer writes nothing")
    note = contributor.post("notes", {"case_id": case["id"], "body": "x"}).row
    expect(contributor.delete(f"notes/{note['id']}", note["version"]).status == 403, "to write is not to delete")
    close = contributor.post(f"cases/{case['id']}/close", {"evidence_decision": "none", "note": "x"}, version=case["version"])
    expect(close.status == 403, "a contributor does not close")
    expect(world.admin.get(f"cases/{case['id']}").status == 404, "an administrator reads no case")
    expect(world.admin.get("cases").row["items"] == [], "nor a list of them")
    expect(lead.get("users").status == 200 and lead.post("users", {}).status in (400, 403), "users are the administrators'")
    expect(world.outsider.get("figures").status == 403 and world.outsider.get("users").status == 403, "no role, no right")
    expect(lead.get("audit").status == 403, "the desk's audit is the administrators'")
    events = lead.get(f"audit?case_id={case['id']}").row["items"]
    expect({"made"} <= {event["action"] for event in events}, events)
    of_people = world.admin.get("audit").row["items"]
    expect(of_people and {event["object_kind"] for event in of_people} <= {"user", "session"}, of_people)


def test_roles_on_one_case(world: World) -> None:
    lead, outsider = world.lead, world.outsider
    case = case_of(lead, intake(lead))
    me = outsider.get("me").row["user"]["id"]
    expect(outsider.get(f"cases/{case['id']}").status == 404, "not yet")
    grant = lead.post(f"cases/{case['id']}/grants", {"user_id": me, "role": "viewer"})
    expect(grant.status == 201, grant)
    expect(outsider.get(f"cases/{case['id']}").status == 200, "now")
    expect([row["id"] for row in outsider.get("cases").row["items"]] == [case["id"]], "and only this one")
    expect(outsider.post("notes", {"case_id": case["id"], "body": "x"}).status == 403, "to read only")
    expect(lead.delete(f"cases/{case['id']}/grants/{me}/viewer").status == 204, "taken back")
    expect(outsider.get(f"cases/{case['id']}").status == 404, "gone again")


def test_versions_and_conflicts(world: World) -> None:
    """Nobody's words are overwritten: a stale save gets both texts, one without a version is refused."""
    lead, other = world.lead, world.contributor
    case = case_of(lead, intake(lead))
    note = lead.post("notes", {"case_id": case["id"], "body": "初版"}).row
    expect(note["version"] == 1, note)
    without = lead.patch(f"notes/{note['id']}", {"body": "x"})
    expect((without.status, without.code) == (428, "if_match_missing"), without)
    second = other.patch(f"notes/{note['id']}", {"body": "第二版"}, version=1)
    expect(second.status == 200 and second.row["version"] == 2 and second.headers["etag"] == '"2"', second)
    stale = lead.patch(f"notes/{note['id']}", {"body": "私の版"}, version=1)
    expect(stale.status == 412 and stale.json["current"]["body"] == "第二版", stale)
    versions = lead.get(f"notes/{note['id']}/versions").row["items"]
    expect([one["row"]["body"] for one in versions] == ["初版", "第二版"], versions)
    expect(lead.patch(f"notes/{note['id']}", {"body": "x"}, headers={"If-Match": "*"}).status == 400, "any version")


def test_bin_and_back(world: World) -> None:
    lead = world.lead
    before = figures(lead)["consultations"]
    row = intake(lead)
    expect(figures(lead)["consultations"] == before + 1, "counted")
    binned = lead.delete(f"consultations/{row['id']}", row["version"])
    expect(binned.status == 200 and binned.json["deleted_at"], binned)
    expect(figures(lead)["consultations"] == before, "not in the bin")
    expect(world.contributor.get(f"consultations/{row['id']}").status == 404, "the bin is for those who may")
    expect(row["id"] in [one["id"] for one in lead.get("consultations?bin=true&limit=200").row["items"]], "the bin")
    changed = lead.patch(f"consultations/{row['id']}", {"summary": "x"}, version=binned.json["version"])
    expect(changed.status == 409 and changed.code == "in_bin", changed)
    back = lead.post(f"consultations/{row['id']}/restore", version=binned.json["version"]).row
    expect(back["deleted_at"] is None and figures(lead)["consultations"] == before + 1, back)


def test_duplicates_and_merges_count_once(world: World) -> None:
    lead = world.lead
    before = figures(lead)
    one, two = intake(lead), intake(lead)
    closed = lead.post(f"consultations/{two['id']}/state", {"state": "closed", "outcome": "duplicate_of",
                                                            "duplicate_of": one["id"]}, version=two["version"])
    expect(closed.status == 200 and figures(lead)["consultations"] == before["consultations"] + 1, closed)
    wrong = lead.post(f"consultations/{one['id']}/state", {"state": "closed", "outcome": "duplicate_of",
                                                           "duplicate_of": one["id"]}, version=one["version"])
    expect(wrong.faults == {"duplicate_of": "no_such"}, wrong)
    cases = [case_of(lead, intake(lead)) for _ in range(2)]
    for case in cases:
        lead.post("visits", {"case_id": case["id"], "planned_for": now(), "with_rescue": {
            "reason": "health_check", "decided_by": "班長", "decided_at": now()}}).row
    expect(figures(lead)["rescues"] == before["rescues"] + 2, "two cases")
    link = lead.post("case-links", {"case_id": cases[0]["id"], "other_case_id": cases[1]["id"], "kind": "same_as",
                                    "reason": "同じ事案"}).row
    expect(figures(lead)["rescues"] == before["rescues"] + 1, "merged")
    again = lead.post("case-links", {"case_id": cases[1]["id"], "other_case_id": cases[0]["id"], "kind": "same_as",
                                     "reason": "x"})
    expect((again.status, again.code) == (409, "already_linked"), again)
    lead.post(f"case-links/{link['id']}/undo", {"reason": "別の事案"}, version=link["version"]).row
    expect(figures(lead)["rescues"] == before["rescues"] + 2, "undone")


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


def test_repeated_post_is_done_once(world: World) -> None:
    lead = world.lead
    key = {"Idempotency-Key": "k1"}
    first = lead.post("organisations", {"name": "一度だけ"}, headers=key)
    second = lead.post("organisations", {"name": "一度だけ"}, headers=key)
    expect(first.row["id"] == second.row["id"], "once")
    expect(lead.post("organisations", {"name": "別"}, headers=key).status == 422, "the key is of another request")
    expect(world.contributor.post("organisations", {"name": "別"}, headers=key).status == 201, "keys are one's own")
    ids: list[str] = []
    threads = [threading.Thread(target=lambda: ids.append(
        lead.post("organisations", {"name": "同時"}, headers={"Idempotency-Key": "k2"}).json.get("id", "")))
        for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(len(set(ids) - {""}) == 1, ids)


def test_nobody_loses_an_update(world: World) -> None:
    """Eight people on one note: everything that was acknowledged is a version."""
    lead = world.lead
    case = case_of(lead, intake(lead))
    note = lead.post("notes", {"case_id": case["id"], "body": "0"}).row
    acknowledged: list[str] = []

    def work(who: int) -> None:
        for i in range(5):
            version = lead.get(f"notes/{note['id']}").row["version"]
            answer = lead.patch(f"notes/{note['id']}", {"body": f"{who}-{i}"}, version=version)
            expect(answer.status in (200, 412), answer)
            if answer.status == 200:
                acknowledged.append(f"{who}-{i}")

    threads = [threading.Thread(target=work, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bodies = [one["row"]["body"] for one in lead.get(f"notes/{note['id']}/versions").row["items"]]
    expect(sorted(bodies[1:]) == sorted(acknowledged) and len(acknowledged) > 0, (bodies, acknowledged))


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


def test_sensitive_acts_are_the_administrators(world: World) -> None:
    admin = world.admin
    users = {one["login"]: one for one in admin.get("users").row["items"]}
    mine = users["admin"]["id"]
    last = admin.post(f"users/{mine}/disabled", {"is_disabled": True})
    expect((last.status, last.code) == (409, "last_administrator"), last)
    officer = world.desk.officer(admin, "leaves", ["lead"])
    victim = next(one for one in admin.get("users").row["items"] if one["login"] == "leaves")
    expect(admin.post(f"users/{victim['id']}/disabled", {"is_disabled": True}).status == 200, "disabled")
    expect(officer.get("me").status == 401, "thrown out at once")
    expect(world.desk.client().log_in("leaves").code == "login_refused", "and stays out")
    taken = admin.post("users", {"login": "LEAD", "display_name": "x", "roles": []})
    expect(taken.faults == {"login": "taken"}, "names differ by more than case")
    expect(admin.post("users", {"login": "b", "display_name": "x", "roles": ["partner"]}).status == 400, "a case's role")
    expect(admin.post("me/authenticate", {"password": "wrong password 1"}).status == 401, "asked again, wrongly")
    expect(admin.post("me/authenticate", {"password": PASSWORD}).status == 204, "and rightly")


def test_roles_and_resets_hold_at_once(world: World) -> None:
    admin = world.admin
    officer = world.desk.officer(admin, "moves", ["viewer"])
    mine = officer.get("me").row["user"]["id"]
    expect(officer.post("organisations", {"name": "x"}).status == 403, "a viewer")
    changed = admin.post(f"users/{mine}/roles", {"roles": ["contributor"]})
    expect(changed.row["roles"] == ["contributor"] and officer.post("organisations", {"name": "x"}).status == 201, changed)
    expect(officer.post(f"users/{mine}/roles", {"roles": ["administrator"]}).status == 403, "not by oneself")
    other = world.desk.client()
    other.log_in("moves")
    first = next(one for one in other.get("me/sessions").row["items"] if not one["is_this"])
    expect(other.delete(f"me/sessions/{first['id']}").status == 204 and officer.get("me").status == 401, "ended")
    expect(world.lead.delete(f"me/sessions/{first['id']}").status == 404, "another's is none of theirs")
    link = admin.post(f"users/{mine}/reset").row
    expect(other.get("me").status == 401 and world.desk.client().log_in("moves").status == 401, "a reset voids both")
    again = world.desk.first_login(link["first_login_token"], "moves", "x")
    expect(again.get("me").row["roles"] == ["contributor"], "roles stay")


def test_phase(world: World) -> None:
    lead = world.lead
    case = case_of(lead, intake(lead))
    case = lead.post(f"cases/{case['id']}/phase", {"phase": "scope"}, version=case["version"]).row
    back = lead.post(f"cases/{case['id']}/phase", {"phase": "assess"}, version=case["version"])
    expect(back.faults == {"reason": "missing"}, back)
    expect(world.contributor.post(f"cases/{case['id']}/phase", {"phase": "decide"}, version=case["version"]).status == 403,
           "the lead's")


def test_first_link_works_once(world: World) -> None:
    answer = world.admin.post("users", {"login": "once", "display_name": "一度", "roles": ["viewer"]})
    token = answer.json["first_login_token"]
    world.desk.first_login(token, "once", "一度")
    again = world.desk.client().post("first-login", {"token": token, "login": "once2", "display_name": "x",
                                                     "password": PASSWORD})
    expect((again.status, again.code) == (401, "link_refused"), again)
    empty = world.desk.client().post("first-login", {"token": "", "login": "x", "display_name": "x", "password": PASSWORD})
    expect(empty.status == 400, "an empty token is none")


def test_lists(world: World) -> None:
    """Pages neither repeat nor leave out; what cannot be asked is refused."""
    lead = world.lead
    made = [lead.post("tasks", {"title": f"作業{i}"}).row["id"] for i in range(7)]
    got, after = [], ""
    while True:
        page = lead.get(f"tasks?limit=3&order=-created_at&after={urllib.parse.quote(after)}").row
        got += [row["id"] for row in page["items"]]
        after = page["next"]
        if not after:
            break
    expect(len(got) == len(set(got)) and set(made) <= set(got), (made, got))
    expect(lead.get("tasks?state=done").row["items"] == [], "a filter")
    for query in ("state=nonsense", "nonsense=1", "order=nonsense", "limit=-1", "limit=x", "after=nonsense", "title=x",
                  "state=open%27%20OR%201=1--", "order=id;DROP"):
        answer = lead.get(f"tasks?{query}")
        expect(answer.status == 400, (query, answer))


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


def test_tls_with_its_own_certificate(world: World) -> None:
    """Listening beyond loopback is TLS only, with a certificate that stays the same and a cookie that says so."""
    with Desk(world.binary, address="0.0.0.0") as desk:
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
    with tempfile.TemporaryDirectory() as folder:
        def run(*words: str) -> subprocess.CompletedProcess:
            return subprocess.run([world.binary, *words], capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})

        nowhere = run("check", "--data", folder + "/nowhere")
        expect(nowhere.returncode == 1 and not Path(folder, "nowhere").exists(), nowhere)
        begun = run("init", "--data", folder + "/desk")
        expect(begun.returncode == 0 and "/first-login#" in begun.stderr, begun)
        expect(run("user", "link", "nobody", "--data", folder + "/desk").returncode == 1, "nobody")
        expect(run("user", "link", "administrator", "--data", folder + "/desk").returncode == 0, "a new link")
        done = run("backup", folder + "/copy", "--data", folder + "/desk")
        expect(done.returncode == 0 and run("check", "--data", folder + "/copy").returncode == 0, done)
        for words in (["nonsense"], ["serve", "--nonsense", "x"], ["serve", "--listen", "x:y"], ["backup"], ["serve", "--cert", "x"]):
            expect(run(*words).returncode == 2, words)
        japanese = subprocess.run([world.binary, "help"], capture_output=True, text=True, env={"LC_ALL": "ja_JP.UTF-8"})
        expect(japanese.returncode == 0 and "使い方" in japanese.stderr, japanese)


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--konsekid", required=True)
    parser.add_argument("-k", default="")
    options = parser.parse_args()
    failed = 0
    with Desk(options.konsekid) as desk:
        world = World(options.konsekid, desk)
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
    done = subprocess.run([binary, "check", "--data", str(desk.data)], capture_output=True, text=True)
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
