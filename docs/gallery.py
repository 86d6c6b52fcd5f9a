"""Make the gallery: each worked case with its map, a picture of it, and two sentences by code."""

from __future__ import annotations

import hashlib
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import geo_events as ge
from geo_events.corridors.wording import name_place
from geo_events.maps.figures import find_browser, write_png

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.story import Story
    from geo_events.text.events import Event

ROOT = Path(__file__).parents[1]
SIZE = (1280, 800)
SCALE = 1.25
TELLING = ("depends", "too close to call", "yes", "no")
NO_BROWSER = "drawn as a static figure"  # what the warning begins with


def stamp(*files: Path) -> str:
    """Say in a few letters which code, data and other files something was made from."""
    package = Path(ge.__file__).parent
    code = (path for path in package.rglob("*") if path.suffix in {".py", ".js", ".css", ".json"})
    sums = hashlib.sha256()
    for path in (*sorted(code), ROOT / "data" / "manifest.json", *files):
        sums.update(path.read_bytes())
    return sums.hexdigest()[:16]


def make_gallery(folder: Path, maps: Path) -> str:
    """Draw all cases, the newest first, and give the page that shows them."""
    for place in (folder, maps):
        place.mkdir(parents=True, exist_ok=True)
    cases = {case.parent.name: case for case in ROOT.glob("seeds/*/story.md")}
    for left in (path for path in (*folder.iterdir(), *maps.iterdir()) if path.stem not in cases):
        left.unlink()
    at_once = 2 if find_browser() else 1  # matplotlib draws one figure at a time
    with warnings.catch_warnings(), ThreadPoolExecutor(at_once) as pool:
        warnings.filterwarnings("ignore", message=NO_BROWSER)  # then it is the static figure
        made = pool.map(lambda name: make_case(name, cases[name], folder, maps), cases)
        told = dict(zip(cases, made, strict=True))
    return "\n".join(told[name] for name in sorted(told, key=lambda name: name[-4:], reverse=True))


def make_case(name: str, case: Path, folder: Path, maps: Path) -> str:
    """Draw one case; what was drawn from the same code and text stays."""
    made_from, note = stamp(case, Path(__file__)), folder / f"{name}.md"
    if note.exists() and made_from in note.read_text("utf-8"):
        return note.read_text("utf-8")
    story = ge.read_story(case)
    drawn = ge.draw_map(story)
    drawn.save(maps / f"{name}.html")
    write_png(drawn, folder / f"{name}.png", size=SIZE, scale=SCALE)
    note.write_text(f"% {made_from}\n\n{describe(story, name)}", "utf-8")
    return note.read_text("utf-8")


def describe(story: Story, name: str) -> str:
    """Show the picture of a case, what its text says, and what geometry says to that."""
    title = story.title or name
    said = "; ".join(say_corridor(corridor, story.events) for corridor in story.corridors)
    lines = [
        f"## {title}",
        "",
        f"```{{figure}} /generated/gallery/{name}.png",
        f":alt: The map of the case: {title}",
        f":target: maps/{name}.html",
        "```",
        "",
        f'<a href="maps/{name}.html">Open the map</a>, one file that needs no network.',
        "",
        f"**Said:** {said}." if said else "**Said:** nothing that has both an origin and a target.",
        "",
        f"**Geometry:** {say_verdicts(story.verdicts)}",
        "",
    ]
    return "\n".join(lines)


def say_corridor(corridor: Corridor, events: Sequence[Event]) -> str:
    """Tell what is said to have gone from where to where."""
    named = (event.instrument for event in events if event.id in corridor.events)
    what = corridor.count or next(filter(None, named), "something")
    origin, target = name_place(corridor.origin), name_place(corridor.target)
    return f"{what} from {origin} to {target} ({corridor.status})"


def say_verdicts(verdicts: Sequence[Verdict]) -> str:
    """Tell the most telling answers with their first reasons, then how many cannot be given."""
    told = sorted(
        (verdict for verdict in verdicts if verdict.answer in TELLING),
        key=lambda verdict: TELLING.index(verdict.answer),
    )
    words = [f"{verdict.question} {say_answer(verdict)}" for verdict in told[:2]]
    mute = len(verdicts) - len(told)
    if mute:
        words.append(f"Geometry cannot speak to {mute} other claim{'s' * (mute > 1)} of the text.")
    return " ".join(words)


def say_answer(verdict: Verdict) -> str:
    """Tell an answer with its first reasons; the answer once."""
    reasons = " ".join(verdict.reasons[:2])
    answer = verdict.answer.capitalize()
    return reasons if reasons.startswith(answer) else f"*{answer}.* {reasons}"
