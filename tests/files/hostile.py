"""Texts that would do harm where a writer forgets to escape them."""

from __future__ import annotations

import json
from pathlib import Path

_OF_MAPS = json.loads((Path(__file__).parents[1] / "maps" / "payloads.json").read_text("utf-8"))
HOSTILE = (
    *_OF_MAPS,
    "<script>alert(1)</script>",
    "</description><Placemark><name>x</name></Placemark>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&amp;&lt;b&gt; &#60; &nbsp;",
    "$[name] $[geDirections] ${7*7} {{7*7}}",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "<?xml-stylesheet href='http://example.org/x'?>",
    "javascript:alert(1)",
    "=HYPERLINK('http://example.org')",
    "Robert'); DROP TABLE places;--",
    "line one\nline two\ttab\rreturn",
    "  blanks at both ends  ",
    "مرحبا \u202e drawkcab \u200f",
    "Zürich, Ош, 東京, 𐍈",
    "`${alert(1)}`",
    "back\\slash \\u003c",
    "%3Cscript%3E",
)
