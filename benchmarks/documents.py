"""Measure how fast texts are read, and that hostile ones take time in step with their length.

    python benchmarks/documents.py speed [CORPUS.jsonl …]
    python benchmarks/documents.py hostile [--only NAME]

`speed` prints the time to the first answer in a new process, the memory, and documents per second
for names alone and for the whole reading, on one and on two processes. Without corpora it reads
the worked story in seeds/ cut and repeated to documents of about 300 words. `hostile` reads each
hostile text at 1 and at 10 MB, each in a process of its own, and prints seconds, the ratio of the
seconds per byte, and the largest memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
MB = 1_000_000
ARTICLE = (
    "Russian warships in the Caspian Sea fired cruise missiles at targets in Syria on Wednesday, "
    "the ministry in Moscow said. Four of the missiles fell in Iran, two officials told a paper "
    "in Washington. “We saw an explosion near Takab,” said Ali Rezai, who lives 12 km away. "
)


def _repeat(unit: str) -> Callable[[int], str]:
    """Return a maker of texts of a given number of bytes out of one unit."""
    size = len(unit.encode("utf-8", "replace"))
    return lambda wanted: unit * (wanted // size)


def _article(wanted: int) -> str:
    """Return the worked story, repeated on one line."""
    story = (ROOT / "seeds" / "caspian-2015" / "story.md").read_text("utf-8")
    body = story.rpartition("---")[2].replace("#", "").replace("\n", " ")
    return _repeat(body)(wanted)


HOSTILE: dict[str, Callable[[int], str]] = {
    "an article on one line": _article,
    "dense events on one line": _repeat(ARTICLE),
    "dense events in short lines": _repeat(ARTICLE.replace(", ", ",\n").replace(". ", ".\n")),
    "one name a million times": _repeat("Damascus "),
    "names in a list": _repeat("Damascus, Aleppo, Homs, Paris, "),
    "an ambiguous name": _repeat("San Antonio "),
    "capitalised words": _repeat("Xavqq Bzort Qlmnop "),
    "opening brackets": _repeat("("),
    "brackets and words": _repeat("(Paris "),
    "combining marks": _repeat("\u0301"),
    "a letter with marks": _repeat("a\u0301\u0301\u0301"),
    "no space": _repeat("x"),
    "no space, Chinese": _repeat("里海发射导弹飞往叙利亚"),
    "dates": _repeat("7 October 2015 "),
    "relative dates": _repeat("on Wednesday, "),
    "numbers": _repeat("12,345.67 "),
    "measures": _repeat("20 km "),
    "quotation marks": _repeat("“"),
    "quoted words": _repeat('"Paris" said '),
    "right-to-left overrides": _repeat("\u202e"),
    "overrides in names": _repeat("\u202eRaq\u202cqa "),
    "control characters": _repeat("\x01\x02\x1b"),
    "NUL": _repeat("\x00"),
    "binary as Latin-1": _repeat(bytes(range(256)).decode("latin-1")),
    "broken UTF-8": _repeat("\ufffdParis\ufffd "),
    "line ends": _repeat("\n"),
    "spaces": _repeat(" "),
    "full stops": _repeat("."),
    "hyphens": _repeat("Syria-"),
    "apostrophes": _repeat("Syria's'"),
    "abbreviations": _repeat("U.S."),
    "verbs": _repeat("missiles launched from Syria at Iran "),
    "said": _repeat("said that "),
    "ships": _repeat("the ships Uglich, Brest and "),
    "persons": _repeat("John Smith "),
    "links": _repeat("[Paris](http://x.org) "),
    "open links": _repeat("[Paris]("),
    "open tags": _repeat("<a <"),
    "emoji": _repeat("🚀"),
    "headlines": _repeat("Two jets turn back over sea\nThey left.\n"),
    "Russian": _repeat("Ракеты упали в Иране, сообщили в Москве. "),
    "Arabic": _repeat("سقطت صواريخ في إيران بعد إطلاقها من بحر قزوين، "),
    "Turkish": _repeat("Uçaklar İncirlik'ten kalktı, Rakka'ya gitti. "),
}


def read_one(name: str, size: int) -> None:
    """Read one hostile text after a warm-up, and print seconds and memory as JSON."""
    from geo_events.text.reader import read_document

    text = HOSTILE[name](size)
    read_document(HOSTILE[name](20_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    document = read_document(text)
    seconds = time.process_time() - start
    print(
        json.dumps(
            {
                "seconds": seconds,
                "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "before_mb": before / 1024,
                "mentions": len(document.mentions),
                "events": len(document.events),
            }
        )
    )


def _run(*arguments: str) -> dict[str, float]:
    """Run this file in a process of its own and read what it prints."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def show_hostile(only: str | None) -> None:
    """Print the table of the hostile texts."""
    print(f"{'text':28} {'1 MB s':>8} {'10 MB s':>8} {'per byte':>9} {'MB':>6} mentions events")
    for name in HOSTILE:
        if only and only not in name:
            continue
        small, large = (_run("one", name, str(size)) for size in (MB, 10 * MB))
        ratio = large["seconds"] / 10 / max(small["seconds"], 1e-3)
        print(
            f"{name:28} {small['seconds']:8.2f} {large['seconds']:8.2f} {ratio:9.2f} "
            f"{large['memory_mb']:6.0f} {large['mentions']:8.0f} {large['events']:6.0f}",
            flush=True,
        )


def load_texts(corpora: list[str]) -> list[str]:
    """Return the texts of the corpora, or pieces of the worked story of about 300 words."""
    lines = [line for path in corpora for line in Path(path).read_bytes().split(b"\n")]
    texts = [json.loads(line)["text"] for line in lines if line]
    if texts:
        return texts
    words = (ROOT / "seeds" / "caspian-2015" / "story.md").read_text("utf-8").split(" ")
    return [" ".join((words * 3)[k : k + 300]) for k in range(0, len(words), 7)] * 4


def _read_names(text: str) -> int:
    """Find the names of a text."""
    from geo_events.text.candidates import load_candidates
    from geo_events.text.mentions import find_mentions
    from geo_events.text.tokens import tokenize

    return len(find_mentions(tokenize(text), load_candidates()))


def _read_all(text: str) -> int:
    """Read a whole text."""
    from geo_events.text.reader import read_document

    return len(read_document(text).events)


READERS = {"names only": _read_names, "whole reading": _read_all}


def read_many(job: tuple[str, list[str]]) -> tuple[float, float, float]:
    """Read texts after a warm-up; return when it began and ended, and the processor's seconds."""
    what, texts = job
    for text in texts[:20]:
        READERS[what](text)
    start, spent = time.time(), time.process_time()
    for text in texts:
        READERS[what](text)
    return start, time.time(), time.process_time() - spent


def show_speed(corpora: list[str]) -> None:
    """Print the time to the first answer, the memory, and the documents per second."""
    first = [_run("first") for _ in range(5)]
    best = min(first, key=lambda run: run["seconds"])
    print(
        f"first answer in a new process: {best['seconds']:.2f} s by the clock, "
        f"{min(run['spent'] for run in first):.2f} s of the processor, {best['memory_mb']:.0f} MB"
    )
    texts = load_texts(corpora)
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts)} documents of {words:.0f} words")
    for what in READERS:
        for workers in (1, 2):
            parts = [(what, texts[k::workers]) for k in range(workers)]
            with get_context("spawn").Pool(workers) as pool:
                times = pool.map(read_many, parts, chunksize=1)
            wall = max(end for _, end, _ in times) - min(start for start, *_ in times)
            spent = sum(spent for *_, spent in times) / workers
            print(
                f"{what:14} on {workers}: {len(texts) / wall:6.0f} documents/s by the clock, "
                f"{len(texts) / spent:6.0f} by processor time"
            )
    reading = _run("memory", *corpora)
    print(f"memory after all of them: {reading['memory_mb']:.0f} MB")


def show_first() -> None:
    """Read one sentence in a new process; print the seconds since the process began."""
    from geo_events import read_text

    story = read_text("Missiles were launched from the Caspian Sea at targets in Syria.")
    if len(story.mentions) != 2:
        raise SystemExit("expected two places in the first sentence")
    ticks = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
    uptime = float(Path("/proc/uptime").read_text("ascii").split()[0])
    seconds = uptime - ticks / os.sysconf("SC_CLK_TCK")
    print(json.dumps({"seconds": seconds, "spent": time.process_time(), "memory_mb": _peak()}))


def show_memory(corpora: list[str]) -> None:
    """Read all documents in one process and print its largest memory."""
    for text in load_texts(corpora):
        _read_all(text)
    print(json.dumps({"memory_mb": _peak()}))


def _peak() -> float:
    """Return the largest memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=["speed", "hostile", "one", "first", "memory"])
    parser.add_argument("rest", nargs="*", help="corpora; for 'one' a text's name and its bytes")
    parser.add_argument("--only", help="only hostile texts whose name holds this")
    given = parser.parse_args()
    if given.what == "one":
        read_one(given.rest[0], int(given.rest[1]))
    elif given.what == "hostile":
        show_hostile(given.only)
    elif given.what == "first":
        show_first()
    elif given.what == "memory":
        show_memory(given.rest)
    else:
        show_speed(given.rest)


if __name__ == "__main__":
    main()
