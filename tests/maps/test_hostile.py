"""Text of any kind is shown as it stands and runs nothing, wherever it comes in."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from contents import fill_all

from geo_events.errors import InvalidInputError
from geo_events.maps.colours import validate_colour, validate_tile_url
from geo_events.maps.encode import clean_text
from geo_events.maps.eventmap import EventMap

PAYLOADS = json.loads(Path(__file__).with_name("payloads.json").read_text(encoding="utf-8"))
SINKS = {
    "document title": "title",
    "heading": "#ge-head h1",
    "summary": "#ge-head p",
    "caveat": ".ge-strip p:last-child",
    "fact label": ".ge-fact-rows dt",
    "fact": ".ge-fact-rows dd",
    "section": "#ge-side .ge-section:not(.ge-facts) h2",
    "words for badges": ".ge-section > .ge-words",
    "title on the map": ".ge-strip-title",
    "item title": ".ge-item-title",
    "item badge": ".ge-item .ge-badge",
    "item detail": ".ge-item-detail",
    "evidence label": ".ge-item dt",
    "evidence value": ".ge-item dd",
    "quote": ".ge-item blockquote",
    "quote note": ".ge-item figcaption",
    "group": ".ge-group-head label span",
    "legend entry": ".ge-entry span",
    "note": "#ge-foot p",
    "citation": ".ge-cite-text",
    "popup title": ".ge-popup > strong",
    "popup detail": ".ge-popup > div:not(.ge-evidence)",
    "row title": ".ge-row strong",
    "row column": ".ge-row dt",
    "row value": ".ge-row dd",
    "tooltip": ".ge-tip",
    "caption": ".ge-caption-area div",
}
_OPEN = """() => {
  const texts = {};
  const read = (name, selector) => {
    const node = document.querySelector(selector);
    if (node && texts[name] === undefined) texts[name] = node.textContent;
  };
  const all = () => Object.entries(SINKS).forEach(([name, selector]) => read(name, selector));
  all();
  document.querySelectorAll('.ge-item-button').forEach((node) => node.click());
  const maps = Object.keys(window).filter((key) => window[key] instanceof L.Map);
  maps.forEach((key) => window[key].eachLayer((layer) => {
    ['mouseover', 'click'].forEach((type) => {
      const at = layer.getLatLng ? layer.getLatLng() : L.latLng(30, 45);
      const event = { latlng: at, originalEvent: { preventDefault() {} } };
      try { layer.fire(type, event); } catch (e) { texts.fault = String(e); }
      if (layer.openTooltip && layer.getTooltip && layer.getTooltip()) layer.openTooltip(at);
      all();
    });
  }));
  document.querySelectorAll('*').forEach((node) => {
    ['mouseover', 'focus', 'error', 'load'].forEach((type) => node.dispatchEvent(new Event(type)));
  });
  all();
  return texts;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_payload_is_shown_and_runs_nothing(one_tab, tmp_path, payload):
    """In every sink, even without the content policy, the text is shown verbatim and not run."""
    page = EventMap(content=fill_all(payload), basemap=None).get_root().render()
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    watched = one_tab(bare, tmp_path)
    texts = watched.page.evaluate(_OPEN.replace("SINKS", json.dumps(SINKS)))
    watched.page.wait_for_timeout(30)
    assert watched.page.evaluate("window.__xss") is None
    assert watched.faults == []
    expected = clean_text(payload)
    assert set(texts) == set(SINKS)
    wrong = {name: text for name, text in texts.items() if text != expected}
    wrong.pop("caption", None) if "\n" in expected else None
    assert wrong == {}


def test_payloads_are_enough():
    """At least forty different payloads are tried."""
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize(
    "colour",
    ["red", "#fff", "url(#x)", "url(javascript:alert(1))", "#0072b2;x:y", "#0072b2\n", "", None, 7],
)
def test_colour_that_is_none_is_refused(colour):
    """Only #rrggbb is a colour."""
    with pytest.raises(InvalidInputError, match="#rrggbb"):
        validate_colour(colour)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)//{z}",
        "data:text/html,{z}",
        "file:///etc/{z}/{x}/{y}",
        "https://host/{z}/{x}/{y}.png'onload='x",
        "https://host/<b>/{z}",
        "https://host/x.png",
        "//host/{z}/{x}/{y}",
        'https://host/{z}"',
    ],
)
def test_tile_address_that_is_none_is_refused(url):
    """Only plain http and https templates with {z} are tile addresses."""
    with pytest.raises(InvalidInputError, match="tiles"):
        validate_tile_url(url)
