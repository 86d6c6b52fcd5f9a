// Marks become Leaflet layers; each knows its item, so that a click can show the evidence.

const PANES = [
  ['ge-base', 150], ['ge-cloud', 380], ['ge-areas', 400], ['ge-tracks', 420], ['ge-rings', 430],
];

function makePanes(map) {
  PANES.forEach((pair) => {
    if (!map.getPane(pair[0])) map.createPane(pair[0]).style.zIndex = pair[1];
  });
  map.getPane('ge-base').style.pointerEvents = 'none';
  const captions = map.getPane('ge-captions') || map.createPane('ge-captions');
  captions.style.zIndex = 610;
  captions.style.pointerEvents = 'none';
  captions.setAttribute('aria-hidden', 'true');
}

function nearTurn(path, centre) {
  let west = Infinity;
  let east = -Infinity;
  path.forEach((pair) => {
    west = Math.min(west, pair[1]);
    east = Math.max(east, pair[1]);
  });
  const shift = 360 * Math.round((centre - (west + east) / 2) / 360);
  return shift ? path.map((pair) => [pair[0], pair[1] + shift]) : path;
}

function areaRings(state, mark) {
  if (mark.b === undefined) return mark.p.map((text) => decodePath(text, mark.d));
  const base = state.data.base;
  return base.rings[mark.b].map((text) => nearTurn(decodePath(text, base.digits), state.data.centre));
}

function tooltipOf(mark) {
  return () => make('div', 'ge-tip', mark.t);
}

// Leaflet rounds to whole pixels, which makes a curve of many points tremble.
const UNROUNDED = {
  _projectLatlngs: function (latlngs, result, bounds) {
    if (!(latlngs[0] instanceof L.LatLng)) {
      latlngs.forEach((part) => this._projectLatlngs(part, result, bounds));
      return;
    }
    const origin = this._map.getPixelOrigin();
    result.push(latlngs.map((latlng) => {
      const point = this._map.project(latlng).subtract(origin);
      bounds.extend(point);
      return point;
    }));
  },
};
const SmoothLine = L.Polyline.extend(UNROUNDED);
const SmoothRing = L.Polygon.extend(UNROUNDED);

const DRAW = {
  area: function (state, mark, style) {
    const options = Object.assign({ pane: 'ge-areas' }, pathOptions(style, state.patterns));
    return L.polygon(areaRings(state, mark), options).bindTooltip(tooltipOf(mark), { sticky: true });
  },
  track: function (state, mark, style) {
    const paths = mark.p.map((text) => decodePath(text, mark.d));
    const options = Object.assign(pathOptions(style, state.patterns), {
      pane: 'ge-tracks', fill: false, smoothFactor: 0.5,
    });
    return new SmoothLine(paths, options).bindTooltip(tooltipOf(mark), { sticky: true });
  },
  ring: function (state, mark, style) {
    const path = decodePath(mark.p[0], mark.d);
    const options = Object.assign(pathOptions(style, state.patterns), {
      pane: 'ge-rings', smoothFactor: 0.2,
    });
    return new SmoothRing(path, options).bindTooltip(tooltipOf(mark), { sticky: true });
  },
  point: function (state, mark, style) {
    const node = make('span', 'ge-point');
    const size = POINT_SIZES[mark.sign] || 22;
    node.appendChild(pointSign(mark.sign, style.colour, size));
    const icon = L.divIcon({ html: node, className: 'ge-icon', iconSize: [size, size] });
    const layer = L.marker(mark.p, { icon: icon, keyboard: mark.i >= 0, alt: '' });
    layer.on('add', () => {
      const element = layer.getElement();
      if (mark.i >= 0) element.setAttribute('aria-label', mark.t);
      else element.setAttribute('aria-hidden', 'true');
    });
    return layer.bindTooltip(tooltipOf(mark));
  },
  cloud: function (state, mark, style) {
    const renderer = L.canvas({ pane: 'ge-cloud', padding: 0.3, tolerance: 4 });
    const options = Object.assign(pathOptions(style, state.patterns), { renderer: renderer });
    const group = L.featureGroup();
    cloudLayers(mark, options).forEach((layer, k) => {
      layer.geRow = k;
      group.addLayer(layer);
    });
    group.bindTooltip((layer) => make('div', 'ge-tip', mark.t[layer.geRow]), { sticky: true });
    group.bindPopup((layer) => cloudRow(mark, layer.geRow), { maxHeight: 260 });
    return group;
  },
};

function cloudLayers(mark, options) {
  const dot = Object.assign({}, options, { radius: 5, weight: 1, fill: true, fillOpacity: 0.7 });
  dot.fillColor = options.color;
  if (mark.points !== undefined) {
    return decodePath(mark.points, mark.d).map((pair) => L.circleMarker(pair, dot));
  }
  return mark.shapes.map((shape) => {
    const paths = shape[1].map((text) => decodePath(text, mark.d));
    if (shape[0] === 2) return L.polygon(paths, options);
    if (shape[0] === 1) return L.polyline(paths, Object.assign({}, options, { fill: false }));
    if (paths.length === 1) return L.circleMarker(paths[0][0], dot);
    return L.featureGroup(paths.map((path) => L.circleMarker(path[0], dot)));
  });
}

function cloudRow(mark, row) {
  const node = make('div', 'ge-evidence ge-row');
  node.appendChild(make('strong', '', mark.t[row]));
  const rows = Object.keys(mark.columns).map((name) => [name, mark.columns[name][row]]);
  node.appendChild(rowList(rows));
  return node;
}

const NARROW_PX = 500; // a telephone: words in short lines, and of the smaller shares none

// A caption with its place, size and rank; `layoutCaptions` shows those that fit.
function makeCaption(map, place, text, className, rank) {
  const node = make('div', 'ge-caption ' + className);
  const narrow = map.getSize().x < NARROW_PX;
  text.split(narrow ? /\n| · / : '\n').forEach((line) => node.appendChild(make('div', '', line)));
  const icon = L.divIcon({ html: node, className: 'ge-caption-icon', iconSize: null });
  const layer = L.marker(place, {
    icon: icon, pane: 'ge-captions', interactive: false, keyboard: false,
  });
  return { layer: layer, node: node, place: L.latLng(place), rank: rank, width: 0, height: 0 };
}

const LEAST_RING_PX = 12; // below it a ring is not seen, and its measure would be of nothing

const NUDGES = [0, 0.5, -0.5, 1, -1]; // of its height: how far words may leave their place

// Where words beside a point may stand: on the side with room, on the other, a line up or down.
function besideBoxes(caption, box, point, size) {
  const room = size.x - point.x - 13;
  const first = caption.width > room && point.x - 13 > room;
  const places = [];
  [0, 0.9, -0.9].forEach((part) => [first, !first].forEach((left) => {
    const dx = (left ? -1 : 1) * (caption.width / 2 + 12);
    const dy = part * caption.height;
    const moved = [box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy];
    if (moved[0] >= 0 && moved[2] <= size.x) places.push({ left: left, dy: dy, box: moved });
  }));
  return places;
}

function layoutCaptions(map, captions) {
  const taken = [];
  const size = map.getSize();
  const narrow = size.x < NARROW_PX;
  captions.forEach((caption) => {
    const visible = caption.group ? map.hasLayer(caption.group) : true;
    const point = map.latLngToContainerPoint(caption.place);
    const inside = point.x > -50 && point.y > -50 && point.x < size.x + 50 && point.y < size.y + 50;
    let shown = visible && inside && !(narrow && caption.minor);
    if (shown && !map.hasLayer(caption.layer)) caption.layer.addTo(map);
    if (shown && !caption.width) {
      caption.width = caption.node.offsetWidth;
      caption.height = caption.node.offsetHeight;
    }
    if (shown && caption.ring) {
      const south = map.latLngToContainerPoint(caption.ring.getSouthWest()).y;
      shown = (south - point.y) / 2 >= LEAST_RING_PX;
    }
    if (shown && caption.degrees !== undefined) {
      const east = map.latLngToContainerPoint([caption.place.lat, caption.place.lng + 1]).x;
      shown = (east - point.x) * caption.degrees > caption.width * 0.8;
    }
    const box = [point.x - caption.width / 2, point.y - caption.height / 2,
      point.x + caption.width / 2, point.y + caption.height / 2];
    if (caption.inside) {
      const nudge = Math.max(2 - box[0], 0) + Math.min(size.x - 2 - box[2], 0);
      caption.node.style.marginLeft = nudge + 'px';
      box[0] += nudge;
      box[2] += nudge;
    }
    if (caption.above) {
      box[1] -= caption.height / 2 + 8;
      box[3] -= caption.height / 2 + 8;
    }
    const free = (moved) => !taken.some((other) => moved[0] < other[2] && moved[2] > other[0]
      && moved[1] < other[3] && moved[3] > other[1]);
    if (shown && caption.beside) {
      const found = besideBoxes(caption, box, point, size).find((one) => free(one.box));
      shown = found !== undefined;
      if (shown) {
        caption.node.classList.toggle('ge-caption-left', found.left);
        caption.node.style.marginTop = found.dy + 'px';
        found.box.forEach((value, k) => { box[k] = value; });
      }
    } else if (shown) {
      const nudges = caption.inside && !narrow ? NUDGES : [0];
      const lines = nudges.map((part) => part * caption.height);
      const moved = lines.find((dy) => free([box[0], box[1] + dy, box[2], box[3] + dy]));
      shown = moved !== undefined;
      box[1] += moved || 0;
      box[3] += moved || 0;
      if (caption.inside) caption.node.style.marginTop = (moved || 0) + 'px';
    }
    if (shown) taken.push(box);
    else if (map.hasLayer(caption.layer)) map.removeLayer(caption.layer);
  });
}
