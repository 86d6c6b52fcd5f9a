"""What stands for a value in a notebook: small, and safe with any text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from geo_events.atlas.places import Place
from geo_events.cards import write_card
from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.verdict import Verdict
from geo_events.maps.encode import clean_text
from geo_events.story import read_text

PAYLOADS = json.loads(Path(__file__).with_name("payloads.json").read_text(encoding="utf-8"))


def make_cards(text: str) -> list[str]:
    """Show values whose every text is the same."""
    place = Place(
        id=text, name=text, kind="city", country=None, region=None, lon=1, lat=2, within=text
    )
    verdict = Verdict(question=text, answer="no", reasons=(text,), method=text, data=text)
    frame = pd.DataFrame({text: [text]}, index=[text])
    return [
        write_card(text, [(text, text)], text),
        place._repr_html_(),
        verdict._repr_html_(),
        frame._repr_html_(),
    ]


@pytest.mark.browser
def test_payloads_in_cards_run_nothing(open_map):
    """No payload runs in any card, and each is shown as it stands."""
    cards = "".join(card for payload in PAYLOADS for card in make_cards(payload))
    page = f"<!DOCTYPE html><html data-ready=1><body>{cards}</body></html>"
    with open_map(page) as watched:
        watched.page.evaluate(
            "document.querySelectorAll('*').forEach((node) => ['mouseover', 'focus', 'error']"
            ".forEach((type) => node.dispatchEvent(new Event(type))))"
        )
        watched.page.wait_for_timeout(30)
        assert watched.page.evaluate("window.__xss") is None
        assert watched.faults == []
        shown = watched.page.evaluate(
            "[...document.querySelectorAll('caption')].map((node) => node.textContent)"
        )
    assert shown == [clean_text(payload) for payload in PAYLOADS for _ in range(3)]


def test_templates_read_nothing_from_a_card():
    """Signs from which template languages read are written as entities."""
    card = write_card("`${x}` {{y}} \\z", [])
    assert not set(re.sub(r'style="[^"]*"', "", card)) & set("`$\\{}")


def test_cards_are_small_and_without_colours_of_their_own():
    """A card follows the page's ink and paper, so that it is read in light and dark notebooks."""
    story = read_text("A missile was fired from Syria at Israel on 3 May 2023.")
    corridor = make_corridor("Moscow", "Ankara")
    for card in (story._repr_html_(), corridor._repr_html_()):
        assert len(card) < 6_000
        assert "color:inherit" in card
        assert not re.search(r"#[0-9a-f]{3,6}\b|background:(?!transparent)", card)
        assert not re.search(r"<script|<style|href|src=|class=|id=", card)


def test_cards_say_what_counts():
    """A story's card names its events with their status, a verdict's its answer."""
    story = read_text("No missile was fired from Syria at Israel, the ministry said on 3 May 2023.")
    assert "launch (denied)" in story._repr_html_()
    verdict = Verdict(question="Does it?", answer="depends", reasons=("Because.",))
    assert "depends" in verdict._repr_html_()
    assert "depends" in verdict.cite()
