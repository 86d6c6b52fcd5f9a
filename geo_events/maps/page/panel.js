// What stands round the map: title, answer, list with evidence, legend, caveat, sources.

function rowList(rows) {
  const list = make('dl', 'ge-rows');
  rows.forEach((row) => {
    list.appendChild(make('dt', '', row[0]));
    list.appendChild(make('dd', '', row[1]));
  });
  return list;
}

function quoteNode(quote) {
  const figure = make('figure', 'ge-quote');
  const block = make('blockquote', '');
  block.setAttribute('dir', 'auto');
  quote.pieces.forEach((piece, k) => {
    if (k % 2) {
      const mark = document.createElement('mark');
      mark.textContent = piece;
      block.appendChild(mark);
    } else {
      block.appendChild(document.createTextNode(piece));
    }
  });
  figure.appendChild(block);
  if (quote.note) figure.appendChild(make('figcaption', '', quote.note));
  return figure;
}

function evidenceNode(item) {
  const node = make('div', 'ge-evidence');
  item.evidence.quotes.forEach((quote) => node.appendChild(quoteNode(quote)));
  if (item.evidence.rows.length) node.appendChild(rowList(item.evidence.rows));
  return node;
}

function popupNode(item) {
  const node = make('div', 'ge-popup');
  node.appendChild(make('strong', '', item.title));
  if (item.badge) node.appendChild(make('span', 'ge-badge', item.badge));
  if (item.detail) node.appendChild(make('div', '', item.detail));
  node.appendChild(evidenceNode(item));
  return node;
}

function itemNode(state, item, index) {
  const node = make('li', 'ge-item');
  const button = make('button', 'ge-item-button');
  const id = 'ge-item-' + index;
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', id);
  button.appendChild(make('span', 'ge-item-title', item.title));
  if (item.badge) button.appendChild(make('span', 'ge-badge', item.badge));
  if (item.detail) button.appendChild(make('span', 'ge-item-detail', item.detail));
  const body = evidenceNode(item);
  body.id = id;
  body.hidden = true;
  button.addEventListener('click', () => {
    body.hidden = !body.hidden;
    button.setAttribute('aria-expanded', String(!body.hidden));
    if (!body.hidden) highlight(state, index);
  });
  button.addEventListener('focus', () => highlight(state, index));
  button.addEventListener('mouseenter', () => highlight(state, index));
  button.addEventListener('mouseleave', () => highlight(state, -1));
  button.addEventListener('blur', () => highlight(state, -1));
  node.appendChild(button);
  node.appendChild(body);
  state.itemNodes[index] = node;
  return node;
}

// What a reader looks for first; rows of one label follow each other without repeating it.
function factsNode(facts) {
  const section = make('section', 'ge-section ge-facts');
  section.appendChild(make('h2', '', 'At a glance'));
  const list = make('dl', 'ge-fact-rows');
  facts.forEach((fact, k) => {
    if (!k || facts[k - 1][0] !== fact[0]) list.appendChild(make('dt', '', fact[0]));
    list.appendChild(make('dd', '', fact[1]));
  });
  section.appendChild(list);
  return section;
}

function fillSide(state) {
  const side = document.getElementById('ge-side');
  if (state.data.facts.length) side.appendChild(factsNode(state.data.facts));
  const sections = new Map();
  state.data.items.forEach((item, k) => {
    if (!sections.has(item.section)) sections.set(item.section, []);
    sections.get(item.section).push(k);
  });
  sections.forEach((indices, title) => {
    const section = make('section', 'ge-section');
    section.appendChild(make('h2', '', title));
    const words = Object.prototype.hasOwnProperty.call(state.data.headings, title);
    if (words) section.appendChild(make('p', 'ge-words', state.data.headings[title]));
    const list = make('ul', 'ge-list');
    indices.forEach((k) => list.appendChild(itemNode(state, state.data.items[k], k)));
    section.appendChild(list);
    side.appendChild(section);
  });
  if (!sections.size && !state.data.facts.length) document.body.classList.add('ge-no-list');
}

function fillHead(state) {
  const head = document.getElementById('ge-head');
  head.appendChild(make('h1', '', state.data.title || document.title));
  state.data.summary.forEach((text) => head.appendChild(make('p', '', text)));
}

// Copies by selection: it works from disk and in a frame, where the clipboard is out of reach.
function copyButton(words) {
  const button = make('button', 'ge-copy', 'Copy');
  button.type = 'button';
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', () => {
    const range = document.createRange();
    range.selectNodeContents(words);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    button.textContent = document.execCommand('copy') ? 'Copied' : 'Selected: press Ctrl+C';
  });
  return button;
}

function fillFoot(state) {
  const foot = document.getElementById('ge-foot');
  if (state.data.notes.length) foot.appendChild(make('p', '', state.data.notes.join(' ')));
  if (state.data.citation) {
    const line = make('p', 'ge-cite');
    line.appendChild(make('span', '', 'Cite as: '));
    const words = make('span', 'ge-cite-text', state.data.citation);
    line.appendChild(words);
    line.appendChild(copyButton(words));
    foot.appendChild(line);
  }
}

function legendEntry(state, entry) {
  const row = make('li', 'ge-entry');
  row.appendChild(swatch(entry, readStyle(state.data.styles[entry.s]), state.patterns));
  row.appendChild(make('span', '', entry.text));
  return row;
}

// A button that goes to a layer which is too small to be seen in the whole map.
function zoomButton(state, index, title) {
  const button = make('button', 'ge-zoom', 'Zoom in');
  button.type = 'button';
  button.hidden = true;
  button.setAttribute('aria-label', 'Zoom in to: ' + title);
  button.addEventListener('click', () => {
    state.moved = true;
    state.map.fitBounds(state.groups[index].getBounds(), { maxZoom: 9, padding: [60, 60] });
  });
  state.zoomButtons[index] = button;
  return button;
}

function legendGroup(state, group, index) {
  const node = make('div', 'ge-group');
  const head = make('div', 'ge-group-head');
  const label = make('label', '');
  const box = make('input', '');
  box.type = 'checkbox';
  box.checked = group.shown;
  box.addEventListener('change', () => showGroup(state, index, box.checked));
  label.appendChild(box);
  label.appendChild(make('span', '', group.title));
  head.appendChild(label);
  node.appendChild(head);
  head.appendChild(zoomButton(state, index, group.title));
  if (group.entries.length) {
    const list = make('ul', 'ge-entries');
    const fold = make('button', 'ge-fold');
    fold.type = 'button';
    fold.setAttribute('aria-label', 'Signs of: ' + group.title);
    const open = (value) => {
      list.hidden = !value;
      fold.setAttribute('aria-expanded', String(value));
    };
    fold.addEventListener('click', () => open(list.hidden));
    group.entries.forEach((entry) => list.appendChild(legendEntry(state, entry)));
    open(group.opened);
    head.appendChild(fold);
    node.appendChild(list);
  }
  return node;
}

const Legend = L.Control.extend({
  options: { position: 'topright' },

  initialize: function (state, options) {
    L.setOptions(this, options);
    this._state = state;
  },

  onAdd: function () {
    const node = legendNode(this._state);
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    return node;
  },
});

function legendNode(state) {
  const node = make('section', state.framed ? 'ge-legend ge-legend-wide' : 'ge-legend leaflet-bar');
  const fold = make('button', 'ge-legend-fold', 'Legend and layers');
  const body = make('div', 'ge-legend-body');
  node.setAttribute('aria-label', 'Legend and layers');
  fold.type = 'button';
  const open = (value) => {
    body.hidden = !value;
    fold.setAttribute('aria-expanded', String(value));
  };
  fold.addEventListener('click', () => {
    open(body.hidden);
    state.map.invalidateSize({ animate: false, pan: false });
  });
  open(window.innerWidth >= 700);
  state.data.groups.forEach((group, k) => body.appendChild(legendGroup(state, group, k)));
  node.appendChild(fold);
  node.appendChild(body);
  state.legend = node;
  state.openLegend = open;
  return node;
}

// In our own page the title stands above the map: here only what it says is not shown.
function stripTitle(state) {
  const denial = /(?:^|\. )(Not (?:an? )?[^.]*\.)$/.exec(state.data.title);
  const node = make('p', 'ge-strip-title', state.framed && denial ? denial[1] : state.data.title);
  if (state.framed && !denial) node.classList.add('ge-strip-again');
  if (state.framed) node.setAttribute('aria-hidden', 'true');
  return node;
}

// Title and caveat inside the map, where a picture of it keeps them.
function addStrip(state) {
  const strip = make('div', 'ge-strip');
  if (state.data.title) strip.appendChild(stripTitle(state));
  state.data.caveat.filter(Boolean).forEach((text) => strip.appendChild(make('p', '', text)));
  if (!strip.childNodes.length) return;
  const container = state.map.getContainer();
  container.appendChild(strip);
  state.strip = strip;
  L.DomEvent.disableClickPropagation(strip);
  const raise = () => container.style.setProperty('--ge-strip', strip.offsetHeight + 'px');
  raise();
  state.map.on('resize', raise);
}

// A slider over the days of the items; nothing moves by itself.
function addTime(state) {
  const days = Array.from(new Set(state.data.items.map((item) => item.start).filter(Boolean)));
  days.sort();
  if (days.length < 2 || !state.framed) return;
  const side = document.getElementById('ge-side');
  const box = make('div', 'ge-time');
  const label = make('label', '', 'Show events up to');
  const slider = make('input', '');
  const output = make('output', '', days[days.length - 1]);
  slider.type = 'range';
  slider.min = 0;
  slider.max = days.length - 1;
  slider.value = days.length - 1;
  slider.id = 'ge-time';
  label.htmlFor = 'ge-time';
  slider.addEventListener('input', () => {
    const day = days[Number(slider.value)];
    output.textContent = day;
    slider.setAttribute('aria-valuetext', day);
    showUntil(state, day);
  });
  const note = make('span', 'ge-words', 'What has no date, and “At a glance”, is for all dates.');
  [label, slider, output, note].forEach((node) => box.appendChild(node));
  const facts = side.querySelector('.ge-facts');
  side.insertBefore(box, facts ? facts.nextSibling : side.firstChild);
}
