(function () {
  var data = JSON.parse(document.getElementById("graph-data").textContent);
  var nodes = data.picture.nodes, edges = data.picture.edges;
  var canvas = document.getElementById("canvas"), panel = document.getElementById("panel");
  var pen = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
  var colors = {}, hidden = {}, selected = -1, hovered = -1;
  var view = { x: 0, y: 0, scale: 1 };
  data.kinds.forEach(function (kind) { colors[kind[0]] = style.getPropertyValue("--" + kind[0]).trim() || "#888"; });
  // The drawing gets the shape of its place.
  var shape = Math.max(0.6, Math.min(1.8, canvas.clientWidth / Math.max(canvas.clientHeight, 1)));
  nodes.forEach(function (node) { node.x *= shape; });
  var near = nodes.map(function () { return []; });
  edges.forEach(function (edge) { near[edge.from].push(edge); near[edge.to].push(edge); });

  function word(list, name) {
    var found = list.find(function (entry) { return entry[0] === name; });
    return found ? found[document.documentElement.dataset.lang === "zh" ? 1 : 2] : name;
  }
  function radius(node) { return (3 + Math.sqrt(node.degree) * 1.7); }
  function zoomed() { return Math.max(0.55, Math.min(2, Math.sqrt(view.scale / fit()))); }
  function fit() { return Math.min(canvas.clientWidth / shape, canvas.clientHeight) / 2150; }
  function at(node) {
    return [(node.x - view.x) * view.scale + canvas.clientWidth / 2, (node.y - view.y) * view.scale + canvas.clientHeight / 2];
  }
  function isNear(number) {
    return selected < 0 || number === selected || near[selected].some(function (edge) { return edge.from === number || edge.to === number; });
  }

  function draw() {
    var ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
    canvas.width = width * ratio; canvas.height = height * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    edges.forEach(function (edge) {
      var from = nodes[edge.from], to = nodes[edge.to];
      if (hidden[from.kind] || hidden[to.kind]) return;
      var strong = selected >= 0 && (edge.from === selected || edge.to === selected);
      pen.strokeStyle = strong ? "#17406d" : selected < 0 ? "#9fb0c266" : "#c7d2dd33";
      pen.lineWidth = strong ? 1.6 : 1;
      var a = at(from), b = at(to);
      pen.beginPath(); pen.moveTo(a[0], a[1]); pen.lineTo(b[0], b[1]); pen.stroke();
    });
    var size = zoomed();
    nodes.forEach(function (node, number) {
      if (hidden[node.kind]) return;
      var place = at(node);
      pen.globalAlpha = isNear(number) ? 1 : 0.15;
      pen.fillStyle = colors[node.kind];
      pen.beginPath(); pen.arc(place[0], place[1], radius(node) * size, 0, 7); pen.fill();
      if (number === selected) { pen.lineWidth = 3; pen.strokeStyle = "#111"; pen.stroke(); }
    });
    pen.globalAlpha = 1;
    label();
  }

  // Names of the greatest things first, each only where no other name stands.
  function label() {
    var boxes = [], order = nodes.map(function (_, number) { return number; });
    if (selected >= 0) order = [selected].concat(near[selected].map(function (edge) { return edge.from === selected ? edge.to : edge.from; }));
    if (hovered >= 0) order.unshift(hovered);
    pen.font = "12px 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
    pen.textAlign = "center"; pen.lineWidth = 3; pen.strokeStyle = "#ffffffd9"; pen.lineJoin = "round";
    order.forEach(function (number) {
      var node = nodes[number], place = at(node);
      if (hidden[node.kind] || boxes.length > 120) return;
      var text = node.label.length > 16 && number !== selected && number !== hovered ? node.label.slice(0, 15) + "…" : node.label;
      var width = pen.measureText(text).width, y = place[1] - radius(node) * zoomed() - 4;
      var box = [place[0] - width / 2 - 2, y - 13, place[0] + width / 2 + 2, y + 3];
      if (box[2] < 0 || box[0] > canvas.clientWidth || box[3] < 0 || box[1] > canvas.clientHeight) return;
      if (boxes.some(function (other) { return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]; })) return;
      boxes.push(box);
      pen.strokeText(text, place[0], y);
      pen.fillStyle = "#1c2733";
      pen.fillText(text, place[0], y);
    });
  }

  function find(x, y) {
    var best = -1, least = 196;
    nodes.forEach(function (node, number) {
      if (hidden[node.kind]) return;
      var place = at(node), dx = place[0] - x, dy = place[1] - y, far = dx * dx + dy * dy - Math.pow(radius(node) * zoomed(), 2);
      if (far < least) { least = far; best = number; }
    });
    return best;
  }

  function element(name, text) {
    var made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function choose(number, center) {
    selected = number;
    panel.textContent = "";
    if (number >= 0) {
      var node = nodes[number];
      if (center) { view.x = node.x; view.y = node.y; view.scale = Math.max(view.scale, fit() * 3); }
      panel.append(element("h3", node.label), element("p", word(data.kinds, node.kind) + " · " + node.degree));
      var list = element("ul");
      near[number].forEach(function (edge) {
        var other = edge.from === number ? edge.to : edge.from, item = element("li"), button = element("button", nodes[other].label);
        button.type = "button";
        button.addEventListener("click", function () { choose(other, true); });
        item.append((edge.from === number ? "→ " : "← ") + word(data.predicates, edge.predicate) + " ", button);
        list.append(item);
      });
      panel.append(list);
    } else most();
    draw();
  }

  // Without a choice the panel names the things with the most relations.
  function most() {
    var list = element("ol");
    nodes.slice(0, 20).forEach(function (node, number) {
      var item = element("li"), button = element("button", node.label);
      button.type = "button";
      button.addEventListener("click", function () { choose(number, true); });
      item.append(button, element("span", String(node.degree)));
      list.append(item);
    });
    panel.append(element("h3", document.documentElement.dataset.lang === "zh" ? "关系最多" : "Most relations"), list);
  }

  function legend() {
    var box = document.getElementById("legend");
    box.textContent = "";
    data.kinds.forEach(function (kind) {
      var count = nodes.filter(function (node) { return node.kind === kind[0]; }).length;
      if (!count) return;
      var button = element("button"), dot = element("i");
      button.type = "button";
      dot.style.background = colors[kind[0]];
      button.append(dot, word(data.kinds, kind[0]) + " " + count);
      button.setAttribute("aria-pressed", String(!hidden[kind[0]]));
      button.addEventListener("click", function () { hidden[kind[0]] = !hidden[kind[0]]; legend(); draw(); });
      box.append(button);
    });
  }

  function zoom(factor, x, y) {
    var w = canvas.clientWidth / 2, h = canvas.clientHeight / 2;
    var next = Math.max(fit() * 0.5, Math.min(fit() * 40, view.scale * factor));
    view.x += (x - w) / view.scale - (x - w) / next;
    view.y += (y - h) / view.scale - (y - h) / next;
    view.scale = next;
    draw();
  }

  var fingers = new Map(), moved = 0, apart = 0;
  canvas.addEventListener("pointerdown", function (event) {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    moved = 0; apart = 0;
  });
  canvas.addEventListener("pointermove", function (event) {
    var before = fingers.get(event.pointerId), now = [event.offsetX, event.offsetY];
    if (!before) {
      var under = find(now[0], now[1]);
      if (under !== hovered) { hovered = under; canvas.style.cursor = under < 0 ? "grab" : "pointer"; draw(); }
      return;
    }
    fingers.set(event.pointerId, now);
    if (fingers.size === 1) {
      view.x -= (now[0] - before[0]) / view.scale; view.y -= (now[1] - before[1]) / view.scale;
      moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
      draw();
    } else {
      var both = Array.from(fingers.values()), distance = Math.hypot(both[0][0] - both[1][0], both[0][1] - both[1][1]);
      moved = 99;
      if (apart) zoom(distance / apart, (both[0][0] + both[1][0]) / 2, (both[0][1] + both[1][1]) / 2);
      apart = distance;
    }
  });
  function up(event) {
    if (fingers.delete(event.pointerId) && moved < 5 && event.type === "pointerup") choose(find(event.offsetX, event.offsetY), false);
  }
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("wheel", function (event) {
    event.preventDefault();
    zoom(Math.pow(1.0015, -event.deltaY), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.addEventListener("keydown", function (event) {
    var step = 60 / view.scale, keys = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (keys[event.key]) { view.x += keys[event.key][0]; view.y += keys[event.key][1]; draw(); event.preventDefault(); }
    if (event.key === "+" || event.key === "=") zoom(1.25, canvas.clientWidth / 2, canvas.clientHeight / 2);
    if (event.key === "-") zoom(0.8, canvas.clientWidth / 2, canvas.clientHeight / 2);
    if (event.key === "Escape") choose(-1, false);
  });
  var search = document.getElementById("graph-search"), names = document.getElementById("graph-names");
  nodes.forEach(function (node) { var option = element("option"); option.value = node.label; names.append(option); });
  search.addEventListener("change", function () {
    var text = search.value.trim();
    if (!text) return choose(-1, false);
    var found = nodes.findIndex(function (node) { return node.label === text; });
    if (found < 0) found = nodes.findIndex(function (node) { return node.label.includes(text); });
    if (found >= 0) { hidden[nodes[found].kind] = false; legend(); choose(found, true); }
  });
  document.addEventListener("language", function () { legend(); choose(selected, false); });
  window.addEventListener("resize", draw);
  view.scale = fit();
  legend();
  choose(-1, false);
})();
