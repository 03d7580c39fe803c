"""Holds every answer of a test run against api/openapi.yaml: the part of JSON Schema that the document uses."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "api"))
import write_openapi  # noqa: E402

KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


class Contract:
    """The document, and what was seen of it."""

    def __init__(self, description: dict):
        self.document = write_openapi.document(description)
        self.schemas = self.document["components"]["schemas"]
        self.paths = [(re.compile("/api/v1" + re.sub(r"\{[^}]+\}", "[^/]+", path)), path)
                      for path in sorted(self.document["paths"], key=lambda one: one.count("{"))]
        self.seen: set[tuple[str, str]] = set()

    def check(self, method: str, target: str, status: int, kind: str, body) -> list[str]:
        """What is wrong with an answer; nothing for what is not in the document."""
        path = next((path for pattern, path in self.paths if pattern.fullmatch(target.split("?")[0])), None)
        told = self.document["paths"].get(path, {}).get(method.lower())
        if told is None:
            return []
        if status >= 400:
            wrong = [] if kind == "application/problem+json" else [f"{kind} is no problem"]
            return wrong + self.faults(self.schemas["Problem"], body, path)
        self.seen.add((method.lower(), path))
        answer = told["responses"].get(str(status))
        if answer is None:
            return [f"{method} {path}: {status} is not told"]
        if "content" not in answer:
            return [] if body is None else [f"{method} {path}: a body"]
        return self.faults(answer["content"]["application/json"]["schema"], body, path)

    def faults(self, schema: dict, value, where: str) -> list[str]:
        if "$ref" in schema:
            return self.faults(self.schemas[schema["$ref"].rsplit("/", 1)[1]], value, where)
        if "oneOf" in schema:
            fitting = [one for one in schema["oneOf"] if not self.faults(one, value, where)]
            return [] if len(fitting) == 1 else [f"{where}: {value!r} fits {len(fitting)} of {len(schema['oneOf'])}"]
        if "const" in schema:
            return [] if value == schema["const"] else [f"{where}: {value!r}"]
        kind = KINDS[schema["type"]]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            return [f"{where}: {value!r} is no {schema['type']}"]
        wrong = []
        if "enum" in schema and value not in schema["enum"]:
            wrong.append(f"{where}: {value!r} is none of {schema['enum']}")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            wrong.append(f"{where}: {value!r} does not fit {schema['pattern']}")
        if kind is list:
            for i, one in enumerate(value):
                wrong += self.faults(schema["items"], one, f"{where}[{i}]")
        if kind is dict and "properties" in schema:
            wrong += [f"{where}: {name} is missing" for name in schema["required"] if name not in value]
            for name, one in value.items():
                if name in schema["properties"]:
                    wrong += self.faults(schema["properties"][name], one, f"{where}.{name}")
                else:
                    wrong.append(f"{where}: {name} is not told")
        return wrong
