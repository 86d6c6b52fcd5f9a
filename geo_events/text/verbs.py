"""The words that tell of an event: verbs and nouns by type, with what they need around them.

A line of the tables below is ``lemma | forms beyond the regular ones``. To teach a new verb, add it
to the group that behaves like it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from geo_events.text.lexicon import word_set

__all__ = [
    "CAMPAIGNS",
    "NOUNS",
    "PARTICLES",
    "REPORTING",
    "STRIKES",
    "TRIGGERS",
    "VERBS",
    "EventType",
    "Sense",
]

EventType = Literal[
    "launch", "strike", "flight", "diversion", "crash", "interception", "movement", "other"
]


class Sense(NamedTuple):
    """What a trigger word can mean.

    Parameters
    ----------
    type : str
        The type of event.
    group : str
        How its places attach: "fire", "lift", "fly", "leave", "reach", "arrive", "send", "load",
        "hit", "attack", "fall", "turn", "intercept", "board", "begin", "cross", "pass".
    needs : str
        What must stand around it: "projectile", "aircraft", "flying" (either), "mover" (either, or
        a ship), "vessel", "airspace", "campaign", "business" (that it is none) or "" for nothing.
    noun : bool
        Whether the word is a noun here.
    """

    type: EventType
    group: str
    needs: str = ""
    noun: bool = False


_IRREGULAR = {
    "fly": "flies flew flown flying",
    "shoot": "shoots shot shooting",
    "fall": "falls fell fallen falling",
    "strike": "strikes struck stricken striking",
    "hit": "hits hitting",
    "leave": "leaves left leaving",
    "flee": "flees fled fleeing",
    "send": "sends sent sending",
    "bring": "brings brought bringing",
    "drive": "drives drove driven driving",
    "ride": "rides rode ridden riding",
    "go": "goes went gone going",
    "come": "comes came coming",
    "take": "takes took taken taking",
    "run": "runs ran running",
    "begin": "begins began begun beginning",
    "transfer": "transfers transferred transferring",
    "ship": "ships shipped shipping",
    "travel": "travels traveled travelled traveling travelling",
    "target": "targets targeted targeting targetted",
    "bomb": "bombs bombed bombing",
    "lob": "lobs lobbed lobbing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "crash": "crashes crashed crashing",
    "smuggle": "smuggles smuggled smuggling",
    "throw": "throws threw thrown throwing",
    "overfly": "overflies overflew overflown overflying",
    "deport": "deports deported deporting",
    "import": "imports imported importing",
    "down": "downed downing",
    "scramble": "scrambled scrambling",
    "head": "headed heading",
    "land": "lands landed landing",
    "set": "sets setting",
    "turn": "turns turned turning",
    "lift": "lifts lifted lifting",
    "blast": "blasts blasted blasting",
    "plunge": "plunges plunged plunging",
    "slam": "slams slammed slamming",
    "ditch": "ditched ditching",
    "test": "tests tested testing",
    "ferry": "ferries ferried ferrying",
    "carry": "carries carried carrying",
    "fight": "fights fought fighting",
    "occur": "occurs occurred occurring",
    "stop": "stops stopped stopping",
    "drop": "drops dropped dropping",
    "shell": "shells shelled shelling",
    "hurl": "hurls hurled hurling",
    "bombard": "bombards bombarded bombarding",
}
VERBS: tuple[tuple[str, Sense], ...] = (
    (
        "launch fire lob shoot unleash loose hurl test testfire",
        Sense("launch", "fire", "projectile"),
    ),
    ("occur happen", Sense("launch", "happen")),
    ("detect", Sense("launch", "detect", "projectile")),
    ("fly overfly", Sense("flight", "fly")),
    ("drift glide soar", Sense("flight", "fly", "aircraft")),
    ("divert reroute redirect", Sense("diversion", "turn", "mover")),
    ("crash", Sense("crash", "fall")),
    ("fall plunge ditch drop", Sense("crash", "fall", "flying")),
    ("slam", Sense("crash", "fall", "flying")),
    ("vanish disappear", Sense("flight", "travel", "aircraft")),
    ("avoid bypass skirt", Sense("diversion", "turn", "airspace")),
    ("board stop seize detain", Sense("interception", "board", "vessel")),
    ("intercept down", Sense("interception", "intercept", "mover")),
    ("scramble", Sense("interception", "intercept", "aircraft")),
    ("hit strike engage destroy pound", Sense("strike", "hit")),
    (
        "bomb bombard shell attack target raid strafe pummel ambush blast storm besiege",
        Sense("strike", "attack"),
    ),
    ("leave depart flee escape evacuate exit", Sense("movement", "leave")),
    ("reach enter visit approach invade tour penetrate", Sense("movement", "reach")),
    ("arrive return come go run", Sense("movement", "arrive")),
    ("dock anchor moor berth", Sense("movement", "arrive", "vessel")),
    ("shuttle commute ply", Sense("movement", "travel")),
    ("pass", Sense("movement", "pass", "mover")),
    ("take", Sense("movement", "send", "taken")),
    ("load", Sense("movement", "load", "mover")),
    ("land", Sense("movement", "arrive", "landing")),
    (
        (
            "travel sail march drive ride walk move relocate migrate head steam sneak retreat "
            "advance flock stream pour"
        ),
        Sense("movement", "travel"),
    ),
    (
        (
            "send ship transport transfer deploy redeploy deliver bring carry smuggle dispatch "
            "deport export import airlift ferry evacuate withdraw extradite repatriate haul supply "
            "donate expel"
        ),
        Sense("movement", "send"),
    ),
    ("cross traverse", Sense("movement", "cross")),
    ("begin start open commence", Sense("other", "begin", "campaign")),
)
NOUNS: tuple[tuple[str, Sense], ...] = (
    (
        (
            "launch launches launching launchings firing firings salvo barrage volley liftoff test "
            "tests"
        ),
        Sense("launch", "fire", "projectile", noun=True),
    ),
    (
        "flight flights sortie sorties takeoff overflight overflights",
        Sense("flight", "fly", noun=True),
    ),
    ("diversion diversions", Sense("diversion", "turn", "mover", noun=True)),
    ("crash crashes", Sense("crash", "fall", noun=True)),
    (
        (
            "strike strikes airstrike airstrikes attack attacks raid raids bombing bombings "
            "shelling bombardment hit hits explosion explosions blast blasts ambush"
        ),
        Sense("strike", "attack", noun=True),
    ),
    (
        "interception interceptions intercept",
        Sense("interception", "intercept", "mover", noun=True),
    ),
    (
        (
            "arrival departure voyage shipment shipments transfer deployment evacuation airlift "
            "withdrawal trip trips journey convoy ferry ferries"
        ),
        Sense("movement", "travel", noun=True),
    ),
)
CAMPAIGNS = word_set(
    "campaign campaigns offensive offensives operation operations invasion intervention war "
    "assault incursion bombardment airstrikes bombing"
)
STRIKES = word_set(
    "attack attacks strike strikes airstrike airstrikes raid raids bombardment bombing"
)
# Verbs with a second word, with what they then mean.
PARTICLES: dict[tuple[str, str], Sense] = {
    **{
        (form, "off"): Sense("flight", "leave-from", "business")
        for form in ("take", "takes", "took", "taken", "taking")
    },
    **{
        (form, particle): Sense("movement", "leave-from")
        for form in ("set", "sets", "setting")
        for particle in ("off", "out")
    },
    **{
        (form, "off"): Sense("launch", "lift")
        for form in ("lift", "lifts", "lifted", "lifting", "blast", "blasted", "blasting", "roared")
    },
    **{
        (form, "down"): Sense("movement", "arrive", "landing")
        for form in ("touch", "touches", "touched", "touching")
    },
    **{
        (form, "down"): Sense("interception", "intercept")
        for form in ("shoot", "shoots", "shot", "shooting", "bring", "brought", "bringing")
    },
    **{
        (form, particle): Sense("diversion", "turn", "mover")
        for form in ("turn", "turned", "turning", "turns")
        for particle in ("back", "around", "away", "round", "aside")
    },
    **{
        (form, "course"): Sense("diversion", "turn", "mover")
        for form in ("change", "changed", "changing", "altered", "alter", "altering")
    },
    **{
        (form, "down"): Sense("crash", "fall", "flying")
        for form in (
            *("come", "came", "coming", "comes", "go", "went", "going", "gone"),
            *("splash", "splashed", "splashing"),
        )
    },
    **{
        (form, particle): Sense("launch", "happen")
        for forms, particle in (
            ("carry carries carried carrying", "out"),
            ("take takes took taken taking", "place"),
        )
        for form in forms.split()
    },
    ("re", "routed"): Sense("diversion", "turn", "mover"),
    ("re", "route"): Sense("diversion", "turn", "mover"),
    ("air", "strike"): Sense("strike", "attack", noun=True),
    ("air", "strikes"): Sense("strike", "attack", noun=True),
    ("test", "fired"): Sense("launch", "fire", "projectile"),
    ("test", "launched"): Sense("launch", "fire", "projectile"),
    ("crash", "landed"): Sense("crash", "fall"),
    **{(form, "aground"): Sense("crash", "fall") for form in ("run", "runs", "ran", "running")},
    **{(form, "down"): Sense("strike", "attack", "flying") for form in ("rained", "raining")},
    ("opened", "fire"): Sense("strike", "attack"),
}
REPORTING = word_set("""
said say says saying told tells tell reported reports report announced announces announce stated
states noted notes added adds stressed stresses claimed claims claim alleged alleges allege
insisted insists insist confirmed confirms confirm denied denies deny rejected rejects reject
warned warns believe believes believed argued argues acknowledged acknowledges agreed agrees
conceded admitted admits accused accuses wrote writes quoted tweeted declared declares explained
maintained asserted asserts refuted refutes dismissed dismisses disputed disputes retorted replied
countered estimated concluded suggested suggests revealed reveals
""")


def _forms(lemma: str) -> list[str]:
    """List the forms of a verb."""
    irregular = _IRREGULAR.get(lemma)
    if irregular is not None:
        return [lemma, *irregular.split()]
    stem = lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    plural = lemma + ("es" if lemma.endswith(("sh", "ch", "s", "x")) else "s")
    return [lemma, plural, stem + "ed", stem + "ing"]


def _build() -> dict[str, tuple[Sense, ...]]:
    """Make the table from every form to its senses, verbs first."""
    table: dict[str, tuple[Sense, ...]] = {}
    for lemmas, sense in VERBS:
        for lemma in lemmas.split():
            for form in _forms(lemma):
                table[form] = (*table.get(form, ()), sense)
    for forms, sense in NOUNS:
        for form in forms.split():
            table[form] = (*table.get(form, ()), sense)
    return table


TRIGGERS: dict[str, tuple[Sense, ...]] = _build()
