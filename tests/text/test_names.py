"""Which words are places, and which place: rules by their examples, and floors on the corpora."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from geo_events.text.clues import find_varieties
from geo_events.text.reader import read_document
from geo_events.text.scoring import squash
from geo_events.text.tokens import tokenize
from geo_events.text.weights import load_weights

CORPORA = Path(__file__).parents[2] / ".." / "shared" / "corpora" / "places"


def find(text):
    """Return the places of a text by their words."""
    found = read_document(text).mentions
    return {m.text: m.place.id for m in found if m.place is not None}


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("The fire began in Tacoma, WA, at noon.", "WA", "region:US-WA"),
        ("The fire began in Tacoma, Wash., at noon.", "Wash", "region:US-WA"),
        ("Miners met in Beckley, W. Va., on Monday.", "W. Va.", "region:US-WV"),
        ("Leaders of the EU met in Vienna.", "EU", "area:european-union"),
        ("Shells fell on the coast of N. Korea.", "N. Korea", "country:PRK"),
        (
            "The Democratic People's Republic of Korea tested a rocket.",
            "Democratic People's Republic of Korea",
            "country:PRK",
        ),
    ],
)
def test_abbreviations_and_names_with_possessives(text, words, place):
    """Codes after a town, clipped states, initials of bearings and inner possessives are read."""
    assert {w.rstrip("."): p for w, p in find(text).items()}[words.rstrip(".")] == place


@pytest.mark.parametrize(
    "text",
    [
        "The North voted and the South did not.",
        "I've seen it, and I'd go again.",
        "Wash your hands, said Miss Taylor.",
        "Central banks met the Federal Reserve.",
        "The Interior Ministry closed the University.",
        "He drove a red Toyota on Passover.",
        "The bomber flew over the North Pole.",
    ],
)
def test_bearings_contractions_and_everyday_words_are_no_places(text):
    """Words that stand alone are not the town or province that has the same name somewhere."""
    assert find(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Harvey A. Lincoln spoke first.",
        "C.J. Houston spoke first.",
        "Vaughan Lincoln, 17, won the race.",
        "Robert Houston Jr. won the race.",
    ],
)
def test_initials_and_ages_mark_persons(text):
    """A middle initial, initials, "Jr." and an age after the name are a person's."""
    assert find(text) == {}
    assert [m.kind for m in read_document(text).mentions] == ["person"]


def test_a_street_is_not_the_town_that_it_is_named_after():
    """A street is one mention, shown at the town that the text names."""
    (street, town) = read_document("Police searched a house in Newmarket Road, Cambridge.").mentions
    assert (street.text, town.text) == ("Newmarket Road", "Cambridge")
    assert street.place == town.place
    assert "street" in street.reason


def test_a_numbered_road_is_no_street():
    """Neither "Highway 82" nor "Highway Patrol" is a street's name."""
    assert "Texas Highway" not in find(
        "The Texas Highway Patrol closed U.S. Highway 82 near Paris."
    )


def test_a_town_that_the_atlas_does_not_know_is_shown_at_its_state():
    """Better the state that the text names than a namesake elsewhere."""
    mention = read_document("A mill burned in Zyzzyxdale, Ohio.").mentions[0]
    assert (mention.text, mention.place.id) == ("Zyzzyxdale", "region:US-OH")
    assert "not in the atlas" in mention.reason


def test_a_council_is_the_citys():
    """The words "Dublin City Council" name Dublin, whatever else is called Dublin City."""
    assert "Dublin" in find("The Dublin City Council met on Monday.")


def test_lists_of_counties_are_places():
    """A plural after a list tells what its members are."""
    found = find("Fires burned in Eastland and Callahan counties, the Texas fire service said.")
    assert {"Eastland", "Callahan"} <= set(found)


def test_the_variety_of_english_is_told_by_its_words():
    """Sheriffs and school districts are American, councillors and constabularies British."""
    american = find_varieties(tokenize("The sheriff spoke to the school district's freshmen."))
    british = find_varieties(tokenize("The councillors met the county constabulary in the centre."))
    assert max(american, key=american.get) == "USA"
    assert max(british, key=british.get) == "GBR"
    assert find_varieties(tokenize("It rained.")) == {}


def test_a_local_text_is_about_its_own_country():
    """An American local text that names no state means an American Athens."""
    text = (
        "The Athens City Council met the sheriff on Monday. The school district and the high school"
        " will share a football field, commissioners said. Freshmen will play first."
    )
    (mention,) = [m for m in read_document(text).mentions if m.text == "Athens"]
    assert mention.place.country == "USA"


def test_what_flies_from_a_house_flies_from_a_place():
    """Langley is an authority where it speaks, and a place where aircraft leave it."""
    kinds = {
        m.text: m.kind for m in read_document("Six jets flew from Langley to Alaska.").mentions
    }
    assert kinds["Langley"] == "name"


def test_airports_under_the_names_of_the_news():
    """An airport is found without its city and without "International"."""
    assert find("The jet left Heathrow Airport at noon.") == {"Heathrow Airport": "airport:EGLL"}
    assert "airport:LLBG" in find("The plane departed from Ben Gurion Airport at dawn.").values()


def test_a_list_of_states_is_no_town_in_a_state():
    """The words "Louisiana, Nevada" do not mean a town of Louisiana in Nevada."""
    found = find("Crews came from Texas, Louisiana, Nevada and Utah.")
    assert found["Louisiana"] == "region:US-LA"


def test_the_fitted_numbers_are_whole():
    """All three models have weights, and the logistic function has its limits."""
    weights = load_weights()
    assert min(len(weights.spans), len(weights.ranking), len(weights.score)) >= 8
    assert squash(0.0) == 0.5
    assert squash(-1e9) < 1e-9 < 1 - 1e-9 < squash(1e9)


def measure_km(gold, place):
    """Return the great-circle distance on a sphere."""
    a, b, c, d = map(math.radians, (gold["lon"], gold["lat"], place.lon, place.lat))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


@pytest.mark.skipif(not CORPORA.exists(), reason="needs ../shared/corpora, not part of the project")
@pytest.mark.parametrize(
    ("corpus", "f1", "recall"), [("lgl", 0.80, 0.66), ("geowebnews", 0.84, 0.73)]
)
def test_accuracy_floors(corpus, f1, recall):
    """Every fifth text: overlap F1 and recall within 161 km stay above what is promised."""
    gold_count = found_count = matched = near = located = 0
    lines = (CORPORA / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()[::5]
    for line in lines:
        document = json.loads(line)
        found = [m for m in read_document(document["text"]).mentions if m.place is not None]
        gold_count += len(document["toponyms"])
        found_count += len(found)
        for gold in document["toponyms"]:
            located += gold["lat"] is not None
            same = [m for m in found if m.start < gold["end"] and gold["start"] < m.end]
            matched += bool(same)
            near += (
                bool(same) and gold["lat"] is not None and measure_km(gold, same[0].place) <= 161
            )
    assert 2 * matched / (gold_count + found_count) >= f1
    assert near / located >= recall


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("Jets from Kursk bombed Sumy.", "Sumy", "geonames:692194"),
        ("A plane flew from Paris to Lachin.", "Lachin", "geonames:147625"),
        ("A plane flew from Moscow to Magadan.", "Magadan", "geonames:2123628"),
        ("They were launched from Mupyong-ri in Jagang.", "Mupyong-ri", "poi:mupyong-ri"),
        ("A British plane flew from Larnaca to Paphos.", "British", "country:GBR"),
    ],
)
def test_an_end_of_an_event_is_the_place_itself(text, words, place):
    """Words of events lead to towns, a seat wins over its region, a demonym is a country's."""
    assert find(text)[words] == place


def test_a_name_that_a_great_city_shares_with_an_area_is_weighed() -> None:
    """Rockets from Gaza come from a place; only "the Gaza Strip" is the area."""
    city, strip = read_document("Rockets left Gaza. Trucks left the Gaza Strip.").mentions
    assert (city.place.kind, strip.place.kind) == ("city", "area")
