#!/usr/bin/env python3
"""Writes openapi.yaml: what each route takes and gives stands here, by hand; the fields of entities come from
`konsekid describe`, so that they are written once. tests/desk/api_test.py holds file, program and routes together.

    write_openapi.py PROGRAM           prints the document
    write_openapi.py PROGRAM --write   writes it beside this script
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ULID = {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{26}$"}
INSTANT = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}
BOOLEAN = {"type": "boolean"}
NUMBER = {"type": "integer"}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def items(schema: dict, **more: dict) -> dict:
    return thing({"items": {"type": "array", "items": schema}, **more})


def thing(members: dict, required: list[str] | None = None) -> dict:
    return {"type": "object", "properties": members, "required": list(members) if required is None else required,
            "additionalProperties": False}


def maybe(schema: dict) -> dict:
    return {"oneOf": [schema, {"type": "null"}]}


ROLES: list[str] = []  # filled from the program
REASON = thing({"reason": TEXT})
NEW_USER = {"login": TEXT, "display_name": TEXT, "language": {"type": "string", "enum": ["ja", "en"]},
            "roles": {"type": "array", "items": ref("Role")}}

# Path below /api/v1 → method → (what it does, body, status, answer, parameters of the query). "version": If-Match.
ROUTES: dict[str, dict[str, tuple]] = {
    "login": {"post": ("Log in; sets the cookie", thing({"login": TEXT, "password": TEXT, "code": TEXT}, ["login", "password"]), 200, ref("Me"), [])},
    "first-login": {"post": ("Log in by a one-time link and choose a password", thing({"token": TEXT, "login": TEXT, "display_name": TEXT, "password": TEXT}), 200, ref("Me"), [])},
    "logout": {"post": ("End this login", thing({}), 204, None, [])},
    "me": {"get": ("Who is logged in, with roles and what they may do on the desk as a whole", None, 200, ref("Me"), [])},
    "me/authenticate": {"post": ("The password once more, before a sensitive act (refused with login_again)", thing({"password": TEXT, "code": TEXT}, ["password"]), 204, None, [])},
    "me/sessions": {"get": ("One's own logins", None, 200, items(thing({"id": ULID, "created_at": INSTANT, "seen_at": INSTANT, "address": TEXT, "agent": TEXT, "is_this": BOOLEAN})), [])},
    "me/sessions/{id}": {"delete": ("End one of them", None, 204, None, [])},
    "me/drafts": {"get": ("What one is writing and has not sent, the newest first; nobody else's, forgotten after 30 days", None, 200, items(ref("Draft")), [])},
    "me/drafts/{key}": {"get": ("One of them with its body", None, 200, thing({"key": TEXT, "updated_at": INSTANT, "body": TEXT}), []),
                        "put": ("Keep one: at most 100, of 1 MiB each", thing({"body": TEXT}), 200, ref("Draft"), []),
                        "delete": ("Drop one, whether it was there or not", None, 204, None, [])},
    "me/password": {"post": ("Change the password; all other logins end", thing({"old_password": TEXT, "new_password": TEXT}), 204, None, [])},
    "me/totp": {"post": ("Begin a second factor", thing({}), 200, thing({"secret": TEXT, "uri": TEXT}), [])},
    "me/totp/confirm": {"post": ("Confirm it by a code; recovery codes are told once", thing({"code": TEXT}), 200, thing({"recovery_codes": {"type": "array", "items": TEXT}}), [])},
    "users": {"get": ("Users; roles and logins for administrators only", None, 200, items(ref("User")), []),
              "post": ("Make a user; the token of the one-time link is told once", thing(NEW_USER, ["login", "display_name"]), 201, ref("Invited"), [])},
    "users/{id}/reset": {"post": ("A new one-time link; password, second factor and logins of before are void", thing({}), 200, ref("Invited"), [])},
    "users/{id}/disabled": {"post": ("Shut a user out, or let them in again", thing({"is_disabled": BOOLEAN}), 200, ref("User"), [])},
    "users/{id}/roles": {"post": ("Set the roles on the whole desk", thing({"roles": NEW_USER["roles"]}), 200, ref("User"), [])},
    "cases/{id}/grants": {"get": ("Roles on this case", None, 200, items(ref("Grant")), []),
                          "post": ("Give one", thing({"user_id": ULID, "role": ref("Role")}), 201, ref("Grant"), [])},
    "cases/{id}/grants/{user}/{role}": {"delete": ("Take one back", None, 204, None, [])},
    "audit": {"get": ("Audit of a case; without one, of users and sessions (administrators)", None, 200, items(ref("AuditEvent")), ["case_id", "object", "actor", "before", "limit"])},
    "intake": {"post": ("Contact, channels and consultation in one step; received_at and one channel (or gave_no_contact) are needed. With a contact_id the channels are added to that contact",
                        thing({"consultation": ref("ConsultationWrite"), "contact": maybe(ref("ContactWrite")), "channels": {"type": "array", "items": ref("ChannelWrite")}}, ["consultation"]), 201,
                        thing({"consultation": ref("Consultation"), "contact": maybe(ref("Contact")), "channels": {"type": "array", "items": ref("Channel")}}), [])},
    "consultations/{id}/state": {"post": ("Move a consultation; closed needs an outcome, taking it up again a reason", thing({"state": "consultation.state", "outcome": "consultation.outcome", "reason": TEXT, "duplicate_of": ULID}, ["state"]), 200, ref("Consultation"), ["version"])},
    "consultations/{id}/case": {"post": ("Open a case for it (title), or tie it to one (case_id)", thing({"title": TEXT, "case_id": ULID}, []), 200, thing({"consultation": ref("Consultation"), "case": ref("Case")}), ["version"])},
    "rescues/{id}/state": {"post": ("Move a rescue; all but its first beginning needs a reason", thing({"state": "rescue.state", "reason": TEXT, "started_at": INSTANT}, ["state"]), 200, ref("Rescue"), ["version"])},
    "visits": {"post": ("Plan a visit; without an active rescue 409 no_active_rescue with the offer with_rescue: the same request with that member makes both", ref("VisitPlan"), 201, ref("Visit"), [])},
    "visits/{id}/state": {"post": ("Move a visit; done needs its beginning, cancelled a reason", thing({"state": "visit.state", "started_at": INSTANT, "ended_at": INSTANT, "reason": TEXT}, ["state"]), 200, ref("Visit"), ["version"])},
    "cases/{id}/close": {"post": ("Close a case: no open visit, rescue ended or none", thing({"evidence_decision": "case.evidence_decision", "note": TEXT}), 200, ref("Case"), ["version"])},
    "cases/{id}/reopen": {"post": ("Open it again", REASON, 200, ref("Case"), ["version"])},
    "cases/{id}/phase": {"post": ("Move its phase; back needs a reason", thing({"phase": "case.phase", "reason": TEXT}, ["phase"]), 200, ref("Case"), ["version"])},
    "cases/{id}/closed-off": {"post": ("Close a case off, or open it to the desk again; who closes it off becomes its lead", thing({"is_closed_off": BOOLEAN, "reason": TEXT}), 200, ref("Case"), ["version"])},
    "case-links/{id}/undo": {"post": ("Take a link back", REASON, 200, ref("CaseLink"), ["version"])},
    "figures": {"get": ("Counts of each half and year", None, 200, thing({"basis": {"type": "string", "enum": ["event", "cohort"]}, "periods": {"type": "array", "items": ref("Period")}, "breaches": {"type": "array", "items": thing({"case_id": ULID, "breach": TEXT})}}), ["basis", "from", "to"])},
    "figures/{period}/{which}": {"get": ("What one number counted, as far as one may see it: consultations, or cases for rescues and visited", None, 200, items({"oneOf": [ref("Consultation"), ref("Case")]}), ["basis"])},
    "today": {"get": ("What waits", None, 200, thing({"call_backs": {"type": "array", "items": ref("Consultation")}, "consultations": {"type": "array", "items": ref("Consultation")}, "tasks": {"type": "array", "items": ref("Task")}, "visits": {"type": "array", "items": ref("Visit")}}), [])},
    "search": {"get": ("Rows that hold all words", None, 200, items(ref("Found")), ["q"])},
    "people": {"get": ("Contacts and organisations by a part of a name, reading, number or address; the audit says whose names were shown", None, 200, items(ref("Known"), has_more=BOOLEAN), ["q"])},
    "changes": {"get": ("What changed since a change number", None, 200, items(ref("Found"), last=NUMBER), ["since"])},
}

PROBLEM = thing({"type": TEXT, "title": TEXT, "status": NUMBER, "code": TEXT,
                 "fields": {"type": "array", "items": thing({"field": TEXT, "code": TEXT})},
                 "current": {"type": "object"}, "offer": TEXT, "request_id": TEXT},
                ["type", "title", "status", "code", "fields", "request_id"])
USER = {"id": ULID, "display_name": TEXT, "is_disabled": BOOLEAN, "login": TEXT, "language": TEXT, "has_password": BOOLEAN,
        "has_totp": BOOLEAN, "roles": {"type": "array", "items": ref("Role")}}
HEADER = {"id": ULID, "version": NUMBER, "change_no": NUMBER, "created_at": INSTANT, "created_by": ULID, "updated_at": INSTANT,
          "updated_by": ULID, "deleted_at": maybe(INSTANT)}


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def type_of(field: dict) -> dict:
    code = {"type": "string", "enum": field["codes"]}
    return {"text": TEXT, "boolean": BOOLEAN, "instant": INSTANT, "date": {"type": "string", "format": "date"}, "id": ULID,
            "code": code, "codes": {"type": "array", "items": code}}[field["type"]]


def value_of(field: dict) -> dict:
    if field["is_answer"]:
        return {"oneOf": [{"type": "null"},
                          thing({"answer": {"type": "string", "enum": ["unknown", "declined", "not_applicable"]}}),
                          thing({"answer": {"const": "value"}, "value": type_of(field)})]}
    return type_of(field) if field["required"] else maybe(type_of(field))


def schemas_of(description: dict) -> dict:
    out: dict = {"Problem": PROBLEM, "Role": {"type": "string", "enum": ROLES}}
    for entity in description["entities"]:
        name = camel(entity["name"])
        read = {f["name"]: value_of(f) for f in entity["fields"] if not f["is_contact"]}
        write = {f["name"]: value_of(f) for f in entity["fields"] if not f["by_desk"]}
        contact = {f["name"]: value_of(f) for f in entity["fields"] if f["is_contact"]}
        out[name] = thing({**HEADER, **read})
        out[name + "Write"] = thing(write, [])
        if contact:
            out[name + "ContactData"] = thing({"id": ULID, **contact})
    out["VisitPlan"] = thing({**out["VisitWrite"]["properties"], "with_rescue": ref("RescueWrite")}, ["case_id", "planned_for"])
    out["Me"] = thing({"user": thing({"id": ULID, "login": TEXT, "display_name": TEXT, "language": TEXT, "has_totp": BOOLEAN}),
                       "roles": {"type": "array", "items": ref("Role")},
                       "case_roles": {"type": "array", "items": thing({"case_id": ULID, "role": ref("Role")})},
                       "acts": {"type": "array", "items": {"type": "string", "enum": list(description["rights"])}},
                       "session_id": ULID, "authenticated_at": INSTANT,
                       "desk": thing({"name": TEXT, "zone": TEXT, "version": TEXT})})
    out["User"] = thing(USER, ["id", "display_name", "is_disabled"])
    out["Invited"] = thing({"user": ref("User"), "first_login_token": TEXT, "first_login_until": INSTANT})
    out["Grant"] = thing({"user_id": ULID, "role": ref("Role"), "by": ULID, "at": INSTANT})
    out["AuditEvent"] = thing({"seq": NUMBER, "at": INSTANT, "actor": ULID, "via": TEXT, "address": TEXT, "action": TEXT,
                               "object_kind": TEXT, "object": ULID, "case_id": maybe(ULID), "before": TEXT, "after": TEXT,
                               "reason": TEXT, "request_id": TEXT, "hash": TEXT})
    out["Period"] = thing({"period": TEXT, "begin": INSTANT, "end": INSTANT, "consultations": NUMBER, "rescues": NUMBER, "visited": NUMBER})
    out["Draft"] = thing({"key": TEXT, "updated_at": INSTANT})
    kinds = next(f["codes"] for e in description["entities"] if e["name"] == "channel" for f in e["fields"] if f["name"] == "kind")
    named = {"id": ULID, "name": maybe(TEXT), "name_kana": maybe(TEXT)}
    out["Known"] = thing({"contact": maybe(thing({**named, "role": maybe(TEXT), "may_be_contacted": BOOLEAN})), "organisation": maybe(thing(named)),
                          "matched": {"type": "string", "enum": ["name", "name_kana", "name_en", *kinds]}})
    out["Found"] = thing({"kind": {"type": "string", "enum": [e["name"] for e in description["entities"]]},
                          "row": {"oneOf": [ref(camel(e["name"])) for e in description["entities"]]}})
    return out


def with_codes(schema, description: dict):
    """`consultation.state` in place of a schema: the codes of that field."""
    if isinstance(schema, str):
        entity, name = schema.split(".")
        fields = next(e["fields"] for e in description["entities"] if e["name"] == entity)
        return type_of(next(f for f in fields if f["name"] == name))
    if isinstance(schema, dict) and "properties" in schema:
        return {**schema, "properties": {k: with_codes(v, description) for k, v in schema["properties"].items()}}
    return schema


def parameter(name: str) -> dict:
    if name == "version":
        return {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string", "pattern": '^"[0-9]+"$'}}
    number = name in ("limit", "before", "since", "from", "to")
    return {"name": name, "in": "query", "schema": NUMBER if number else TEXT}


def operation(path: str, summary: str, body, status: int, answer, parameters: list[str], description: dict, is_open: bool) -> dict:
    captured = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    out: dict = {"summary": summary}
    if is_open:
        out["security"] = []
    listed = [{"name": name, "in": "path", "required": True, "schema": ULID if name in ("id", "user") else TEXT} for name in captured]
    listed += [parameter(name) for name in parameters]
    if listed:
        out["parameters"] = listed
    if body is not None:
        out["requestBody"] = {"content": {"application/json": {"schema": with_codes(body, description)}}}
    done: dict = {"description": "done"}
    if answer is not None:
        done["content"] = {"application/json": {"schema": answer}}
    out["responses"] = {str(status): done, "default": {"$ref": "#/components/responses/Problem"}}
    return out


def routes_of_things(entity: dict) -> dict[str, dict[str, tuple]]:
    plural, name = entity["plural"], camel(entity["name"])
    filters = [f["name"] for f in entity["fields"] if not f["is_contact"] and f["type"] in ("code", "id", "boolean")]
    has_contact = any(f["is_contact"] for f in entity["fields"])
    out = {plural: {"get": (f"A page of {plural}", None, 200, items(ref(name), next=maybe(TEXT)), [*filters, "order", "after", "limit", "bin"]),
                    "post": ("Make one", ref(name + "Write"), 201, ref(name), [])},
           f"{plural}/{{id}}": {"get": ("One of them", None, 200, ref(name), []),
                                "patch": ("Change fields", ref(name + "Write"), 200, ref(name), ["version"]),
                                "delete": ("Put it into the bin", None, 200, ref(name), ["version"])},
           f"{plural}/{{id}}/restore": {"post": ("Take it out of the bin", thing({}), 200, ref(name), ["version"])},
           f"{plural}/{{id}}/versions": {"get": ("All its versions, oldest first", None, 200, items(thing({"at": INSTANT, "by": ULID, "row": ref(name)})), [])}}
    if has_contact:
        out[f"{plural}/{{id}}/reveal"] = {"post": ("Its contact data; the audit says who saw them", thing({}), 200, ref(name + "ContactData"), [])}
    return out


def document(description: dict) -> dict:
    del ROLES[:]
    ROLES.extend(sorted({role for roles in description["rights"].values() for role in roles} | {"organisation", "partner"}))
    routes: dict[str, dict[str, tuple]] = {}
    for entity in description["entities"]:
        for path, methods in routes_of_things(entity).items():
            routes.setdefault(path, {}).update(methods)
    for path, methods in ROUTES.items():
        routes.setdefault(path, {}).update(methods)
    is_open = {(r["path"], r["method"].rstrip("_")): r["is_open"] for r in description["routes"]}
    paths = {"/" + path: {method: operation(path, *told, description, is_open.get((path, method), False))
                          for method, told in sorted(methods.items())} for path, methods in sorted(routes.items())}
    return {"openapi": "3.1.0",
            "info": {"title": "konseki desk", "version": "1",
                     "description": "Times are RFC 3339, UTC in answers; ids are ULIDs; a stale write is 412 with the current row, a state that does not allow it 409, what is hidden 404. POST takes Idempotency-Key."},
            "servers": [{"url": "/api/v1"}], "security": [{"session": []}], "paths": paths,
            "components": {"securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "__Host-konseki"}},
                           "responses": {"Problem": {"description": "refused", "content": {"application/problem+json": {"schema": ref("Problem")}}}},
                           "schemas": schemas_of(description)}}


PLAIN_KEY = re.compile(r"[A-Za-z_$/][A-Za-z0-9_$/{}.-]*")


def key(name: str) -> str:
    is_plain = PLAIN_KEY.fullmatch(name) and name.lower() not in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    return name if is_plain else json.dumps(name, ensure_ascii=False)


def yaml(value, indent: int = 0) -> str:
    """Block style; scalars as JSON writes them, which YAML reads the same."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(f"{pad}{key(k)}:{nested(v, indent)}" for k, v in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{pad}- {(nested(v, indent)).lstrip()}" for v in value)
    return pad + json.dumps(value, ensure_ascii=False) + "\n"


def nested(value, indent: int) -> str:
    is_simple = not isinstance(value, (dict, list)) or not value or all(not isinstance(v, (dict, list)) for v in (value.values() if isinstance(value, dict) else value))
    if is_simple:
        return " " + json.dumps(value, ensure_ascii=False) + "\n"
    return "\n" + yaml(value, indent + 1)


def text(program: str) -> str:
    description = json.loads(subprocess.run([program, "describe"], capture_output=True, check=True).stdout)
    return "# Written by api/write_openapi.py, where what routes take and give stands.\n" + yaml(document(description))


if __name__ == "__main__":
    made = text(sys.argv[1])
    if "--write" in sys.argv:
        (Path(__file__).parent / "openapi.yaml").write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
