"""Build geo_events/maps/assets: what a saved map carries inside, from pinned npm packages.

Every package is fetched with ``npm pack``, its sha256 compared with the one below, the few files
that folium's pages load are taken out, pictures and fonts inside style sheets become ``data:``
addresses, and ``manifest.json`` tells for each file where it came from, its licence, its sha256
and which addresses it stands for.

Run it with ``python tools/build_assets.py [--cache FOLDER]``; it needs npm and a network.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import posixpath
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "geo_events" / "maps" / "assets"
CDNJS = "*://cdnjs.cloudflare.com/ajax/libs"
MIME = {"png": "image/png", "svg": "image/svg+xml", "woff2": "font/woff2", "gif": "image/gif"}


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: its pinned tarball and licence."""

    name: str
    version: str
    sha256: str
    licence: str
    licence_file: str = "LICENSE"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of ours: made from a member of a package, standing for addresses (patterns)."""

    file: str
    package: str
    member: str
    urls: tuple[str, ...]


PACKAGES = {
    "leaflet": Package(
        "leaflet",
        "1.9.4",
        "84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77",
        "BSD-2-Clause",
    ),
    "jquery": Package(
        "jquery",
        "3.7.1",
        "68a9f787516da47c680e09c187bcbac4536b6f85d90eb882844e12919e583f53",
        "MIT",
        "LICENSE.txt",
    ),
    "bootstrap": Package(
        "bootstrap",
        "5.2.2",
        "6ae3403f9085283be866fd9bca04f3034ffc755e466e6a1ff9836e8c0a1340d4",
        "MIT",
    ),
    "bootstrap3": Package(
        "bootstrap",
        "3.4.1",
        "990c17dbc1560f3262b6a5404c6ed01ff5a58487b8f553663a284c37fb8ec5cc",
        "MIT",
    ),
    "awesome-markers": Package(
        "leaflet.awesome-markers",
        "2.0.5",
        "b0180e6ae1c9bce3a212bb0b4f3a8c484cf8c15725958e930c68b7e3f7693aa7",
        "MIT",
    ),
    "fontawesome": Package(
        "@fortawesome/fontawesome-free",
        "6.2.0",
        "627ba11e9f2923be8f4c3f8688b9b4f17d787ce02691f32837893f53e8276c2a",
        "CC-BY-4.0 AND OFL-1.1 AND MIT",
        "LICENSE.txt",
    ),
    "d3": Package(
        "d3",
        "3.5.5",
        "1bb5833408efeba47e97c1de9d448ddb9216961b2d966a78dc9a9e30cfcd92b3",
        "BSD-3-Clause",
    ),
    "markercluster": Package(
        "leaflet.markercluster",
        "1.1.0",
        "47219016d91e524b329a0fb2365961bf8228109bb58e370ad0b1ab6299288b91",
        "MIT",
        "MIT-LICENCE.txt",
    ),
    "fullscreen": Package(
        "leaflet.fullscreen",
        "3.0.0",
        "b19f191d11fc2e6afbb75af9e79cb923087a630e4c35a565353d756ed6c1c77a",
        "MIT",
    ),
    "minimap": Package(
        "leaflet-minimap",
        "3.6.1",
        "cd6f560dbea1c2936dbdafa645890d9673a4d5981af30020c1c399dc4634e928",
        "BSD-2-Clause",
        "LICENSE.txt",
    ),
    "measure": Package(
        "leaflet-measure",
        "2.1.7",
        "5ad0e1b697014ef3c10de6c4d970d46fa8e9fa05a9efdfb1221b2f69a6dd5d60",
        "MIT",
    ),
    "mouse-position": Package(
        "leaflet-mouse-position",
        "1.2.0",
        "cfff7ee9fa61f027ed54ecf45ee2dd5b2138a1b6ef5ebbe05ef8b5fdcaa659d8",
        "MIT",
        "MIT-LICENCE.txt",
    ),
    "grouped": Package(
        "leaflet-groupedlayercontrol",
        "0.6.1",
        "c3773de3cb3d073879c54070bc0cd67fe961e35036d28b5f0660fe3384ed8bac",
        "MIT",
        "LICENSE.txt",
    ),
    "tree": Package(
        "leaflet.control.layers.tree",
        "1.1.0",
        "d9ad086bcf3a3c69bd77062c6d5f0966e50b073f2632cd0d0a3256b8db735600",
        "BSD-3-Clause",
    ),
    "subgroup": Package(
        "leaflet.featuregroup.subgroup",
        "1.0.2",
        "4ae97e99e18e8a398671cd240fe75d5121af64e895ec89088ff9f891d0f5459c",
        "BSD-2-Clause",
    ),
    "ant-path": Package(
        "leaflet-ant-path",
        "1.1.2",
        "927421a77ebf602b0decc93af5bba354e151e789311db5d84ca3f2badb98f106",
        "MIT",
    ),
    "offset": Package(
        "leaflet-polylineoffset",
        "1.1.1",
        "fdf33ad2a86661d049560df13e3392be6c8addff8f10e59aaaf769dbbd1b873d",
        "MIT",
    ),
    "textpath": Package(
        "leaflet-textpath",
        "1.2.3",
        "7fff84073792f983bc2b621e1f07312ad3e93a56f21f03e13f404aa3aacde2bd",
        "MIT",
    ),
    "draw": Package(
        "leaflet-draw",
        "1.0.2",
        "a585e68d468c31b0906f6069663354b2d6fcfc48dd3969ebafdb7c8c21ec89ee",
        "MIT",
        "licences/MIT-leaflet-draw.txt",
    ),
    "timedimension": Package(
        "leaflet-timedimension",
        "1.1.1",
        "6b1f367f0585ff4fe9d9729a958c288441c1549929a172c49eac0f5f3bcb8d2b",
        "MIT",
    ),
    "iso8601": Package(
        "iso8601-js-period",
        "0.2.1",
        "c19655708dc3fc63bc3e345e04316538361ae45658c1d0743ba90d7ba009013b",
        "Apache-2.0",
        "licences/Apache-2.0.txt",
    ),
    "moment": Package(
        "moment",
        "2.18.1",
        "133757b42a2a5d0e6db8b504b8ec405777bbe271389cbb88c613499c3fff9065",
        "MIT",
    ),
    "search": Package(
        "leaflet-search",
        "2.9.7",
        "30a240e7afce4d68986e59f6cf528bc290f8ea2ebd682a0ace2583ccf2d7a863",
        "MIT",
        "license.txt",
    ),
    "beautify": Package(
        "beautifymarker",
        "1.0.9",
        "2cf39324b422756bfdaec228a917f9daeaec2f679f50cdb370385661dd46c5e1",
        "MIT",
    ),
    "locate": Package(
        "leaflet.locatecontrol",
        "0.66.2",
        "999b968daf6bb765452a81300a797ec611c4308259caa9692b3327927e12f3fe",
        "MIT",
    ),
    "boat": Package(
        "leaflet.boatmarker",
        "1.1.5",
        "87cb83f96cc69d3eeba5b3a09a087d587a87165123520dcf798837cd3b5d2e5a",
        "MIT",
    ),
    "terminator": Package(
        "@joergdietrich/leaflet.terminator",
        "1.3.0",
        "ddf5e3df079c5ec083ae4f16340a0221efbee8622973921821f8b6333bbeae53",
        "MIT",
    ),
    "encoded": Package(
        "polyline-encoded",
        "0.0.9",
        "6d1654d4108a97f112695581b1f89525ba3b0f9f877196a91785ebcaa85de213",
        "MIT",
    ),
}

# "*" in an address stands for any run of characters without a slash.
ASSETS = (
    Asset("leaflet.js", "leaflet", "dist/leaflet.js", ("*://*/npm/leaflet@1.9.*/dist/leaflet.js",)),
    Asset(
        "leaflet.css", "leaflet", "dist/leaflet.css", ("*://*/npm/leaflet@1.9.*/dist/leaflet.css",)
    ),
    Asset(
        "jquery.js",
        "jquery",
        "dist/jquery.min.js",
        (
            "*://code.jquery.com/jquery-3.*.min.js",
            f"{CDNJS}/jquery/3.*/jquery.min.js",
        ),
    ),
    Asset(
        "bootstrap.js",
        "bootstrap",
        "dist/js/bootstrap.bundle.min.js",
        ("*://*/npm/bootstrap@5.*/dist/js/bootstrap.bundle.min.js",),
    ),
    Asset(
        "bootstrap.css",
        "bootstrap",
        "dist/css/bootstrap.min.css",
        ("*://*/npm/bootstrap@5.*/dist/css/bootstrap.min.css",),
    ),
    Asset(
        "glyphicons.css",
        "bootstrap3",
        "dist/css/bootstrap.css",
        ("*://netdna.bootstrapcdn.com/bootstrap/3.*/css/bootstrap-glyphicons.css",),
    ),
    Asset(
        "awesome-markers.js",
        "awesome-markers",
        "dist/leaflet.awesome-markers.js",
        (f"{CDNJS}/Leaflet.awesome-markers/2.*/leaflet.awesome-markers.js",),
    ),
    Asset(
        "awesome-markers.css",
        "awesome-markers",
        "dist/leaflet.awesome-markers.css",
        (f"{CDNJS}/Leaflet.awesome-markers/2.*/leaflet.awesome-markers.css",),
    ),
    Asset(
        "fontawesome.css",
        "fontawesome",
        "css/all.min.css",
        ("*://*/npm/@fortawesome/fontawesome-free@6.*/css/all.min.css",),
    ),
    Asset("d3.js", "d3", "d3.min.js", (f"{CDNJS}/d3/3.*/d3.min.js",)),
    Asset(
        "markercluster.js",
        "markercluster",
        "dist/leaflet.markercluster.js",
        (f"{CDNJS}/leaflet.markercluster/1.*/leaflet.markercluster.js",),
    ),
    Asset(
        "markercluster.css",
        "markercluster",
        "dist/MarkerCluster.css",
        (f"{CDNJS}/leaflet.markercluster/1.*/MarkerCluster.css",),
    ),
    Asset(
        "markercluster-default.css",
        "markercluster",
        "dist/MarkerCluster.Default.css",
        (f"{CDNJS}/leaflet.markercluster/1.*/MarkerCluster.Default.css",),
    ),
    Asset(
        "fullscreen.js",
        "fullscreen",
        "Control.FullScreen.js",
        ("*://*/npm/leaflet.fullscreen@3.*/Control.FullScreen.min.js",),
    ),
    Asset(
        "fullscreen.css",
        "fullscreen",
        "Control.FullScreen.css",
        ("*://*/npm/leaflet.fullscreen@3.*/Control.FullScreen.css",),
    ),
    Asset(
        "minimap.js",
        "minimap",
        "dist/Control.MiniMap.min.js",
        (f"{CDNJS}/leaflet-minimap/3.*/Control.MiniMap.js",),
    ),
    Asset(
        "minimap.css",
        "minimap",
        "dist/Control.MiniMap.min.css",
        (f"{CDNJS}/leaflet-minimap/3.*/Control.MiniMap.css",),
    ),
    Asset(
        "measure.js",
        "measure",
        "dist/leaflet-measure.min.js",
        ("*://*/gh/ljagis/leaflet-measure@2.*/dist/leaflet-measure.min.js",),
    ),
    Asset(
        "measure.css",
        "measure",
        "dist/leaflet-measure.css",
        ("*://*/gh/ljagis/leaflet-measure@2.*/dist/leaflet-measure.min.css",),
    ),
    Asset(
        "mouse-position.js",
        "mouse-position",
        "src/L.Control.MousePosition.js",
        ("*://*/gh/ardhi/Leaflet.MousePosition/src/L.Control.MousePosition.min.js",),
    ),
    Asset(
        "mouse-position.css",
        "mouse-position",
        "src/L.Control.MousePosition.css",
        ("*://*/gh/ardhi/Leaflet.MousePosition/src/L.Control.MousePosition.min.css",),
    ),
    Asset(
        "grouped.js",
        "grouped",
        "dist/leaflet.groupedlayercontrol.min.js",
        (f"{CDNJS}/leaflet-groupedlayercontrol/0.*/leaflet.groupedlayercontrol.min.js",),
    ),
    Asset(
        "grouped.css",
        "grouped",
        "dist/leaflet.groupedlayercontrol.min.css",
        (f"{CDNJS}/leaflet-groupedlayercontrol/0.*/leaflet.groupedlayercontrol.min.css",),
    ),
    Asset(
        "tree.js",
        "tree",
        "L.Control.Layers.Tree.js",
        ("*://*/npm/leaflet.control.layers.tree@1.*/L.Control.Layers.Tree.min.js",),
    ),
    Asset(
        "tree.css",
        "tree",
        "L.Control.Layers.Tree.css",
        ("*://*/npm/leaflet.control.layers.tree@1.*/L.Control.Layers.Tree.min.css",),
    ),
    Asset(
        "subgroup.js",
        "subgroup",
        "dist/leaflet.featuregroup.subgroup.js",
        ("*://*/leaflet.featuregroup.subgroup@1.*/dist/leaflet.featuregroup.subgroup.js",),
    ),
    Asset(
        "ant-path.js",
        "ant-path",
        "dist/leaflet-ant-path.js",
        ("*://*/npm/leaflet-ant-path@1.*/dist/leaflet-ant-path.min.js",),
    ),
    Asset(
        "offset.js",
        "offset",
        "leaflet.polylineoffset.js",
        ("*://*/npm/leaflet-polylineoffset@1.*/leaflet.polylineoffset.min.js",),
    ),
    Asset(
        "textpath.js",
        "textpath",
        "leaflet.textpath.js",
        ("*://*/npm/leaflet-textpath@1.*/leaflet.textpath.min.js",),
    ),
    Asset(
        "draw.js", "draw", "dist/leaflet.draw.js", (f"{CDNJS}/leaflet.draw/1.*/leaflet.draw.js",)
    ),
    Asset(
        "draw.css", "draw", "dist/leaflet.draw.css", (f"{CDNJS}/leaflet.draw/1.*/leaflet.draw.css",)
    ),
    Asset(
        "timedimension.js",
        "timedimension",
        "dist/leaflet.timedimension.min.js",
        ("*://*/npm/leaflet-timedimension@1.*/dist/leaflet.timedimension.min.js",),
    ),
    Asset(
        "timedimension.css",
        "timedimension",
        "dist/leaflet.timedimension.control.css",
        ("*://*/npm/leaflet-timedimension@1.*/dist/leaflet.timedimension.control.css",),
    ),
    Asset(
        "iso8601.js", "iso8601", "iso8601.js", ("*://*/npm/iso8601-js-period@0.*/iso8601.min.js",)
    ),
    Asset("moment.js", "moment", "min/moment.min.js", (f"{CDNJS}/moment.js/2.*/moment.min.js",)),
    Asset(
        "search.js",
        "search",
        "dist/leaflet-search.min.js",
        ("*://*/npm/leaflet-search@2.*/dist/leaflet-search.min.js",),
    ),
    Asset(
        "search.css",
        "search",
        "dist/leaflet-search.min.css",
        ("*://*/npm/leaflet-search@2.*/dist/leaflet-search.min.css",),
    ),
    Asset(
        "beautify.js",
        "beautify",
        "leaflet-beautify-marker-icon.js",
        ("*://*/gh/marslan390/BeautifyMarker/leaflet-beautify-marker-icon.min.js",),
    ),
    Asset(
        "beautify.css",
        "beautify",
        "leaflet-beautify-marker-icon.css",
        ("*://*/gh/marslan390/BeautifyMarker/leaflet-beautify-marker-icon.min.css",),
    ),
    Asset(
        "locate.js",
        "locate",
        "dist/L.Control.Locate.min.js",
        (f"{CDNJS}/leaflet-locatecontrol/0.*/L.Control.Locate.min.js",),
    ),
    Asset(
        "locate.css",
        "locate",
        "dist/L.Control.Locate.min.css",
        (f"{CDNJS}/leaflet-locatecontrol/0.*/L.Control.Locate.min.css",),
    ),
    Asset(
        "boat.js",
        "boat",
        "leaflet.boatmarker.min.js",
        ("*://*/leaflet.boatmarker/leaflet.boatmarker.min.js",),
    ),
    Asset(
        "terminator.js",
        "terminator",
        "L.Terminator.js",
        ("*://*/@joergdietrich/leaflet.terminator",),
    ),
    Asset(
        "encoded.js",
        "encoded",
        "Polyline.encoded.js",
        ("*://*/npm/polyline-encoded@0.*/Polyline.encoded.js",),
    ),
)


def fetch(package: Package, cache: Path) -> Path:
    """Return the folder of an unpacked package; its tarball is fetched when not in the cache."""
    stem = package.name.lstrip("@").replace("/", "-")
    tarball = cache / f"{stem}-{package.version}.tgz"
    if not tarball.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is needed to fetch the packages: apt-get install npm")
        subprocess.run(
            [npm, "pack", "--silent", f"{package.name}@{package.version}"], cwd=cache, check=True
        )
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{tarball}: expected sha256 {package.sha256}, found {found}")
    folder = cache / tarball.stem
    if not folder.exists():
        with tarfile.open(tarball) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def data_url(path: Path) -> str:
    """Return a file as a data: address."""
    mime = MIME[path.suffix[1:]]
    return f"data:{mime};base64,{base64.b64encode(path.read_bytes()).decode()}"


def inline_css(text: str, folder: Path) -> str:
    """Put pictures and fonts into a style sheet; what cannot be embedded becomes empty."""
    text = re.sub(r",url\([^)]*\.ttf\) format\(\"truetype\"\)", "", text)

    def embed(match: re.Match[str]) -> str:
        address = match.group(1).strip("'\"")
        if address.startswith(("data:", "#")):
            return match.group(0)
        path = folder / posixpath.normpath(re.split(r"[?#]", address)[0])
        if path.suffix[1:] in MIME and path.is_file():
            return f"url({data_url(path)})"
        return "url(data:,)"

    return re.sub(r"url\(([^)]*)\)", embed, text)


def glyphicons(folder: Path) -> str:
    """Cut the glyph icons out of Bootstrap 3's style sheet; only the woff2 font is kept."""
    text = (folder / "dist/css/bootstrap.css").read_text(encoding="utf-8")
    start = text.index("@font-face")
    part = text[start : text.index("* {\n", start)]
    font = data_url(folder / "dist/fonts/glyphicons-halflings-regular.woff2")
    return re.sub(
        r"src: url[^;]*;(\s*src: url[^;]*;)?", f'src: url({font}) format("woff2");', part, count=1
    )


def without_old_fonts(text: str) -> str:
    """Drop Font Awesome's faces for its versions 4 and 5, which repeat the same fonts.

    The font of brands goes too: it is the size of all others together, for logos.
    """
    old = r"Font Awesome 5|FontAwesome|Font Awesome 6 Brands"
    return re.sub(rf'@font-face\{{font-family:"?(?:{old})[^}}]*\}}', "", text)


def without_fine_pictures(text: str) -> str:
    """Drop the rules of awesome-markers for fine screens: 220 kB of the same pictures."""
    return re.sub(r"@media \(min--moz-device-pixel-ratio[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}", "", text)


def default_icon(folder: Path) -> str:
    """Return the line that gives Leaflet's default marker its pictures."""
    images = folder / "dist/images"
    options = {
        "iconUrl": data_url(images / "marker-icon.png"),
        "iconRetinaUrl": data_url(images / "marker-icon-2x.png"),
        "shadowUrl": data_url(images / "marker-shadow.png"),
    }
    return (
        "\ndelete L.Icon.Default.prototype._getIconUrl;"
        f"L.Icon.Default.mergeOptions({json.dumps(options)});\n"
    )


def make(asset: Asset, folder: Path) -> str:
    """Make the text of one asset."""
    if asset.file == "glyphicons.css":
        return glyphicons(folder)
    text = (folder / asset.member).read_text(encoding="utf-8")
    if asset.file.endswith(".css"):
        text = without_fine_pictures(without_old_fonts(text))
        text = inline_css(text, (folder / asset.member).parent)
        return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text).strip() + "\n"
    text = re.sub(r"(?m)^//[#@] sourceMappingURL=.*$", "", text).strip() + "\n"
    if asset.file == "leaflet.js":
        text += default_icon(folder)
    if "</script" in text.lower() or "<!--" in text:
        raise SystemExit(f"{asset.file}: would end its own script element; it needs a closer look")
    return text


def build(cache: Path) -> None:
    """Write all assets, licence texts and the manifest."""
    TARGET.mkdir(parents=True, exist_ok=True)
    rows = []
    for asset in ASSETS:
        package = PACKAGES[asset.package]
        folder = fetch(package, cache)
        data = make(asset, folder).encode("utf-8")
        (TARGET / asset.file).write_bytes(data)
        licence = f"LICENSE-{asset.package}.txt"
        home = Path(__file__).parent if package.licence_file.startswith("licences/") else folder
        text = (home / package.licence_file).read_text(encoding="utf-8", errors="replace")
        (TARGET / licence).write_text(text, encoding="utf-8")
        rows.append(
            {
                "file": asset.file,
                "sha256": hashlib.sha256(data).hexdigest(),
                "package": package.name,
                "version": package.version,
                "package_sha256": package.sha256,
                "member": asset.member,
                "licence": package.licence,
                "licence_file": licence,
                "urls": list(asset.urls),
            }
        )
        print(f"{asset.file}: {len(data):,} bytes from {package.name} {package.version}")
    manifest = json.dumps({"assets": rows}, indent=1) + "\n"
    (TARGET / "manifest.json").write_text(manifest, encoding="utf-8")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, help="where the packages are kept")
    cache = parser.parse_args().cache
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        build(cache)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))


if __name__ == "__main__":
    main()
