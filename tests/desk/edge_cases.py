"""What lies at the edges: texts that are kept for ever, the bin, links of two cases, clocks, a program that is killed."""

import signal
import subprocess
import tempfile
import time
from pathlib import Path

from desk_client import Desk, case_of, intake, now, totp
from world import UNKNOWN_ID, World, expect, figures


def test_names_that_nobody_has(world: World) -> None:
    """What a stranger types as a name is refused like any other, whatever its length and characters."""
    stranger = world.desk.client()
    plain = stranger.log_in("nobody-at-all", "wrong password 1")
    for name in ("a\u0000b", "a" * 1_000_000, "名前", "\u001b[31m", "' OR 1=1 --"):
        answer = stranger.log_in(name, "wrong password 1")
        expect(answer.status == 401 and answer.without_id() == plain.without_id(), (name[:9], answer))
    kept = world.desk.data / "desk.sqlite-wal"
    if kept.exists():
        expect(b"nobody-at-all" not in kept.read_bytes(), "a password typed as a name is not kept")


def test_reasons_are_texts(world: World) -> None:
    """A reason that stands in the audit alone is checked like a field."""
    lead = world.lead
    case = case_of(lead, intake(lead))
    for reason, code in (("a\u0000b", "not_text"), ("\u001b[2J", "not_text"), ("x" * 2001, "too_long")):
        for verb, body in (("phase", {"phase": "scope"}), ("closed-off", {"is_closed_off": True})):
            answer = lead.post(f"cases/{case['id']}/{verb}", {**body, "reason": reason}, version=case["version"])
            expect(answer.status == 400 and answer.faults == {"reason": code}, (verb, reason[:9], answer))
    expect(lead.get(f"cases/{case['id']}").row == case, "nothing changed")


def test_pages_that_are_none(world: World) -> None:
    for end in ("t00", "tff", "t6", "i", "i1", "n", "x", ""):
        answer = world.lead.get(f"organisations?order=name&after={UNKNOWN_ID}{end}")
        expect(answer.status in (200, 400), (end, answer))


def test_what_is_counted_stays_counted(world: World) -> None:
    """The bin takes neither an original from its duplicates nor a rescue from visits that come back (C1, C4)."""
    lead = world.lead
    original, other = intake(lead), intake(lead)
    before = figures(lead)["consultations"]
    other = lead.post(f"consultations/{other['id']}/state", {
        "state": "closed", "outcome": "duplicate_of", "duplicate_of": original["id"]}, version=other["version"]).row
    kept = lead.delete(f"consultations/{original['id']}", version=original["version"])
    expect((kept.status, kept.code) == (409, "has_duplicates"), kept)
    expect(figures(lead)["consultations"] == before - 1, "one matter counts once")
    binned = lead.delete(f"consultations/{other['id']}", version=other["version"]).row
    gone = lead.delete(f"consultations/{original['id']}", version=original["version"]).row
    early = lead.post(f"consultations/{other['id']}/restore", version=binned["version"])
    expect((early.status, early.code) == (409, "original_in_bin"), early)
    lead.post(f"consultations/{original['id']}/restore", version=gone["version"]).row
    lead.post(f"consultations/{other['id']}/restore", version=binned["version"]).row
    expect(figures(lead)["consultations"] == before - 1, "as before")


def test_visit_comes_back_with_its_rescue(world: World) -> None:
    lead = world.lead
    case = case_of(lead, intake(lead))
    visit = lead.post("visits", {"case_id": case["id"], "planned_for": now(), "with_rescue": {
        "reason": "harm_by_delay", "decided_by": "鈴木", "decided_at": now()}}).row
    visit = lead.post(f"visits/{visit['id']}/state", {"state": "done", "started_at": now()}, version=visit["version"]).row
    visit = lead.delete(f"visits/{visit['id']}", version=visit["version"]).row
    rescue = lead.get(f"rescues?case_id={case['id']}").row["items"][0]
    rescue = lead.delete(f"rescues/{rescue['id']}", version=rescue["version"]).row
    early = lead.post(f"visits/{visit['id']}/restore", version=visit["version"])
    expect((early.status, early.code) == (409, "rescue_in_bin"), early)
    lead.post(f"rescues/{rescue['id']}/restore", version=rescue["version"]).row
    lead.post(f"visits/{visit['id']}/restore", version=visit["version"]).row


def test_bin_hides_from_who_may_not_use_it(world: World) -> None:
    """What went into the bin is told by no change and no list, with all that belongs to a case."""
    lead, contributor, viewer = world.lead, world.contributor, world.viewer
    asked = intake(lead)
    case = case_of(lead, asked)
    old = lead.post("notes", {"case_id": case["id"], "body": "捨てた覚え書き"}).row
    lead.delete(f"notes/{old['id']}", version=old["version"]).row
    kept = lead.post("notes", {"case_id": case["id"], "body": "事案の覚え書き"}).row
    since = kept["change_no"] - 3
    told = viewer.get(f"changes?since={since}").row
    expect("捨てた" not in str(told["items"]) and "事案の" in str(told["items"]) and told["last"] == kept["change_no"], told)
    expect("捨てた" in str(lead.get(f"changes?since={since}").row["items"]), "a lead may restore it")
    case = lead.get(f"cases/{case['id']}").row
    binned = lead.delete(f"cases/{case['id']}", version=case["version"]).row
    for client in (contributor, viewer):
        for path in (f"notes/{kept['id']}", f"notes/{kept['id']}/versions"):
            expect(client.get(path).status == 404, path)
        for path in (f"notes?case_id={case['id']}", f"changes?since={since}", "search?q=%E4%BA%8B%E6%A1%88%E3%81%AE%E8%A6%9A"):
            expect("事案の覚え" not in client.get(path).body.decode(), path)
    refused = lead.patch(f"notes/{kept['id']}", {"body": "x"}, version=kept["version"])
    expect((refused.status, refused.code) == (409, "in_bin"), refused)
    expect(viewer.get(f"consultations/{asked['id']}").status == 200, "it was asked all the same")
    lead.post(f"cases/{case['id']}/restore", version=binned["version"]).row
    expect(viewer.get(f"notes/{kept['id']}").status == 200, "all is back")


def test_link_needs_both_cases(world: World) -> None:
    """Who leads one of two linked cases, and only reads the other, cannot take their link back."""
    lead = world.lead
    here, there = case_of(lead, intake(lead)), case_of(lead, intake(lead))
    link = lead.post("case-links", {"case_id": here["id"], "other_case_id": there["id"], "kind": "same_as",
                                    "reason": "同じ"}).row
    partial = world.desk.officer(world.admin, "one-case", ["viewer"])
    who = partial.get("me").row["user"]["id"]
    expect(lead.post(f"cases/{here['id']}/grants", {"user_id": who, "role": "lead"}).status == 201, "a lead of one")
    path, version = f"case-links/{link['id']}", link["version"]
    for answer in (partial.post(path + "/undo", {"reason": "x"}, version=version), partial.delete(path, version=version),
                   partial.patch(path, {"reason": "x"}, version=version)):
        expect((answer.status, answer.code) == (403, "forbidden"), answer)
    expect(lead.post(path + "/undo", {"reason": "別"}, version=version).status == 200, "a lead of both")


def test_moments_are_plausible(world: World) -> None:
    """Years that no desk has are refused, and a consultation of the future; a clock that is a little wrong is not."""
    lead = world.lead
    for moment, code in (("9999-12-31T23:59:59-12:00", "wrong_type"), ("0001-01-01T00:00:00Z", "wrong_type"),
                         ("1899-12-31T23:59:59Z", "wrong_type"), (now(2 * 86_400), "in_future")):
        answer = lead.post("consultations", {"received_at": moment, "gave_no_contact": True})
        expect(answer.status == 400 and answer.faults == {"received_at": code}, (moment, answer))
    answer = lead.post("intake", {"consultation": {"received_at": now(2 * 86_400), "gave_no_contact": True}})
    expect(answer.status == 400 and answer.faults == {"consultation.received_at": "in_future"}, answer)
    row = lead.post("consultations", {"received_at": now(600), "gave_no_contact": True}).row
    later = lead.patch(f"consultations/{row['id']}", {"received_at": now(2 * 86_400)}, version=row["version"])
    expect(later.faults == {"received_at": "in_future"}, later)
    silent = lead.patch(f"consultations/{row['id']}", {"gave_no_contact": False}, version=row["version"])
    expect(silent.status == 400 and silent.faults == {"contact_id": "missing"}, silent)


def test_each_login_and_refusal_is_told(world: World) -> None:
    """A first login is a login; a wrong password of somebody who is logged in is told with their name."""
    user = world.desk.officer(world.admin, "told", ["viewer"])
    me = user.get("me").row
    wrong = {"old_password": "wrong password 1", "new_password": "another battery staple"}
    expect(user.post("me/password", wrong).faults == {"old_password": "wrong"}, "refused")
    expect(user.post("me/authenticate", {"password": "wrong password 1"}).status == 401, "refused")
    events = world.admin.get(f"audit?actor={me['user']['id']}").row["items"]
    told = [(one["action"], one["object"]) for one in events]
    expect(told == [("login_refused", me["user"]["id"])] * 2 +
           [("logged_in", me["session_id"]), ("set_up", me["user"]["id"])], events)


def test_key_is_not_made_anew(world: World) -> None:
    """Where somebody has a second factor, a desk without its key does not start with a new one."""
    database = world.new_database()
    with tempfile.TemporaryDirectory() as folder:
        with Desk(world.binary, data=folder + "/desk", database=database) as desk:
            admin = desk.set_up()
            secret = admin.post("me/totp").row["secret"]
            expect(admin.post("me/totp/confirm", {"code": totp(secret)}).status == 200, "a second factor")
        key = Path(folder, "desk", "desk.key")
        whole = key.read_bytes()
        key.unlink()
        words = [world.binary, "init", "--data", folder + "/desk", *desk.database]
        refused = subprocess.run(words, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})
        expect(refused.returncode == 1 and "desk.key" in refused.stderr and not key.exists(), refused)
        key.write_bytes(whole)
        with Desk(world.binary, data=folder + "/desk", database=database) as desk:
            expect(desk.client().log_in("admin", code=totp(secret, time.time() + 30)).status == 200, "as before")


def test_bin_of_a_closed_off_case(world: World) -> None:
    """A lead of the desk who only reads a case that is closed off sees nothing of its bin."""
    lead = world.lead
    case = case_of(lead, intake(lead))
    other = world.desk.officer(world.admin, "other-lead", ["lead"])
    who = other.get("me").row["user"]["id"]
    note = lead.post("notes", {"case_id": case["id"], "body": "秘匿の覚え書き"}).row
    lead.delete(f"notes/{note['id']}", version=note["version"]).row
    case = lead.get(f"cases/{case['id']}").row
    off = lead.post(f"cases/{case['id']}/closed-off", {"is_closed_off": True, "reason": "秘匿"}, version=case["version"]).row
    expect(lead.post(f"cases/{case['id']}/grants", {"user_id": who, "role": "viewer"}).status == 201, "a viewer")
    expect(other.get(f"cases/{case['id']}").row == off, "the case is seen")
    expect(other.get(f"notes/{note['id']}").status == 404, "its bin is not")
    for path in (f"notes?bin=true&case_id={case['id']}", f"changes?since={note['change_no'] - 1}"):
        expect("秘匿の覚え" not in other.get(path).body.decode() and "秘匿の覚え" in lead.get(path).body.decode(), path)


def test_killed_while_it_begins(world: World) -> None:
    """Killed at any moment of its first start, konsekid starts again: no key is there by half."""
    for tenth in range(20):
        with tempfile.TemporaryDirectory() as folder:
            words = [world.binary, "init", "--data", folder + "/desk"]
            begun = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(tenth / 400)
            begun.send_signal(signal.SIGKILL)
            begun.wait()
            again = subprocess.run(words, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})
            expect(again.returncode == 0, again.stderr)
            expect(Path(folder, "desk/desk.key").stat().st_size == 32, "a whole key")
            left = [one.name for one in Path(folder, "desk").iterdir() if one.name.startswith("desk.key.")]
            expect(len(left) <= 1, left)
