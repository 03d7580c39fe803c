"""What the ATT&CK Navigator asks of a layer, by its layer format 4.5 (mitre-attack/attack-navigator, layers/spec/v4.5)."""

import re

DOMAINS = {"enterprise-attack", "mobile-attack", "ics-attack"}
OLDEST_NAVIGATOR = (4, 9, 0)
TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
NUMBER = (int, float)

# Member -> type. Those that must be there begin with "!".
LAYER = {"!name": str, "!domain": str, "!versions": dict, "description": str, "filters": dict, "sorting": int, "layout": dict,
         "hideDisabled": bool, "techniques": list, "gradient": dict, "legendItems": list, "showTacticRowBackground": bool,
         "tacticRowBackground": str, "selectTechniquesAcrossTactics": bool, "selectSubtechniquesWithParent": bool,
         "selectVisibleTechniques": bool, "metadata": list, "links": list, "customDataURL": str}
VERSIONS = {"attack": str, "!navigator": str, "!layer": str}
LAYOUT = {"layout": str, "showID": bool, "showName": bool, "showAggregateScores": bool, "countUnscored": bool,
          "aggregateFunction": str, "expandedSubtechniques": str}
TECHNIQUE_MEMBERS = {"!techniqueID": str, "tactic": str, "comment": str, "enabled": bool, "score": NUMBER, "color": str,
                     "metadata": list, "links": list, "showSubtechniques": bool}
GRADIENT = {"!colors": list, "!minValue": NUMBER, "!maxValue": NUMBER}
LEGEND_ITEM = {"!label": str, "!color": str}
CHOICES = {"layout": {"side", "flat", "mini"}, "aggregateFunction": {"average", "min", "max", "sum"},
           "expandedSubtechniques": {"none", "all", "annotated"}}


def members(where: str, value: dict, known: dict) -> list[str]:
    """What is missing, unknown or of another type."""
    types = {name.lstrip("!"): kind for name, kind in known.items()}
    faults = [f"{where}: no {name[1:]}" for name in known if name.startswith("!") and name[1:] not in value]
    for name, one in value.items():
        if name not in types:
            faults.append(f"{where}: {name} is unknown")
        elif not isinstance(one, types[name]) or (types[name] is not bool and isinstance(one, bool)):
            faults.append(f"{where}: {name} is {one!r}")
    return faults


def check_techniques(layer: dict) -> list[str]:
    faults, seen = [], set()
    gradient = layer.get("gradient", {})
    for one in layer.get("techniques", []):
        name = one.get("techniqueID", "")
        faults += members(f"technique {name}", one, TECHNIQUE_MEMBERS)
        if not TECHNIQUE.fullmatch(name):
            faults.append(f"technique {name}: no id")
        if (name, one.get("tactic")) in seen:
            faults.append(f"technique {name} stands there twice")
        seen.add((name, one.get("tactic")))
        if "showSubtechniques" in one and "." in name:
            faults.append(f"technique {name}: a sub-technique has none of its own")
        if not gradient.get("minValue", 0) <= one.get("score", 0) <= gradient.get("maxValue", 100):
            faults.append(f"technique {name}: score {one['score']} is outside of the gradient")
    return faults


def check_colours(layer: dict) -> list[str]:
    faults = []
    gradient = layer.get("gradient")
    if gradient is not None:
        faults += members("gradient", gradient, GRADIENT)
        if len(gradient.get("colors", [])) < 2 or gradient.get("minValue", 0) >= gradient.get("maxValue", 0):
            faults.append(f"gradient: {gradient}")
    for item in layer.get("legendItems", []):
        faults += members("legend", item, LEGEND_ITEM)
    colours = [*(gradient or {}).get("colors", []), *(item.get("color", "") for item in layer.get("legendItems", []))]
    return faults + [f"{colour!r} is no colour" for colour in colours if not COLOUR.fullmatch(colour)]


def check_layer(layer: dict) -> list[str]:
    """What is wrong with it, one line each."""
    faults = members("layer", layer, LAYER)
    versions, layout = layer.get("versions", {}), layer.get("layout", {})
    faults += members("versions", versions, VERSIONS) + members("layout", layout, LAYOUT)
    if layer.get("domain") not in DOMAINS:
        faults.append(f"domain {layer.get('domain')!r}")
    if versions.get("layer") != "4.5":
        faults.append(f"layer format {versions.get('layer')!r}")
    if not re.fullmatch(r"\d+(\.\d+)?", versions.get("attack", "1")):
        faults.append(f"version of ATT&CK {versions.get('attack')!r}")
    navigator = versions.get("navigator", "0")
    if not re.fullmatch(r"\d+\.\d+\.\d+", navigator) or tuple(map(int, navigator.split("."))) < OLDEST_NAVIGATOR:
        faults.append(f"version of the Navigator {navigator!r}")
    if layer.get("sorting", 0) not in range(4):
        faults.append(f"sorting {layer['sorting']}")
    faults += [f"{name} is {layout[name]!r}" for name, allowed in CHOICES.items() if name in layout and layout[name] not in allowed]
    return faults + check_techniques(layer) + check_colours(layer)
