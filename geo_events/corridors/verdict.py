"""What geometry allows of a claim: the value, its five answers and the accuracy behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import shapely

from geo_events._version import __version__
from geo_events.errors import InvalidInputError
from geo_events.upward import Drawable

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.ends import End
    from geo_events.values import View

__all__ = ["BORDER_ACCURACY", "BORDER_ACCURACY_KM", "Answer", "Claim", "Verdict"]

BORDER_ACCURACY = "2 km"
BORDER_ACCURACY_KM = 2.0

Answer = Literal["yes", "no", "depends", "too close to call", "not checkable"]
Claim = Literal["crossing", "impact", "range", "separation", "origin", "other"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdict(Drawable):
    """What geometry allows of one claim; never what happened.

    Parameters
    ----------
    question : str
        The claim as a question.
    answer : {"yes", "no", "depends", "too close to call", "not checkable"}
        See Notes.
    reasons : tuple of str
        Plain sentences that say why, and what is not known.
    claim : {"crossing", "impact", "range", "separation", "origin", "other"}
        What kind of claim it is: flew over, fell in, is in range, came within, took off from.
    condition : str
        What would have to be true for it to hold: "Only for a launch south of 43° N, on a
        straight line."; empty where nothing more need be.
    events : tuple of str
        Ids of the events of a story that claim it.
    share : float or None
        Share of (origin, target) pairs for which it holds, uniform by area; not a probability.
    can_cross, can_avoid : float or None
        Share of origins from which some route within the allowance touches the territory, or
        stays out of it.
    allowance : str or None
        The allowance of these two in words, such as "a route 5 % longer".
    inside_km : (float, float) or None
        Least and greatest length inside the territory, over the straight lines that cross it.
    depth_km : float or None
        Greatest distance from the border while inside.
    miss_km : float or None
        Least distance from the territory, where no straight line crosses it.
    method, data, view : str
        How it was found, from which data, in which view of the borders.
    origin, target, territory : End or None
        What was understood of the places.
    where : shapely geometry
        The part of the origin's area for which it holds; empty where it has none.

    Raises
    ------
    InvalidInputError
        For an unknown answer, or without a reason.

    Notes
    -----
    yes: every straight line goes deeper than `BORDER_ACCURACY`. no: every one stays farther away
    than that. depends: some clearly do and some clearly do not. too close to call: the rest.
    not checkable: the places or the kind of claim do not allow it.

    Examples
    --------
    >>> from geo_events import check_crossing
    >>> verdict = check_crossing("Moscow", "Ankara", "Ukraine")
    >>> verdict.question, verdict.answer
    ('Does the straight line from Moscow to Ankara cross Ukraine?', 'yes')
    """

    question: str
    answer: Answer
    reasons: tuple[str, ...]
    claim: Claim = "crossing"
    condition: str = ""
    events: tuple[str, ...] = ()
    share: float | None = None
    can_cross: float | None = None
    can_avoid: float | None = None
    allowance: str | None = None
    inside_km: tuple[float, float] | None = None
    depth_km: float | None = None
    miss_km: float | None = None
    method: str = ""
    data: str = ""
    view: View = "de_facto"
    origin: End | None = None
    target: End | None = None
    territory: End | None = None
    where: BaseGeometry = field(default_factory=shapely.Polygon)

    def __post_init__(self) -> None:
        if self.answer not in get_args(Answer):
            raise InvalidInputError(
                f"answer: expected one of {get_args(Answer)}; got {self.answer!r}"
            )
        if not self.reasons:
            raise InvalidInputError(f"reasons: a verdict says why; got none for {self.question!r}")

    @property
    def text(self) -> str:
        """The reasons as one paragraph."""
        return " ".join(self.reasons)

    def cite(self) -> str:
        """Say in one line what was asked and answered, by which method and from which data.

        Returns
        -------
        str
            To be copied below a map or a table.
        """
        method = f" by {self.method}" if self.method not in {"", "none"} else ""
        return f"{self.question} {self.answer}, geo_events {__version__}{method}; {self.data}"

    def _repr_html_(self) -> str:
        """Return a small table for a notebook; all text is escaped."""
        from geo_events.corridors.cards import describe_verdict  # noqa: PLC0415  it needs this

        return describe_verdict(self)

    def __str__(self) -> str:
        return f"{self.question} {self.answer}. {self.text}"
