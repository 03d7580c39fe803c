"""What people of the desk do, and what it does for them."""

import json
import threading
import urllib.parse

from desk_client import PASSWORD, case_of, intake, now, totp
from world import UNKNOWN_ID, World, expect, figures


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


def test_who_calls_is_known(world: World) -> None:
    """A caller is found by what was heard, their next consultation is theirs; numbers stay behind reveal."""
    lead = world.lead
    organisation = lead.post("organisations", {"name": "架空測器", "name_kana": "かくうそっき"}).row
    contact = lead.post("contacts", {"name": "模擬 一郎", "name_kana": "モギ イチロウ", "role": "情報部長",
                                     "organisation_id": organisation["id"]}).row
    lead.post("channels", {"contact_id": contact["id"], "kind": "phone", "value": "+81-70-0000-9876"}).row

    def people(part: str) -> dict:
        return lead.get("people?q=" + urllib.parse.quote(part)).row

    for part, matched in (("模擬一", "name"), ("もぎ", "name_kana"), ("070-0000-98", "phone")):
        found = people(part)
        expect(found["items"] == [{
            "contact": {"id": contact["id"], "name": "模擬 一郎", "name_kana": "モギ イチロウ", "role": "情報部長",
                        "may_be_contacted": True},
            "organisation": {"id": organisation["id"], "name": "架空測器", "name_kana": "かくうそっき"},
            "matched": matched}] and not found["has_more"], (part, found))
    found = people("そっき")["items"]
    expect([one["organisation"]["id"] for one in found] == [organisation["id"]] and found[0]["contact"] is None, found)
    expect(people("居ない人")["items"] == [], "nobody")
    for query in ("people", "people?q=", "people?q=" + "x" * 401, "people?q=x&limit=1"):
        expect(lead.get(query).status == 400, query)
    for client in (world.viewer, world.outsider, world.admin):
        expect(client.get("people?q=x").status == 403, "who reveals no contact data looks nobody up")
    again = lead.post("intake", {"consultation": {"received_at": now(), "contact_id": contact["id"],
                                                  "organisation_id": organisation["id"]},
                                 "channels": [{"kind": "mail", "value": "ichiro@example.jp"}]})
    expect(again.status == 201 and again.json["contact"] is None, again)
    expect(again.json["consultation"]["contact_id"] == contact["id"], again)
    expect(len(lead.get(f"channels?contact_id={contact['id']}").row["items"]) == 2, "a new way beside the old one")
    both = lead.post("intake", {"consultation": {"received_at": now(), "contact_id": contact["id"]}, "contact": {"name": "x"}})
    expect(both.faults == {"contact": "not_yours"}, both)
    nobody = lead.post("intake", {"consultation": {"received_at": now(), "contact_id": UNKNOWN_ID}})
    expect(nobody.faults == {"consultation.contact_id": "no_such"}, nobody)


def test_drafts_are_kept(world: World) -> None:
    """What was not sent waits on the server for the one who wrote it, from any browser, and for nobody else."""
    lead, key = world.lead, "new%20notes%2001ARZ3NDEKTSV4RRFFQ69G5FAV"
    body = json.dumps({"body": "秘密の下書き\n2行目"}, ensure_ascii=False)
    kept = lead.put(f"me/drafts/{key}", {"body": body})
    expect(kept.row["key"] == "new notes 01ARZ3NDEKTSV4RRFFQ69G5FAV", kept)
    expect(kept.json["key"] in [one["key"] for one in lead.get("me/drafts").row["items"]], "listed")
    elsewhere = world.desk.client()
    elsewhere.log_in("lead")
    expect(elsewhere.get(f"me/drafts/{key}").row["body"] == body, "from another browser")
    for client in (world.contributor, world.admin):
        expect(client.get(f"me/drafts/{key}").status == 404 and client.get("me/drafts").row["items"] == [], "nobody else's")
    for path in ("search?q=" + urllib.parse.quote("下書き"), "changes", "people?q=" + urllib.parse.quote("下書き")):
        expect("下書き" not in lead.get(path).body.decode(), path)
    for wrong, fault in (({"body": ""}, {"body": "missing"}), ({"body": {}}, {"body": "wrong_type"}),
                         ({"body": "x\u0000"}, {"body": "not_text"}), ({"body": "x" * (2**20 + 1)}, {"body": "too_long"}),
                         ({"body": "x", "user": UNKNOWN_ID}, {"user": "unknown_field"})):
        answer = lead.put(f"me/drafts/{key}", wrong)
        expect(answer.status == 400 and answer.faults == fault, (list(wrong), answer))
    expect(lead.put("me/drafts/" + "k" * 201, {"body": "x"}).faults == {"key": "too_long"}, "a long key")
    expect(lead.get(f"me/drafts/{key}").row["body"] == body, "what was refused changed nothing")
    expect([lead.delete(f"me/drafts/{key}").status for _ in range(2)] == [204, 204], "dropped, also twice")
    expect(lead.get(f"me/drafts/{key}").status == 404, "gone")


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
    expect(viewer.post("notes", {"case_id": case["id"], "body": "x"}).status == 403, "again")
    theirs = viewer.get("me").row["user"]["id"]
    refused = [event for event in world.admin.get(f"audit?actor={theirs}").row["items"]
               if (event["action"], event["reason"]) == ("refused", "POST notes")]
    expect(len(refused) == 1 and refused[0]["object"] == theirs, "what was refused is noted, the same once an hour")


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


def test_today_and_search(world: World) -> None:
    """What waits is on one page, a promised call first; two characters are a word."""
    lead = world.lead
    me = lead.get("me").row["user"]["id"]
    later = intake(lead, summary="標的型攻撃の疑い", call_back_at=now(7200))
    sooner = intake(lead, call_back_at=now(600))
    case = case_of(lead, later)
    task = lead.post("tasks", {"case_id": case["id"], "title": "折り返す", "owner_id": me}).row
    today = lead.get("today").row
    calls = [row["id"] for row in today["call_backs"]]
    expect(calls.index(sooner["id"]) < calls.index(later["id"]), calls)
    expect(task["id"] in [row["id"] for row in today["tasks"]], today["tasks"])
    later = lead.get(f"consultations/{later['id']}").row
    done = lead.post(f"consultations/{later['id']}/state", {"state": "closed", "outcome": "advised"}, version=later["version"])
    expect(done.status == 200, done)
    expect(later["id"] not in [row["id"] for row in lead.get("today").row["call_backs"]], "closed: no call any more")
    for words in ("攻撃", "標的型", "疑い"):
        found = lead.get("search?q=" + urllib.parse.quote(words)).row["items"]
        expect(later["id"] in [one["row"]["id"] for one in found], (words, found))
    expect(lead.get("search?q=" + urllib.parse.quote("存在しない語")).row["items"] == [], "nothing")
    expect(lead.post("tasks", {"title": "x", "owner_id": UNKNOWN_ID}).faults == {"owner_id": "no_such"}, "nobody's task")


def test_phase(world: World) -> None:
    lead = world.lead
    case = case_of(lead, intake(lead))
    case = lead.post(f"cases/{case['id']}/phase", {"phase": "scope"}, version=case["version"]).row
    back = lead.post(f"cases/{case['id']}/phase", {"phase": "assess"}, version=case["version"])
    expect(back.faults == {"reason": "missing"}, back)
    expect(world.contributor.post(f"cases/{case['id']}/phase", {"phase": "decide"}, version=case["version"]).status == 403,
           "the lead's")


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
