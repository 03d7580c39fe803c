#!/usr/bin/env python3
"""A desk with people and made-up work in it, for tests in a browser and for looking around.

    seed.py --konsekid PROGRAM [--data DIR] [--port N]

Prints one line of JSON (where, who, what) and serves until its standard input ends or Ctrl-C.
"""

import argparse
import json
import sys

from desk_client import PASSWORD, Client, Desk, case_of, intake, now

QUESTIONS = [
    ("取引先を名乗るメールの添付ファイルを開いた", "victim_suspected", "架空重工業"),
    ("海外拠点のサーバから見慣れない通信が出ている", "victim_suspected", "見本海運"),
    ("不審なメールが届いたが開いていない", "attack_failed", "例示大学"),
    ("年に一度の健康診断をお願いしたい", "health_check", "架空総合研究所"),
]


def seed(desk: Desk) -> dict:
    """An administrator, a lead, a contributor and a viewer; consultations, a case in rescue with a visit ahead."""
    admin = desk.set_up()
    people = {role: desk.officer(admin, role, [role], name)
              for role, name in (("lead", "鈴木 花子"), ("contributor", "佐藤 健"), ("viewer", "高橋 誠"))}
    lead = people["lead"]
    consultations = [take_in(lead, *question) for question in QUESTIONS]
    case = case_of(lead, consultations[0], "標的型メールと外部通信の件")
    rescue = lead.post("rescues", {"case_id": case["id"], "reason": "harm_by_delay", "decided_by": "班長",
                                   "decided_at": now()}).row
    lead.post(f"rescues/{rescue['id']}/state", {"state": "active"}, version=rescue["version"]).row
    lead.post("visits", {"case_id": case["id"], "planned_for": now(2 * 86400), "purpose": "ログの保全",
                         "prefecture": {"answer": "value", "value": "13"}}).row
    note = lead.post("notes", {"case_id": case["id"], "title": "電話の記録", "body": "端末は触らずに置いてある。"}).row
    me = lead.get("me").row["user"]["id"]
    lead.post("tasks", {"case_id": case["id"], "title": "ログを受け取る", "owner_id": me, "due_at": now(86400)}).row
    return {"url": f"http://127.0.0.1:{desk.port}/", "password": PASSWORD, "logins": ["admin", *people],
            "case": case["id"], "note": note["id"], "consultations": [row["id"] for row in consultations]}


def take_in(officer: Client, summary: str, purpose: str, organisation: str) -> dict:
    made = officer.post("organisations", {"name": organisation}).row
    return intake(officer, summary, organisation_id=made["id"], purpose={"answer": "value", "value": purpose},
                  call_back_at=now(3600))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--konsekid", required=True)
    parser.add_argument("--data")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with Desk(options.konsekid, options.data, options.port) as desk:
        print(json.dumps(seed(desk), ensure_ascii=False), flush=True)
        try:
            sys.stdin.read()
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
