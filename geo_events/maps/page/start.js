// Puts it all together. `geoEvents.draw(map, id, framed)` is the only name the page sees.

function showGroup(state, index, shown) {
  const group = state.groups[index];
  if (shown) group.addTo(state.map);
  else state.map.removeLayer(group);
  layoutCaptions(state.map, state.captions);
}

function showUntil(state, day) {
  state.data.items.forEach((item, k) => {
    const shown = !item.start || item.start <= day;
    (state.itemLayers[k] || []).forEach((pair) => {
      if (shown) pair.group.addLayer(pair.layer);
      else pair.group.removeLayer(pair.layer);
    });
    const node = state.itemNodes[k];
    if (node) node.classList.toggle('ge-later', !shown);
  });
  layoutCaptions(state.map, state.captions);
}

function elementsOf(layer) {
  if (layer.getElement && layer.getElement()) return [layer.getElement()];
  return [];
}

function highlight(state, index) {
  state.lit.forEach((element) => element.classList.remove('ge-lit'));
  state.lit = [];
  (state.itemLayers[index] || []).forEach((pair) => elementsOf(pair.layer).forEach((element) => {
    element.classList.add('ge-lit');
    state.lit.push(element);
  }));
}

function choose(state, index, place) {
  const item = state.data.items[index];
  if (!item) return;
  L.popup({ maxWidth: 320, maxHeight: 300, autoPanPadding: [20, 20] })
    .setLatLng(place)
    .setContent(popupNode(item))
    .openOn(state.map);
  const node = state.itemNodes[index];
  const beside = window.innerWidth > 760; // on a telephone the list is below: the map stays
  if (node && beside) node.scrollIntoView({ block: 'nearest' });
  document.querySelectorAll('.ge-item.ge-chosen').forEach((old) => old.classList.remove('ge-chosen'));
  if (node) node.classList.add('ge-chosen');
}

function addMark(state, mark) {
  const style = readStyle(state.data.styles[mark.s]);
  const layer = DRAW[mark.k](state, mark, style);
  const group = mark.g >= 0 ? state.groups[mark.g] : state.rest;
  group.addLayer(layer);
  if (mark.i >= 0) {
    state.itemLayers[mark.i] = state.itemLayers[mark.i] || [];
    state.itemLayers[mark.i].push({ layer: layer, group: group });
    layer.on('click', (event) => {
      L.DomEvent.stopPropagation(event);
      choose(state, mark.i, event.latlng || layer.getLatLng());
    });
    layer.on('mouseover', () => highlight(state, mark.i));
    layer.on('mouseout', () => highlight(state, -1));
  }
  addMarkCaption(state, mark, layer);
}

function addMarkCaption(state, mark, layer) {
  if (!mark.c) return;
  let place = mark.k === 'point' ? mark.p : mark.at;
  if (!place && mark.b !== undefined) {
    const at = state.data.base.at[mark.b];
    place = nearTurn([[at[1], at[0]]], state.data.centre)[0];
  }
  if (!place) place = layer.getBounds().getCenter();
  const said = mark.c + '@' + place; // two corridors may have one end
  if (mark.k === 'point' && state.said[said]) return;
  state.said[said] = true;
  const caption = makeCaption(state.map, place, mark.c, 'ge-caption-' + mark.k, mark.r || 0);
  caption.group = layer;
  caption.beside = mark.k === 'point';
  caption.inside = mark.k === 'area' || mark.k === 'track';
  caption.minor = mark.k === 'area' && mark.r >= 5 && mark.r < 5.5; // crossed by less than half
  caption.above = mark.k === 'ring';
  if (caption.above) caption.ring = layer.getBounds();
  state.captions.push(caption);
  if (mark.n !== undefined) state.named[mark.n] = true;
}

function addNames(state) {
  const base = state.data.base;
  base.names.forEach((name, k) => {
    if (state.named[k] || base.kinds[k] === 'lake' || !name) return;
    const at = base.at[k];
    const place = nearTurn([[at[1], at[0]]], state.data.centre)[0];
    const caption = makeCaption(state.map, place, name, 'ge-name', -1000 + at[2]);
    caption.degrees = at[2];
    state.captions.push(caption);
  });
}

function fit(state) {
  const b = state.data.bounds;
  if (!state.data.marks.length) return;
  state.map.fitBounds([[b[0], b[1]], [b[2], b[3]]], {
    animate: false,
    maxZoom: state.data.base ? 7.5 : 9, // closer, our land and borders say nothing
    paddingTopLeft: [24, 24],
    paddingBottomRight: [24, 24 + (state.strip ? state.strip.offsetHeight : 0)],
  });
}

const SMALL_PX = 40; // a layer smaller than this in the whole map is offered to be zoomed to

function offerZooms(state) {
  Object.keys(state.zoomButtons).forEach((index) => {
    const bounds = state.groups[index].getBounds();
    if (!bounds.isValid()) return;
    const a = state.map.latLngToContainerPoint(bounds.getSouthWest());
    const b = state.map.latLngToContainerPoint(bounds.getNorthEast());
    const size = Math.max(b.x - a.x, a.y - b.y);
    state.zoomButtons[index].hidden = size >= SMALL_PX || size < 1;
  });
}

// On paper the page is as wide as the sheet, so the map must be drawn again for it.
function readyForPrint(state) {
  const root = document.documentElement;
  const again = () => {
    state.map.invalidateSize({ animate: false, pan: false });
    fit(state);
    if (state.basemap) state.basemap.redraw();
    layoutCaptions(state.map, state.captions);
  };
  window.addEventListener('beforeprint', () => {
    root.classList.add('ge-print');
    if (state.openLegend) state.openLegend(true);
    again();
  });
  window.addEventListener('afterprint', () => {
    root.classList.remove('ge-print');
    again();
  });
}

// A frame may have no size yet when its page is drawn, and get it later: the map is fitted again
// whenever its size changes, until somebody has moved it.
function keepFitted(state) {
  const container = state.map.getContainer();
  const stop = () => { state.moved = true; };
  ['pointerdown', 'wheel', 'keydown'].forEach((type) => container.addEventListener(type, stop));
  let fitted = container.clientWidth + 'x' + container.clientHeight;
  const again = () => {
    const size = container.clientWidth + 'x' + container.clientHeight;
    if (state.moved || size === fitted || !container.clientWidth) return;
    fitted = size;
    state.map.invalidateSize({ animate: false, pan: false });
    fit(state);
    layoutCaptions(state.map, state.captions);
  };
  new ResizeObserver(again).observe(container);
}

function announceReady() {
  const mark = () => requestAnimationFrame(() => {
    document.documentElement.setAttribute('data-ready', '1');
  });
  if (document.readyState === 'complete') mark();
  else window.addEventListener('load', mark);
}

// Where tiles would be loaded, land and borders are drawn: there is no network.
function replaceTiles() {
  const load = L.tileLayer;
  L.tileLayer = function (url, options) {
    if (!/^(https?:)?\/\//.test(url)) return load(url, options);
    const island = document.querySelector('script[data-base]');
    const base = island ? JSON.parse(island.textContent).base : null;
    return base ? new BasemapLayer(base) : L.layerGroup();
  };
  L.tileLayer.wms = load.wms;
}

function drawAll(state) {
  makePanes(state.map);
  if (state.data.base && state.framed) {
    state.basemap = new BasemapLayer(state.data.base);
    state.basemap.addTo(state.map);
  }
  state.groups = state.data.groups.map(() => L.featureGroup());
  state.data.marks.forEach((mark) => addMark(state, mark));
  state.data.groups.forEach((group, k) => {
    if (group.shown) state.groups[k].addTo(state.map);
  });
  state.rest.addTo(state.map);
  if (state.data.base && state.framed) addNames(state);
  state.captions.sort((a, b) => b.rank - a.rank);
}

window.geoEvents = {
  replaceTiles: replaceTiles,
  draw: function (map, id, framed) {
    const data = JSON.parse(document.getElementById(id).textContent);
    const state = {
      map: map, data: data, framed: framed && Boolean(document.getElementById('ge-head')),
      rest: L.featureGroup(), itemLayers: {}, itemNodes: {}, captions: [], named: {}, lit: [], zoomButtons: {}, said: {},
    };
    map.getContainer().classList.add('ge-map');
    state.patterns = makePatterns(document.body);
    if (map.attributionControl) map.attributionControl.setPrefix('Leaflet');
    if (state.framed) {
      fillHead(state);
      fillSide(state);
      fillFoot(state);
      if (data.groups.length) document.getElementById('ge-main').appendChild(legendNode(state));
      map.invalidateSize({ animate: false, pan: false });
    }
    drawAll(state);
    if (data.groups.length && !state.framed) new Legend(state).addTo(map);
    if (state.framed || data.marks.length) L.control.scale({ position: 'bottomleft' }).addTo(map);
    addStrip(state);
    addTime(state);
    fit(state);
    offerZooms(state);
    layoutCaptions(map, state.captions);
    map.on('zoomend moveend resize', () => layoutCaptions(map, state.captions));
    readyForPrint(state);
    if (state.framed) keepFitted(state);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', () => state.basemap && state.basemap.redraw());
    announceReady();
  },
};
