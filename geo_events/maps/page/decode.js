// Reads what Python wrote: paths, and elements whose text is only ever text.

// Delta-coded path (Google's encoded polyline) to a list of [lat, lon].
function decodePath(text, digits) {
  const scale = Math.pow(10, -digits);
  const path = [];
  let at = 0;
  const last = [0, 0];
  while (at < text.length) {
    for (let axis = 0; axis < 2; axis += 1) {
      let value = 0;
      let factor = 1;
      let chunk;
      do {
        chunk = text.charCodeAt(at) - 63;
        at += 1;
        value += (chunk % 32) * factor;
        factor *= 32;
      } while (chunk >= 32);
      last[axis] += value % 2 ? -(value + 1) / 2 : value / 2;
    }
    path.push([last[0] * scale, last[1] * scale]);
  }
  return path;
}

// A new element with a class and, where given, its text in the direction of its own script.
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== '') {
    node.textContent = text;
    node.setAttribute('dir', 'auto');
  }
  return node;
}

function makeSvg(tag, attributes, parent) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.keys(attributes).forEach((name) => node.setAttribute(name, attributes[name]));
  if (parent) parent.appendChild(node);
  return node;
}
