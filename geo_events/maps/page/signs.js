// How styles look: dashes, hatching, point shapes, and the swatches of the legend.

const DASHES = {
  solid: null, dashed: '9 6', dotted: '1 6', dashdot: '10 5 1 5',
  long: '20 7', longdot: '20 7 3 7', gaps: '4 8', gapsdot: '4 8 1 8',
};

// A swatch is 28 pixels wide: its dashes are shorter, in the same rhythm.
const SWATCH_DASHES = {
  dashed: '5 3', long: '11 4', longdot: '11 3 2 3', gaps: '2 4', gapsdot: '2 4 1 4',
};

function readStyle(row) {
  return {
    colour: row[0], width: row[1], dash: row[2], fill: row[3], opacity: row[4], fillOpacity: row[5],
  };
}

let patternCount = 0;

// One hidden drawing holds all hatch patterns; a pattern per fill and colour.
function patternFill(patterns, fill, colour) {
  const key = fill + colour;
  if (!patterns.known[key]) {
    patternCount += 1;
    const id = 'ge-pattern-' + patternCount;
    const size = fill === 'dots' ? 7 : 9;
    const pattern = makeSvg('pattern', {
      id: id, width: size, height: size, patternUnits: 'userSpaceOnUse',
    }, patterns.node);
    if (fill === 'dots') {
      makeSvg('circle', { cx: 3.5, cy: 3.5, r: 1.3, fill: colour }, pattern);
    } else {
      pattern.setAttribute('patternTransform', fill === 'lines' ? 'rotate(0)' : 'rotate(45)');
      makeSvg('path', { d: 'M0 0V9', stroke: colour, 'stroke-width': fill === 'lines' ? 2.2 : 3 }, pattern);
      if (fill === 'cross') {
        makeSvg('path', { d: 'M0 0H9', stroke: colour, 'stroke-width': 3 }, pattern);
      }
    }
    patterns.known[key] = 'url(#' + id + ')';
  }
  return patterns.known[key];
}

function makePatterns(container) {
  const drawing = makeSvg('svg', { width: 0, height: 0, 'aria-hidden': 'true', class: 'ge-defs' });
  container.appendChild(drawing);
  return { node: makeSvg('defs', {}, drawing), known: {} };
}

function pathOptions(style, patterns) {
  const options = {
    color: style.colour,
    weight: style.width,
    opacity: style.opacity,
    stroke: style.width > 0,
    dashArray: DASHES[style.dash],
    lineCap: style.dash === 'dotted' ? 'round' : 'butt',
    fill: style.fill !== 'none',
    fillColor: style.colour,
    fillOpacity: style.fillOpacity,
  };
  if (style.fill !== 'none' && style.fill !== 'solid') {
    options.fillColor = patternFill(patterns, style.fill, style.colour);
  }
  return options;
}

const SHAPES = {
  dot: 'M12 5a7 7 0 1 1 0 14a7 7 0 1 1 0-14z',
  circle: 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16z',
  square: 'M5 5h14v14H5z',
  diamond: 'M12 2l10 10-10 10L2 12z',
  triangle: 'M12 3l10 18H2z',
  star: 'M12 2l3 7 7 .6-5.3 4.8 1.6 7.1L12 17.7 5.7 21.5l1.6-7.1L2 9.6 9 9z',
  enter: 'M4 4h9v5h7l-8 8-8-8h0z',
  leave: 'M12 4l8 8h-5v8H9v-8H4z',
  question: 'M12 2l10 10-10 10L2 12z',
  denied: 'M12 2l10 10-10 10L2 12z',
};
SHAPES.enter = 'M9 4h6v8h5l-8 8-8-8h5z';

const POINT_SIZES = { circle: 14, dot: 9 };

function pointSign(sign, colour, size) {
  const drawing = makeSvg('svg', {
    viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', class: 'ge-sign',
  });
  const hollow = sign === 'question' || sign === 'denied';
  makeSvg('path', {
    d: SHAPES[sign],
    fill: hollow ? '#ffffff' : colour,
    stroke: hollow ? colour : '#ffffff',
    'stroke-width': hollow ? 2.4 : 1.6,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  }, drawing);
  if (sign === 'question') {
    const mark = makeSvg('text', {
      x: 12, y: 16.5, 'text-anchor': 'middle', 'font-size': 13, 'font-weight': 700, fill: colour,
    }, drawing);
    mark.textContent = '?';
  }
  if (sign === 'denied') {
    makeSvg('path', { d: 'M8 8l8 8M16 8l-8 8', stroke: colour, 'stroke-width': 2.4 }, drawing);
  }
  return drawing;
}

// The sign of a legend entry: exactly what is drawn on the map, in small.
function swatch(entry, style, patterns) {
  if (entry.kind === 'point') {
    return pointSign(entry.sign || 'circle', style.colour, POINT_SIZES[entry.sign] || 18);
  }
  const drawing = makeSvg('svg', {
    viewBox: '0 0 28 16', width: 28, height: 16, 'aria-hidden': 'true', class: 'ge-swatch',
  });
  const options = pathOptions(style, patterns);
  const line = {
    stroke: options.color,
    'stroke-width': !options.stroke ? 0.6 : Math.min(3, Math.max(1.2, options.weight)),
    'stroke-opacity': Math.max(0.6, options.opacity),
    'stroke-dasharray': SWATCH_DASHES[style.dash] || options.dashArray || 'none',
    'stroke-linecap': options.lineCap,
  };
  if (entry.kind === 'line') {
    makeSvg('path', Object.assign({ d: 'M1 8H27', fill: 'none' }, line), drawing);
  } else {
    makeSvg('rect', Object.assign({
      x: 1.5, y: 1.5, width: 25, height: 13,
      fill: options.fill ? options.fillColor : 'none', 'fill-opacity': options.fillOpacity,
    }, line), drawing);
  }
  return drawing;
}
