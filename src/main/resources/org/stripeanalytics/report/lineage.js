// The lineage graph: tables by layer from left to right, and a line from each to what is made of it.

const BOX = { width: 168, height: 24, gap: 7, top: 34 };

/** Everything upstream or downstream of a table, itself left out. */
const reach = (name, next) => {
  const seen = new Set();
  const visit = (each) => next(each).forEach((other) => {
    if (!seen.has(other)) {
      seen.add(other);
      visit(other);
    }
  });
  visit(name);
  return seen;
};
const upstream = (name) => reach(name, (each) => tables.get(each)?.madeFrom ?? []);
const downstream = (name) => reach(name, madeInto);

/** Orders each layer by where its neighbours are, a few times over, so that fewer lines cross. */
const layersInOrder = () => {
  const layers = LAYERS.map((layer) => report.tables.filter((table) => table.layer === layer && layer !== "ops").map((table) => table.name)).filter((some) => some.length);
  const place = new Map();
  const settle = () => layers.forEach((layer) => layer.forEach((name, i) => place.set(name, (i + 0.5) / layer.length)));
  settle();
  for (let round = 0; round < 8; round++) {
    const sweep = round % 2 === 0 ? layers : [...layers].reverse();
    for (const layer of sweep) {
      const middle = (name) => {
        const near = [...(tables.get(name).madeFrom), ...madeInto(name)].filter((other) => place.has(other));
        return near.length ? sum(near.map((other) => place.get(other))) / near.length : place.get(name);
      };
      const wanted = new Map(layer.map((name) => [name, middle(name)]));
      layer.sort((a, b) => wanted.get(a) - wanted.get(b) || a.localeCompare(b));
      settle();
    }
  }
  return layers;
};

const graph = (current) => {
  const layers = layersInOrder();
  const tallest = Math.max(...layers.map((layer) => layer.length));
  const height = BOX.top + tallest * (BOX.height + BOX.gap) + 8;
  const width = Math.max(1180, layers.length * (BOX.width + 46));
  const step = layers.length > 1 ? (width - BOX.width - 8) / (layers.length - 1) : 0;
  const box = new Map();
  layers.forEach((layer, column) => layer.forEach((name, row) =>
    box.set(name, { x: 4 + column * step, y: BOX.top + ((tallest - layer.length) / 2 + row) * (BOX.height + BOX.gap) })));
  const before = current ? upstream(current) : new Set();
  const after = current ? downstream(current) : new Set();
  const role = (name) => (name === current ? "picked" : before.has(name) ? "before" : after.has(name) ? "after" : "faded");
  const lit = (from, to) => current && ((to === current || before.has(to)) && before.has(from) || (from === current || after.has(from)) && after.has(to));
  const edges = report.tables.flatMap((table) => table.madeFrom.filter((from) => box.has(from) && box.has(table.name)).map((from) => [from, table.name]));
  const path = ([from, to]) => {
    const a = box.get(from);
    const b = box.get(to);
    const [x1, y1, x2, y2] = [a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2];
    const bend = Math.max((x2 - x1) / 2, 24);
    const sameLayer = x2 < x1;
    return svg("path", { class: lit(from, to) ? "lit" : null,
      d: sameLayer ? `M${x1},${y1} C${x1 + 30},${y1} ${x1 + 30},${y2} ${x1},${y2}` : `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}` });
  };
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: current ? "tracing" : null, role: "group", "aria-label": "Lineage of all tables, from raw on the left to marts on the right" },
    layers.map((layer, column) => svg("text", { class: "layer", x: 4 + column * step, y: 18 }, words(tables.get(layer[0]).layer))),
    edges.sort((a, b) => Number(Boolean(lit(...a))) - Number(Boolean(lit(...b)))).map(path),
    layers.flat().map((name) => {
      const { x, y } = box.get(name);
      const state = testState(tables.get(name));
      return svg("a", { href: name === current ? "#lineage" : `#lineage/${name}`, class: role(name), "data-table": name, "aria-current": name === current ? "true" : null,
        "aria-label": `${name}${name === current ? ", traced; choose again to end" : ""}` },
      svg("title", {}, tables.get(name).description),
      svg("rect", { x, y, width: BOX.width, height: BOX.height, rx: 5 }),
      svg("text", { x: x + 9, y: y + 16 }, name.split(".")[1]),
      state ? svg("circle", { cx: x + BOX.width - 10, cy: y + BOX.height / 2, r: 3.5, class: state }) : null);
    }));
};

const traced = (name) => {
  const table = tables.get(name);
  if (!table) return el("div", { class: "traced muted" }, "Choose a table to see all that it is made from and all that is made of it.");
  return el("div", { class: "traced", "aria-live": "polite" },
    el("h2", { class: "mono" }, table.name), el("p", {}, table.description),
    el("dl", {},
      el("dt", {}, "Made from"), el("dd", {}, linksTo(table.madeFrom, "enters the warehouse here")),
      el("dt", {}, "Feeds"), el("dd", {}, linksTo(madeInto(name), "no other table")),
      el("dt", {}, "In all"), el("dd", {}, `${plural(upstream(name).size, "table", "tables")} before it, ${plural(downstream(name).size, "table", "tables")} after it`),
      el("dt", {}, "Written by"), el("dd", {}, table.writtenBy ? `pipeline ${table.writtenBy}` : "no pipeline")),
    el("p", { class: "links" }, testChip(table), el("a", { href: `#catalogue/${name}` }, "Open in the catalogue")));
};

const renderLineage = (name) => {
  const page = document.getElementById("lineage");
  const left = page.querySelector(".graph")?.scrollLeft ?? 0;
  const moved = page.contains(document.activeElement);
  page.replaceChildren(
    el("div", { class: "heading" }, el("h1", {}, "Lineage"),
      el("p", { class: "muted" }, "From what enters the warehouse on the left to the figures on the right.")),
    el("div", { class: "graph" }, graph(tables.has(name) ? name : null)),
    traced(name),
    el("h2", {}, "Pipelines"),
    dataTable({ label: "Pipelines", open: true, columns: [{ label: "Pipeline" }, { label: "What it does" }, { label: "Owner" }, { label: "Schedule" }, { label: "Reads", number: true }, { label: "Writes", number: true }],
      rows: report.pipelines.map((task) => [task.name, task.description, task.owner, el("span", { class: "mono small" }, task.schedule), plural(task.reads.length, "table", "tables"), plural(task.writes.length, "table", "tables")]) }));
  page.querySelector(".graph").scrollLeft = left;
  if (moved && name) page.querySelector(`[data-table="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
};
