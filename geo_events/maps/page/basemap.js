// Land, borders and lakes on one canvas under everything, at -360, 0 and +360 degrees.

function projectRing(path, crs) {
  const ring = {
    x: new Float64Array(path.length),
    y: new Float64Array(path.length),
    seam: new Uint8Array(path.length),
    west: Infinity,
    east: -Infinity,
    north: Infinity,
    south: -Infinity,
  };
  path.forEach((pair, k) => {
    const point = crs.projection.project(L.latLng(pair[0], pair[1]));
    ring.x[k] = point.x;
    ring.y[k] = point.y;
    const onSeam = Math.abs(Math.abs(pair[1]) - 180) < 0.006;
    const before = k > 0 && Math.abs(Math.abs(path[k - 1][1]) - 180) < 0.006;
    ring.seam[k] = (onSeam && before) || pair[0] < -89 ? 1 : 0;
    ring.west = Math.min(ring.west, point.x);
    ring.east = Math.max(ring.east, point.x);
    ring.south = Math.min(ring.south, point.y);
    ring.north = Math.max(ring.north, point.y);
  });
  return ring;
}

const BasemapLayer = L.Renderer.extend({
  options: { padding: 0.3, pane: 'ge-base', maxZoom: 12 },

  // On a map that is not ours, and on a small one in its corner, what we need is made first.
  beforeAdd: function (map) {
    map.getContainer().classList.add('ge-map');
    makePanes(map);
    if (map._addZoomLimit) map._addZoomLimit(this);
  },

  initialize: function (base, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._base = base;
  },

  _initContainer: function () {
    this._container = document.createElement('canvas');
    this._container.className = 'ge-base';
    this._container.setAttribute('aria-hidden', 'true');
    const crs = this._map.options.crs;
    const paths = (rings) => rings.map((text) => decodePath(text, this._base.digits));
    this._rings = { country: [], lake: [] };
    this._base.rings.forEach((rings, k) => {
      const kind = this._base.kinds[k] === 'lake' ? 'lake' : 'country';
      paths(rings).forEach((path) => this._rings[kind].push(projectRing(path, crs)));
    });
  },

  _destroyContainer: function () {
    L.DomUtil.remove(this._container);
    delete this._container;
  },

  _update: function () {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = size.x + 'px';
    canvas.style.height = size.y + 'px';
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.translate(-this._bounds.min.x, -this._bounds.min.y);
    this._draw(context);
  },

  redraw: function () {
    if (this._map) this._update();
  },

  _draw: function (context) {
    const colours = getComputedStyle(this._map.getContainer());
    const colour = (name) => colours.getPropertyValue(name).trim();
    const places = this._turns();
    this._fill(context, this._rings.country, places, colour('--ge-land'));
    this._stroke(context, this._rings.country, places, colour('--ge-border'));
    this._fill(context, this._rings.lake, places, colour('--ge-sea'));
    this._stroke(context, this._rings.lake, places, colour('--ge-border'));
  },

  // How projected coordinates become pixels, once per turn of the world.
  _turns: function () {
    const map = this._map;
    const crs = map.options.crs;
    const scale = crs.scale(map.getZoom());
    const zero = crs.transformation.transform(L.point(0, 0), scale);
    const one = crs.transformation.transform(L.point(1, 1), scale);
    const origin = map.getPixelOrigin();
    const turn = map.project([0, 360]).x - map.project([0, 0]).x;
    return [-1, 0, 1].map((k) => ({
      ax: one.x - zero.x,
      ay: one.y - zero.y,
      bx: zero.x - origin.x + k * turn,
      by: zero.y - origin.y,
    }));
  },

  _visible: function (ring, place) {
    const x0 = ring.west * place.ax + place.bx;
    const x1 = ring.east * place.ax + place.bx;
    const y0 = ring.north * place.ay + place.by;
    const y1 = ring.south * place.ay + place.by;
    const min = this._bounds.min;
    const max = this._bounds.max;
    return x1 >= min.x && x0 <= max.x && Math.max(y0, y1) >= min.y && Math.min(y0, y1) <= max.y;
  },

  _trace: function (context, rings, places, skipSeam) {
    context.beginPath();
    places.forEach((place) => rings.forEach((ring) => {
      if (!this._visible(ring, place)) return;
      let lastX = NaN;
      let lastY = NaN;
      for (let k = 0; k < ring.x.length; k += 1) {
        const x = ring.x[k] * place.ax + place.bx;
        const y = ring.y[k] * place.ay + place.by;
        if (k === 0 || (skipSeam && ring.seam[k])) context.moveTo(x, y);
        else if (k < ring.x.length - 1 && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue;
        else context.lineTo(x, y);
        lastX = x;
        lastY = y;
      }
    }));
  },

  _fill: function (context, rings, places, colour) {
    this._trace(context, rings, places, false);
    context.fillStyle = colour;
    context.fill('evenodd');
  },

  _stroke: function (context, rings, places, colour) {
    this._trace(context, rings, places, true);
    context.strokeStyle = colour;
    context.lineWidth = 0.8;
    context.lineJoin = 'round';
    context.stroke();
  },
});
