"""Let the events of a sentence, or of a flight, complete each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.drafts import Draft, Maker, roles_agree
from geo_events.text.lexicon import AIRCRAFT, DRONES, PROJECTILES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["hang_dependents", "share_within_sentences"]

_WATERS = frozenset(("sea", "lake", "strait"))
_PLANES = frozenset(word for word in AIRCRAFT - DRONES - PROJECTILES if len(word) > 2)
_DEPENDENT = frozenset(("crash", "diversion", "interception"))


def share_within_sentences(maker: Maker, drafts: list[Draft]) -> None:
    """Let words of one sentence complete each other: "fired from A, hit B"."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(min(maker.sentence(draft)), []).append(draft)
    for group in by_sentence.values():
        for host in group:
            if host.type not in ("launch", "flight", "movement"):
                continue
            for other in group:
                if other.type == "strike" and host.type != "movement":
                    _carry_to(host, other)
                elif other.type == "crash":
                    _inherit(other, host)
                    _land(maker, host, other)
        for draft in group:
            if draft.type == "diversion" and not draft.roles["destination"]:
                _arrive(maker, draft, group)


def _land(maker: Maker, host: Draft, crash: Draft) -> None:
    """Take the sea that a missile fell into for where it went, when nothing else is said."""
    fell = [m for m, _ in crash.roles["impact"] if maker.place(m).kind in _WATERS]
    doubted = crash.firmness | host.firmness
    if host.type != "launch" or host.roles["destination"] or doubted & {"denied", "planned"}:
        return
    start, end = maker.layout.sentence_bounds(maker.triggers[crash.triggers[0]].at)
    if not fell or _PLANES & set(maker.layout.tokens.low[start:end]):
        return
    host.roles["destination"] = [(m, "fell-after-launch") for m in fell]
    host.pairs = [(o, d) for o, _ in host.roles["origin"] for d in fell]


def _arrive(maker: Maker, diversion: Draft, group: Sequence[Draft]) -> None:
    """Take where an aircraft landed after it turned for where it was diverted to."""
    for other in group:
        trigger = maker.triggers[other.triggers[0]]
        later = other.triggers[0] > diversion.triggers[0] and trigger.group == "arrive"
        if later and other.roles["destination"] and not other.roles["origin"]:
            diversion.roles["destination"] = other.roles["destination"]
            other.roles["destination"] = []
            return


def _carry_to(host: Draft, strike: Draft) -> None:
    """Take what was hit for where the missile or aircraft went, when nothing else is said."""
    if host.roles["destination"] or not strike.roles["destination"] or strike.roles["origin"]:
        return
    if strike.triggers[0] < host.triggers[0] and host.type == "flight":
        return
    host.roles["destination"] = [(m, "hit-after-launch") for m, _ in strike.roles["destination"]]
    strike.roles["origin"] = list(host.roles["origin"])
    host.pairs = [(o, d) for o, _ in host.roles["origin"] for d, _ in host.roles["destination"]]


def _inherit(draft: Draft, host: Draft) -> None:
    """Give what fell the origin and destination of what was sent."""
    fell = {m for m, _ in draft.roles["impact"]}
    for role in ("origin", "destination"):
        if not draft.roles[role]:
            draft.roles[role] = [found for found in host.roles[role] if found[0] not in fell]
            draft.unlisted += [u for u in host.unlisted if u.role == role]
    if not draft.pairs:
        draft.pairs = [
            (o, d) for o, _ in draft.roles["origin"] for d, _ in draft.roles["destination"]
        ]


def hang_dependents(maker: Maker, drafts: Sequence[Draft]) -> None:
    """Let falls and diversions take what they do not say from the flight they belong to."""
    for draft in drafts:
        if draft.type not in _DEPENDENT:
            continue
        hosts = [
            h
            for h in drafts
            if h.type in ("launch", "flight") and h.section == draft.section and _carries(h, draft)
        ]
        if len(hosts) != 1:
            continue
        host = hosts[0]
        if draft.type == "crash" and _shares_end(maker, host, draft):
            _inherit(draft, host)
        if draft.type == "diversion":
            _set_out(draft, host)
            draft.count = draft.count or host.count
            draft.instrument = draft.instrument or host.instrument
            if draft.date is None:
                draft.date = host.date
                draft.statements.extend(s for s in host.statements if s not in draft.statements)
                if draft.firmness <= {"asserted", "planned"} and "asserted" not in host.firmness:
                    draft.firmness = set(host.firmness)


def _set_out(diversion: Draft, host: Draft) -> None:
    """Give a diversion the origin of its flight: from there it went to where it was diverted."""
    if diversion.roles["origin"] or not diversion.roles["destination"]:
        return
    diversion.roles["origin"] = list(host.roles["origin"])
    diversion.pairs = [
        (o, d) for o, _ in diversion.roles["origin"] for d, _ in diversion.roles["destination"]
    ]


def _carries(host: Draft, draft: Draft) -> bool:
    """Tell whether a launch or flight can be what fell or turned."""
    if draft.type == "diversion":
        return host.type == "flight"
    return host.type == "launch" or draft.instrument is None or host.type == "flight"


def _shares_end(maker: Maker, host: Draft, draft: Draft) -> bool:
    """Tell whether a fall names an end of the launch it belongs to."""
    return any(
        draft.roles[role] and roles_agree(maker, host.roles[role], draft.roles[role])
        for role in ("origin", "destination")
    )
