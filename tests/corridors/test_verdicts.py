"""Verdicts: the five answers, their words, and what cannot be checked."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from pyproj import Geod

from geo_events.atlas.gazetteer import resolve_place
from geo_events.corridors.approaches import check_approach, check_separation
from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.departures import check_origin
from geo_events.corridors.impacts import check_impact
from geo_events.corridors.reach import check_range
from geo_events.corridors.verdict import Verdict
from geo_events.corridors.verdicts import check_crossing
from geo_events.errors import (
    InvalidInputError,
    InvalidMeasureError,
    PlaceNotFoundError,
)
from geo_events.values import LonLat

GEOD = Geod(ellps="WGS84")


def test_caspian_sea_to_raqqa_over_iran_depends_in_the_words_of_the_design():
    """The question that shows why the project exists, word for word."""
    verdict = check_crossing("Caspian Sea", "Raqqa", "Iran")
    assert verdict.answer == "depends"
    assert verdict.text.startswith(
        "Depends on the launch point. Straight lines to Raqqa cross Iran from about 6 in 10 "
        "points of the Caspian Sea: everywhere south of 42° N, almost nowhere north of 43° N. "
        "This is a share of sea area, not a probability. Launch point and route are unknown; "
        "a route 5 % longer could cross Iran from anywhere."
    )
    assert verdict.share == pytest.approx(0.618, abs=0.01)
    assert not verdict.where.is_empty


def test_moscow_to_ankara_over_ukraine_is_yes():
    """The design's words for yes."""
    verdict = check_crossing("Moscow", "Ankara", "Ukraine")
    assert verdict.answer == "yes"
    assert verdict.text.startswith(
        "The straight line crosses Ukraine for 486 km. The route flown is unknown."
    )
    assert verdict.inside_km[0] == pytest.approx(486, abs=1)
    assert verdict.depth_km > 2


def test_paris_to_berlin_over_spain_is_no():
    """The design's words for no."""
    verdict = check_crossing("Paris", "Berlin", "Spain")
    assert verdict.answer == "no"
    assert verdict.text.startswith("The straight line misses Spain by ")
    assert verdict.text.endswith(" km. That does not disprove a crossing.")
    assert verdict.miss_km > 500


def test_a_graze_is_too_close_to_call():
    """A line 1.1 km inside or outside of an area is within the accuracy of the data."""
    area = shapely.box(0, 0, 10, 10)
    for lat in (9.99, 10.01):
        start, end = LonLat(lon=4.99, lat=lat), LonLat(lon=5.01, lat=lat)
        verdict = check_crossing(start, end, area)
        assert verdict.answer == "too close to call"
        assert verdict.text == (
            "Cannot tell: 1.1 km from the border; the border data are good to about 2 km."
        )


def test_every_line_crosses_is_yes_for_areas():
    """A target inside the territory makes every line cross it."""
    verdict = check_crossing("Caspian Sea", "Raqqa", "Syria")
    assert verdict.answer == "yes"
    assert verdict.text.startswith("Every straight line from the Caspian Sea to Raqqa crosses")


def test_no_line_crosses_is_no_for_areas():
    """A country far from every line."""
    verdict = check_crossing("Caspian Sea", "Raqqa", "Egypt")
    assert verdict.answer == "no"
    assert "misses Egypt, by at least" in verdict.text
    assert verdict.share == 0


def test_the_origin_itself_is_crossed():
    """Every line starts in the origin's own area."""
    verdict = check_crossing("Caspian Sea", "Raqqa", "Caspian Sea")
    assert verdict.answer == "yes"
    assert "starts in the Caspian Sea" in verdict.text


def test_an_allowance_adds_what_a_longer_route_could_do():
    """Yes and no say it too, when asked."""
    yes = check_crossing("Moscow", "Ankara", "Ukraine", detour="20 %")
    assert yes.can_avoid == 1.0
    assert "A route 20 % longer could avoid Ukraine." in yes.reasons
    no = check_crossing("Moscow", "Ankara", "Georgia", detour="0.1 %")
    assert no.can_cross == 0.0
    assert "A route 0.1 % longer could not cross Georgia either." in no.reasons


def test_the_other_view_is_told_where_it_answers_otherwise():
    """Over Crimea the two views differ, and the verdict says so."""
    start, end = "45.5N 34.2E", "44.6N 34.2E"
    verdict = check_crossing(start, end, "Ukraine")
    assert verdict.answer in {"no", "too close to call"}
    assert any("'recognised'" in reason for reason in verdict.reasons)


def test_an_old_event_gets_a_warning():
    """Borders are those of the data's year."""
    old = check_crossing("Moscow", "Ankara", "Ukraine", when=date(1983, 9, 1))
    assert "1983" in old.reasons[-1]
    assert "1983" not in check_crossing("Moscow", "Ankara", "Ukraine", when=date(2015, 1, 1)).text


def test_a_point_as_territory_is_not_checkable():
    """A line crosses no point."""
    verdict = check_crossing("Caspian Sea", "Raqqa", "Moscow")
    assert verdict.answer == "not checkable"
    assert "point" in verdict.text


def test_an_area_known_only_as_a_point_is_not_checkable():
    """Nobody knows where the Donbas ends, and the verdict says that."""
    verdict = check_crossing("Moscow", "Donbas", "Ukraine")
    assert verdict.answer == "not checkable"
    assert "only a point is known" in verdict.text


def test_bad_places_are_errors():
    """An unknown name, bare numbers and a measure without its unit are no verdicts."""
    with pytest.raises(PlaceNotFoundError):
        check_crossing("Xqzzyvrk", "Raqqa", "Iran")
    with pytest.raises(InvalidInputError, match="LonLat"):
        check_crossing((51, 42), "Raqqa", "Iran")
    with pytest.raises(InvalidMeasureError):
        check_crossing("Moscow", "Ankara", "Ukraine", detour="5")
    with pytest.raises(InvalidInputError):
        check_crossing("Moscow", "Ankara", "Ukraine", view="mine")


def test_an_alleged_fall_depends_as_the_crossing_does():
    """It can fall in Iran from where the line crosses Iran."""
    verdict = check_impact("Caspian Sea", "Syria", "Iran")
    assert verdict.answer == "depends"
    assert verdict.claim == "impact"
    assert verdict.question.endswith("fall in Iran?")
    assert "neither confirms nor denies" in verdict.text


def test_a_fall_at_a_point_is_judged_by_the_closest_approach():
    """Far off the line it is no; on the line it is yes."""
    assert check_impact("Moscow", "Ankara", "Paris").answer == "no"
    assert check_impact("0N 0E", "0N 10E", "0N 5E").answer == "yes"


def test_a_range_is_judged_by_the_shortest_and_the_longest_line():
    """Moscow and Ankara are 1,795 km apart (by GeographicLib)."""
    assert check_range("Moscow", "Ankara", "2000 km").answer == "yes"
    assert check_range("Moscow", "Ankara", "1000 km").answer == "no"
    assert check_range("Moscow", "Ankara", "1795 km").answer == "too close to call"
    depends = check_range("Caspian Sea", "Raqqa", "1300 km")
    assert depends.answer == "depends"
    assert 0 < depends.share < 1


def test_a_separation_without_times_is_not_checkable():
    """Lines that meet say nothing of those who flew them."""
    from geo_events.corridors.corridor import make_corridor

    a, b = make_corridor("Moscow", "Ankara"), make_corridor("Istanbul", "Tbilisi")
    assert check_separation(None, None, "20 nmi").answer == "not checkable"
    assert check_separation(a, b, "20 nmi").answer == "not checkable"


def test_where_it_took_off_is_not_checkable():
    """A claim is never passed over in silence."""
    verdict = check_origin("Ankara")
    assert verdict.answer == "not checkable"
    assert verdict.question == "Did it take off from Ankara?"
    area = check_origin(resolve_place("Middle East"))
    assert area.question == "Did it take off from the Middle East?"


def test_a_verdict_checks_itself():
    """An unknown answer or a verdict without a reason cannot be made."""
    with pytest.raises(InvalidInputError, match="answer"):
        Verdict(question="?", answer="maybe", reasons=("so",))
    with pytest.raises(InvalidInputError, match="reasons"):
        Verdict(question="?", answer="yes", reasons=())


def test_ends_on_opposite_sides_of_the_earth_get_an_answer():
    """From Spain to New Zealand lines go everywhere: some cross China, most do not."""
    verdict = check_crossing("Madrid", "New Zealand", "China")
    assert verdict.answer == "depends"
    assert 0 < verdict.share < 0.5


def test_what_would_have_to_be_true_is_said():
    """A "no" tells the way round, a "depends" the part of the area, a "yes" needs nothing."""
    # Paris to Berlin by the nearest corner of Spain, where the Pyrenees meet the sea.
    by_hand = GEOD.line_length([2.35, 3.17, 13.41], [48.85, 42.43, 52.52])
    straight = GEOD.line_length([2.35, 13.41], [48.85, 52.52])
    no = check_crossing("Paris", "Berlin", "Spain")
    told = float(no.condition.split("at least ")[1].split(" %")[0])
    assert told == pytest.approx(100 * (by_hand / straight - 1), abs=1)
    depends = check_crossing("Caspian Sea", "Raqqa", "Iran")
    assert depends.condition.startswith("Only for a launch south of 43° N")
    assert check_crossing("Moscow", "Ankara", "Ukraine").condition == ""


def test_a_border_that_changed_since_is_told_only_on_its_way():
    """South Sudan lies between Khartoum and Kampala, not between Cairo and Khartoum."""
    day = date(2010, 5, 1)
    told = check_crossing("Khartoum", "Kampala", "Ethiopia", when=day).text
    assert "South Sudan was part of Sudan" in told
    assert "South Sudan" not in check_crossing("Paris", "Berlin", "Belgium", when=day).text


def test_how_near_a_line_comes_to_a_place():
    """The line from Anchorage to Seoul crosses Kamchatka far to the north of Petropavlovsk."""
    ends = ("Anchorage", "Seoul", "Petropavlovsk-Kamchatsky")
    assert check_approach(*ends, "600 km").answer == "yes"
    far = check_approach(*ends, "20 km")
    assert far.answer == "no"
    assert far.condition.startswith("Only on a route at least")
    assert check_approach("Caspian Sea", "Raqqa", "Baku", "50 km").answer == "depends"


def test_lines_that_stay_apart_say_no_without_times():
    """Two lines hundreds of km apart: nobody on them came within 20 nautical miles."""
    first, second = make_corridor("Paris", "Lyon"), make_corridor("Warsaw", "Minsk")
    assert check_separation(first, second, "20 nmi").answer == "no"
    crossing = make_corridor("Geneva", "Bordeaux")
    across = make_corridor("Paris", "Marseille")
    assert check_separation(crossing, across, "20 nmi").answer == "not checkable"


def test_a_claimed_origin_is_held_against_a_range():
    """Moscow to Ankara are 1,795 km: 2,000 km reach, 1,000 km do not."""
    assert check_origin("Moscow", "Ankara", reach="2000 km").answer == "yes"
    no = check_origin("Moscow", "Ankara", reach="1000 km")
    assert (no.answer, no.claim) == ("no", "origin")
    assert "1,795 km or more" in no.condition


def test_a_range_says_which_part_of_an_origin_it_leaves():
    """Only the east of Yemen, beyond 49° E or so, is within 900 km of Abqaiq (26° N, 50° E)."""
    found = check_range("Yemen", "Abqaiq", "900 km")
    assert found.answer == "depends"
    assert found.where.bounds[0] > 48
    assert found.condition.startswith(("Only for a launch east of", "Only for a launch north of"))
