"""Events as a careful reader tells them: what is said, what is not, and nothing in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from geo_events.text.finishing import find_precision
from geo_events.text.quantities import find_quantities
from geo_events.text.reader import read_document
from geo_events.text.rules import RULES
from geo_events.text.tokens import tokenize

PASSAGES = Path(__file__).parents[1] / "cases" / "events"


def read(text, **options):
    """Read the events of a text."""
    return read_document(text, **options).events


def names(roles):
    """List the names of the places of roles."""
    return [role.place.name for role in roles]


def pairs(event):
    """List the pairs of an event by name."""
    return [(event.origin[o].place.name, event.destination[d].place.name) for o, d in event.pairs]


class TestWhatIsNotSaid:
    """Nothing is guessed, and what stays open is there to be told."""

    @pytest.mark.parametrize("phrase", ["on Wednesday", "yesterday", "on 7 October", "last month"])
    def test_a_relative_date_without_a_publication_date_stays_unresolved(self, phrase):
        """The words are kept, the days are not invented."""
        (event,) = read(f"A missile fell in Romania {phrase}.")
        assert event.date.text in phrase
        assert (event.date.start, event.date.end, event.date.precision) == (
            None,
            None,
            "unresolved",
        )

    def test_a_name_in_no_atlas_is_said(self):
        """It has its role and its span, but no place."""
        text = "Two jets flew from Ankara to the village of Zzyqrub on Monday."
        (event,) = read(text)
        assert names(event.origin) == ["Ankara"]
        assert event.destination == event.pairs == ()
        (unlisted,) = event.unlisted
        assert (unlisted.role, unlisted.text, unlisted.within) == ("destination", "Zzyqrub", None)
        assert text[unlisted.start : unlisted.end] == "Zzyqrub"

    def test_where_a_name_in_no_atlas_lies_has_its_role(self):
        """In "the Zzyqrub area of Damascus", the jet fell somewhere in Damascus."""
        (event,) = read("A jet crashed in the Zzyqrub area of Damascus.")
        assert names(event.impact) == ["Damascus"]
        assert [(u.text, u.within.name) for u in event.unlisted] == [("Zzyqrub", "Damascus")]

    @pytest.mark.parametrize(
        "text",
        [
            "A drone fell near Mr Johnson.",
            "Drones were fired at Hezbollah in March.",
            "A missile flew in Operation Thunder.",
            "Missiles were launched, Reuters reported on Tuesday.",
        ],
    )
    def test_persons_media_and_months_are_no_unlisted_places(self, text):
        """A capital letter makes no place."""
        assert [u.text for event in read(text) for u in event.unlisted] == []

    def test_an_origin_that_is_its_target_is_kept_as_said(self):
        """Both roles are there: the story says that they make no line."""
        (event,) = read("A rocket was fired from Aleppo at Aleppo.")
        assert names(event.origin) == names(event.destination) == ["Aleppo"]

    @pytest.mark.parametrize(
        "text",
        [
            "Les missiles ont été tirés de la mer Caspienne vers la Syrie, selon Moscou.",
            "Die Raketen wurden aus dem Kaspischen Meer auf Syrien abgefeuert, sagte Moskau.",
            "Ракеты были запущены из Каспийского моря по Сирии, сообщили в Москве в среду.",
        ],
    )
    def test_a_text_in_another_language_has_no_events_and_says_so(self, text):
        """Rules for English guess nothing in French, German and Russian."""
        document = read_document(text)
        assert document.events == ()
        assert document.notes

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "A", "from to at", "fired fired fired"])
    def test_a_text_without_events_has_none(self, text):
        """Empty texts and bare words are no events."""
        assert read(text) == ()


class TestWhoSaysSo:
    """Claims, denials and plans keep their authors."""

    def test_contradictory_statements_are_disputed(self):
        """One says that it hit, the other that nothing did."""
        (event,) = read("Iran said its missiles hit Erbil. Iraq said no missile hit Erbil.")
        assert event.status == "disputed"
        assert {s.stance for s in event.statements} == {"claims", "denies"}

    @pytest.mark.parametrize(
        "text",
        [
            "Two drones flew from Damascus to Eilat, officials\nsaid.",
            "Two drones flew from Damascus to\nEilat,\nofficials said.",
            "Officials said that two drones\nflew from Damascus to Eilat.",
        ],
    )
    def test_a_line_end_within_a_sentence_changes_nothing(self, text):
        """A wrapped text is read as one on a single line."""
        (event,) = read(text)
        assert event.status == "claimed"
        assert pairs(event) == [("Damascus", "Eilat")]

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Moscow called the report that a missile fell in Romania a lie.", "disputed"),
            ("Kyiv said a missile fell in Romania. Moscow called it fiction.", "disputed"),
            ("It was not true that a missile fell in Romania, Moscow said.", "denied"),
            ("Unconfirmed reports spoke of a drone crashing in Romania.", "alleged"),
            ("Moscow blamed Kyiv after a missile fell in Romania.", "asserted"),
            ("A missile fell in Romania; Moscow denied any part in a fire elsewhere.", "asserted"),
            ("The airline plans to resume flights from Oslo to Rome.", "planned"),
            ("A convoy is due to set off from Gaziantep for Aleppo.", "planned"),
        ],
    )
    def test_the_status_is_what_a_reader_understands(self, text, status):
        """Lies, rumours, plans, and what only stands beside a statement."""
        (event,) = read(text)
        assert event.status == status


class TestWhereItGoes:
    """Ways told in several verbs and sentences are one way."""

    def test_a_diversion_runs_from_the_origin_to_where_it_landed(self):
        """The flight keeps its intended end; each has its own status."""
        flight, diversion = read(
            "The jet flew from Baku to Grozny. It was diverted to Aktau, officials said."
        )
        assert pairs(flight) == [("Baku", "Grozny")]
        assert pairs(diversion) == [("Baku", "Aktau")]
        assert (flight.status, diversion.status) == ("asserted", "claimed")

    def test_where_an_aircraft_landed_after_it_turned_is_where_it_was_diverted(self):
        """A landing after a turn is no arrival of the flight."""
        events = read(
            "The Oslo-bound jet, which had left Rome, turned around and landed in Vienna."
        )
        by_type = {event.type: event for event in events}
        assert pairs(by_type["flight"]) == [("Rome", "Oslo")]
        assert pairs(by_type["diversion"]) == [("Rome", "Vienna")]

    def test_one_origin_goes_with_all_targets_of_the_next_verb(self):
        """They took off from one place and headed for two."""
        (event,) = read("Drones took off from Kursk and headed for Kyiv and Odesa.")
        assert pairs(event) == [("Kursk", "Kyiv"), ("Kursk", "Odesa")]

    def test_people_who_move_far_apart_in_a_text_are_not_one_way(self):
        """A move to one place and, sentences later, a departure from another make no line."""
        events = read(
            "The family moved to Boston. The children went to school. The father found work. "
            "The reporter left Chechnya in May."
        )
        assert [pairs(event) for event in events if event.pairs] == []

    def test_a_strike_told_in_two_sentences_is_one(self):
        """The date of the first, the count of the second, the narrower place of both."""
        (event,) = read(
            "Israel struck a port in Latakia on Tuesday. The raid hit depots on the Syrian coast.",
            published=date(2024, 5, 8),
        )
        assert names(event.destination) == ["Latakia"]
        assert event.date.start == date(2024, 5, 7)

    @pytest.mark.parametrize(
        ("text", "kind", "role", "place"),
        [
            ("Missiles were intercepted over Jordan.", "interception", "place", "Jordan"),
            (
                "Jordan said it shot down drones over its territory.",
                "interception",
                "place",
                "Jordan",
            ),
            ("Moldova said a missile had crossed its airspace.", "launch", "place", "Moldova"),
            ("Romania denied that a drone fell on its soil.", "crash", "impact", "Romania"),
        ],
    )
    def test_what_happened_over_a_country_is_there(self, text, kind, role, place):
        """Its own territory is the country that the sentence names."""
        (event,) = read(text)
        assert event.type == kind
        assert names(getattr(event, role)) == [place]

    def test_its_territory_is_nobodys_where_two_countries_are_named(self):
        """It could be either: nothing is guessed."""
        events = read("Russia said Ukraine had fired drones from its territory.")
        assert [r for event in events for r in event.origin] == []

    @pytest.mark.parametrize(
        "text",
        [
            "A missile fell near the border with Poland.",
            "A rocket landed 30 km from Erbil.",
            "The plane crashed to the north-west of Damascus.",
            "Protesters gathered outside the Polish consulate after an attack.",
            "A missile was shot down outside Israel.",
        ],
    )
    def test_what_lies_beside_a_place_is_not_in_it(self, text):
        """A border, a distance, a direction, a consulate abroad."""
        roles = ("origin", "destination", "impact", "place")
        assert [names(getattr(e, r)) for e in read(text) for r in roles if getattr(e, r)] == []


class TestWhatIsWhat:
    """Who shot is not what fell, who says so did not do it, and until is not on."""

    def test_what_fell_is_not_who_shot(self):
        """The fighter shot it down: what crashed is "it"."""
        text = "A Boeing took off from Anchorage. A fighter shot it down, and it crashed in Russia."
        crash = next(event for event in read(text) if event.type == "crash")
        assert crash.instrument != "A fighter"

    def test_an_interception_is_of_what_was_stopped(self):
        """Jets stop drones, whether the sentence is active or passive."""
        for text in (
            "Jordan's jets shot down several drones over Amman.",
            "Several drones were shot down over Amman by jets of Jordan.",
        ):
            (event,) = read(text)
            assert event.instrument == "drones"

    def test_another_source_without_a_place_is_another_claim(self):
        """The army speaks of all, the government of those over Jordan."""
        _, army, jordan = read(
            "Drones were launched from Iran at Israel. The army said that all of them were shot "
            "down. The government of Jordan said that jets had shot down drones over Jordan."
        )
        assert names(army.place) == []
        assert [s.who for s in jordan.statements] == ["The government of Jordan"]

    def test_until_a_day_is_not_on_that_day(self):
        """Flights until a day have no date, and are not the flight of another day."""
        before = read("Until February 26 the flights from Helsinki to Tokyo had crossed Russia.")
        assert [event.date for event in before] == [None]

    def test_a_claim_by_nobody_is_left_out_where_somebody_claims_it(self):
        """The words "the claim that" name nobody; the officials before are named."""
        (event,) = read(
            "Two officials told CNN that a missile had crashed in Iran. Moscow rejected the claim "
            "that a missile had fallen in Iran."
        )
        assert event.status == "disputed"
        assert all(statement.who for statement in event.statements)

    def test_a_word_without_a_place_is_no_claim_of_what_the_text_asserts(self):
        """The text itself tells the launch; what was said on its end makes it no claim."""
        launch = read("Ships fired missiles from the Black Sea at Lviv. All hit, the navy said.")[0]
        assert (launch.status, launch.statements) == ("asserted", ())


class TestRanges:
    """How far a missile reaches is on the event that launches it."""

    @pytest.mark.parametrize(
        ("text", "km"),
        [
            ("Iran fired missiles with a range of 1,500 km at Tel Aviv.", 1500),
            ("Rebels fired a missile with a range of 300 km from Yemen at Riyadh.", 300),
            ("Rockets with a 40-km range were fired from Gaza at Ashkelon.", 40),
            ("The missile, whose range is about 300 kilometres, was fired from Crimea.", 300),
            ("A drone with a range of up to 2,000 km was launched from Yemen.", 2000),
            ("The missile has a range of 900 km. It was launched from Tabriz at Erbil.", 900),
        ],
    )
    def test_the_range_limits(self, text, km):
        """In its sentence or the one beside it."""
        event = next(e for e in read(text) if e.type == "launch")
        assert event.range_m == pytest.approx(km * 1000)

    def test_at_least_limits_nothing(self):
        """The least value is kept, and no limit is made of it."""
        (event,) = read("A missile with a range of at least 5,500 km was launched from Sunan.")
        assert event.reach.min == pytest.approx(5_500_000)
        assert event.range_m is None

    def test_the_phrase_does_not_hide_the_origin(self):
        """The words "300 km from Yemen" are a range, then an origin; not a distance from Yemen."""
        (event,) = read("Rebels fired a missile with a range of 300 km from Yemen at Riyadh.")
        assert pairs(event) == [("Yemen", "Riyadh")]


class TestLengths:
    """A length right after a verb of moving is how far it went; elsewhere it is how far away."""

    @pytest.mark.parametrize(
        ("text", "ends"),
        [
            ("Two jets flew 300 km from Rome to Malta.", ("Rome", "Malta")),
            ("Missiles flew 1,500 km from the Caspian Sea to Aleppo.", ("Caspian Sea", "Aleppo")),
            ("Rockets flew about 90 km (56 miles) from Tyre to Haifa.", ("Tyre", "Haifa")),
            ("The ships sailed the 300 miles from Odesa to Varna.", ("Odesa", "Varna")),
            (
                "They fired a Scud missile with a range of 80 km (50 miles) from Yemen at Riyadh.",
                ("Yemen", "Riyadh"),
            ),
        ],
    )
    def test_what_was_flown_hides_no_origin(self, text, ends):
        """The words "flew 300 km from Rome to Malta" begin in Rome."""
        (event,) = read(text)
        assert pairs(event) == [ends]

    @pytest.mark.parametrize(
        "text",
        [
            "The missile landed 30 km from Rome.",
            "The jets flew to an airfield 30 km from Malta.",
            "A jet flew 30 km from Malta to avoid a storm.",
            "Drones took off from an airfield 30 km from Malta.",
        ],
    )
    def test_what_lies_so_far_from_a_place_is_not_there(self, text):
        """Nothing goes on from there to another place."""
        assert [names(event.origin) for event in read(text) if event.origin] == []

    @pytest.mark.parametrize("text", ["It flew 0 km.", "It has a range of 0.0 km.", "Zero miles."])
    def test_a_length_of_nothing_measures_nothing(self, text):
        """No way and no range is 0 long."""
        assert list(find_quantities(tokenize(text))) == []


class TestSomeOfThem:
    """Some of what the sentence before launched."""

    @pytest.mark.parametrize(
        "some", ["Some", "Some of them", "At least four", "Four of them", "Most", "Others"]
    )
    def test_some_that_fell_are_some_of_the_missiles(self, some):
        """The fall is claimed, the launch is not."""
        launch, fall = read(
            f"Iran launched missiles at Israel. {some} fell in Iraq, two officials said."
        )
        assert (launch.type, launch.status) == ("launch", "asserted")
        assert (fall.type, fall.status, names(fall.impact)) == ("crash", "claimed", ["Iraq"])

    def test_people_who_fall_ill_are_no_missiles(self):
        """The words say what fell: nothing of the sentence before."""
        events = read("Iran launched missiles at Israel. Several people fell ill in Iraq.")
        assert [event.type for event in events] == ["launch"]


class TestWhatDidNotHappen:
    """A flight that was cancelled went nowhere; what is feared has not happened yet."""

    @pytest.mark.parametrize(
        "text",
        [
            "The flight from Rome to Athens was cancelled on Monday.",
            "Dozens of flights from Rome to Athens were called off.",
            "The airline has scrapped all its flights from Rome to Athens.",
            "Flights from Rome to Athens were suspended because of the strike.",
            "The ferry from Piraeus to Chios was cancelled.",
        ],
    )
    def test_what_was_called_off_is_no_event(self, text):
        """Nothing moved."""
        assert [event for event in read(text) if event.origin or event.destination] == []

    @pytest.mark.parametrize(
        "text",
        [
            "Flights from Rome to Athens were not cancelled.",
            "Flights from Rome to Athens, suspended in May, resumed on Friday.",
            "A jet flew from Rome to Athens after flights to Cairo were cancelled.",
        ],
    )
    def test_what_was_called_off_elsewhere_or_is_resumed_counts(self, text):
        """The flight is told as a fact."""
        (event,) = read(text)
        assert (event.status, pairs(event)) == ("asserted", [("Rome", "Athens")])

    def test_what_is_postponed_is_planned(self):
        """It is still to come."""
        (event,) = read("The flight from Rome to Athens was postponed until Friday.")
        assert (event.status, pairs(event)) == ("planned", [("Rome", "Athens")])

    @pytest.mark.parametrize("lead", ["The army warned that", "Officials fear that"])
    def test_what_is_feared_is_planned_at_most(self, lead):
        """A warning claims no launch."""
        (event,) = read(f"{lead} Iran could fire missiles from Tabriz at Haifa.")
        assert event.status == "planned"

    @pytest.mark.parametrize(
        "lead",
        ["A video that claims to show", "A photo said to show", "Footage purporting to show"],
    )
    def test_what_a_picture_is_said_to_show_is_alleged(self, lead):
        """The text itself vouches for nothing."""
        (event,) = read(f"{lead} a missile fired from Tabriz at Haifa is two years old.")
        assert event.status == "alleged"

    @pytest.mark.parametrize(
        "denied", ["that it had sent missiles to Poland", "that its missiles had entered Poland"]
    )
    def test_a_denial_of_something_else_gives_a_launch_no_target(self, denied):
        """Where nothing went, nobody says it was fired at."""
        launch = read(f"A missile was fired from Belgorod, Kyiv said. Moscow denied {denied}.")[0]
        assert (launch.status, names(launch.origin)) == ("claimed", ["Belgorod"])
        assert launch.destination == ()

    def test_a_denial_of_the_same_disputes_it(self):
        """It tells no other place."""
        (event,) = read(
            "A missile was fired from Belgorod at Kyiv. Moscow denied that it fired a missile."
        )
        assert event.status == "disputed"


class TestWhoMoves:
    """Movers with names of their own are not mixed up, and one mover's way is one way."""

    @pytest.mark.parametrize(
        "text",
        [
            "The Blue Heron left Split. HMS Marigold sailed from Split to Ancona.",
            "Flight 11 left Split. Flight 12 flew from Split to Ancona.",
        ],
    )
    def test_two_names_are_two_events(self, text):
        """Only the second went to Ancona."""
        assert [(names(e.origin), names(e.destination)) for e in read(text)] == [
            (["Split"], []),
            (["Split"], ["Ancona"]),
        ]

    def test_a_ship_called_the_ship_is_the_one_before(self):
        """No second name, no second event."""
        (event,) = read("The Blue Heron left Split. The ship sailed to Ancona.")
        assert (event.actor, pairs(event)) == ("The Blue Heron", [("Split", "Ancona")])

    def test_a_departure_and_its_arrival_are_one_way(self):
        """Days may lie between them."""
        (event,) = read("A ferry left Split on Monday and arrived in Ancona on Tuesday.")
        assert pairs(event) == [("Split", "Ancona")]

    @pytest.mark.parametrize(
        ("text", "actor"),
        [
            ("The *Blue Heron* sailed from Split to Ancona.", "The Blue Heron"),
            ("HMS Marigold left Split and arrived in Ancona.", "HMS Marigold"),
            (
                "A Sky Adria Boeing 777 flying from Split to Oslo was diverted to Graz.",
                "A Sky Adria Boeing 777",
            ),
            ("Syria shelled Idlib and Russia fired missiles from Latakia at Aleppo.", "Russia"),
        ],
    )
    def test_the_last_actor_is_a_noun_phrase(self, text, actor):
        """No verb, no word of another clause and no mark-up is in it."""
        assert read(text)[-1].actor == actor

    @pytest.mark.parametrize("onward", [", then to", " and then to", " and on to"])
    def test_the_last_leg_starts_where_the_one_before_ended(self, onward):
        """Not at the first airport."""
        (event,) = read(f"A jet flew from Split to Ancona{onward} Tunis.")
        assert pairs(event) == [("Split", "Ancona"), ("Ancona", "Tunis")]

    def test_two_ends_without_then_start_at_one_place(self):
        """Nothing says that one comes after the other."""
        (event,) = read("Jets flew from Split to Ancona and Tunis.")
        assert pairs(event) == [("Split", "Ancona"), ("Split", "Tunis")]


class TestIdioms:
    """Words that tell of events elsewhere mean something else here."""

    @pytest.mark.parametrize(
        "text",
        [
            "Nurses in Lyon plan to strike from Monday.",
            "Sales of the car took off in Germany.",
            "The goalkeeper in Korhogo could not intercept a long-range missile.",
            "Workers attacked the plan in Illinois.",
            "Shares in London crashed on Monday.",
            "An earthquake struck near Izmir, and a fire destroyed a school in Konya.",
            "Two women were hit by a car in Leeds.",
            "Rain fell on Homs, and a jet was late.",
            "He weighed about 50 pounds in Oslo, and was engaged in talks in Rome.",
        ],
    )
    def test_business_labour_and_games_are_no_events(self, text):
        """No strike, no flight, no missile."""
        assert read(text) == ()


def test_every_rule_that_a_role_names_is_in_the_list():
    """What a reader meets on a role can be looked up."""
    known = {rule.name for rule in RULES}
    used = set()
    for path in PASSAGES.glob("passages*.yaml"):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            for event in read(case["text"], published=case.get("published")):
                roles = (*event.origin, *event.destination, *event.impact, *event.place)
                used |= {role.rule for role in (*roles, *event.unlisted)}
    assert len(used) > 15
    assert used <= known


def test_precision_follows_the_kind_of_the_place():
    """An airfield is a point, a sea is a sea."""
    (event,) = read("A jet flew from Ankara over the Black Sea to Ukraine.")
    told = [
        find_precision(role.place) for role in (*event.origin, *event.place, *event.destination)
    ]
    assert told == ["city", "sea", "country"]
