// The lineage graph: tables by layer from left to right, and a line from each to what is made of it.

const BOX = { width: 190, height: 24, gap: 7, top: 34, lane: 11 };

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

/** Layers side by side; seeds enter the warehouse as raw does and share its column. */
const COLUMNS = [["raw", "seeds"], ["staging"], ["intermediate"], ["dimensions"], ["facts"], ["marts"], ["streaming"]];

/**
 * The columns of the graph, each a list of slots: a table, or a lane by which the lines from one
 * table pass a column on their way to a later one. Slots are ordered by where their neighbours are,
 * a few times over, so that fewer lines cross.
 */
const columnsOfGraph = () => {
  const columns = COLUMNS.map((layers) => report.tables.filter((table) => layers.includes(table.layer)).map((table) => ({ name: table.name, from: table.name })))
    .filter((some) => some.length);
  const columnOf = new Map(columns.flatMap((column, i) => column.map(({ name }) => [name, i])));
  const links = report.tables.flatMap((table) => table.madeFrom.filter((from) => columnOf.get(from) < columnOf.get(table.name)).map((from) => [from, table.name]));
  const farthest = new Map();
  for (const [from, to] of links) farthest.set(from, Math.max(farthest.get(from) ?? 0, columnOf.get(to)));
  for (const [from, end] of farthest) {
    for (let i = columnOf.get(from) + 1; i < end; i++) columns[i].push({ name: `${from} past ${i}`, from, lane: true });
  }
  const place = new Map();
  const settle = () => columns.forEach((column) => column.forEach(({ name }, i) => place.set(name, (i + 0.5) / column.length)));
  settle();
  const neighbours = new Map();
  const join = (a, b) => [[a, b], [b, a]].forEach(([one, other]) => neighbours.set(one, [...(neighbours.get(one) ?? []), other]));
  for (const [from, to] of links) hops(columnOf, from, to).forEach((hop, i, all) => i > 0 && join(all[i - 1], hop));
  for (let round = 0; round < 12; round++) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = new Map(column.map(({ name }) => {
        const near = neighbours.get(name) ?? [];
        return [name, near.length ? sum(near.map((other) => place.get(other))) / near.length : 2];
      }));
      column.sort((a, b) => wanted.get(a.name) - wanted.get(b.name) || a.name.localeCompare(b.name));
      settle();
    }
  }
  return { columns, columnOf, links };
};

/** The slots that a line goes through. */
const hops = (columnOf, from, to) => {
  const between = [];
  for (let i = columnOf.get(from) + 1; i < columnOf.get(to); i++) between.push(`${from} past ${i}`);
  return [from, ...between, to];
};

const graph = (current) => {
  const { columns, columnOf, links } = columnsOfGraph();
  const heightOf = (slot) => (slot.lane ? BOX.lane : BOX.height + BOX.gap);
  const tallest = Math.max(...columns.map((column) => sum(column.map(heightOf))));
  const width = Math.max(1180, columns.length * (BOX.width + 56));
  const step = columns.length > 1 ? (width - BOX.width - 36) / (columns.length - 1) : 0;
  const at = new Map();
  columns.forEach((column, i) => {
    let y = BOX.top + (tallest - sum(column.map(heightOf))) / 2;
    for (const slot of column) {
      at.set(slot.name, { x: 4 + i * step, y, middle: y + (slot.lane ? BOX.lane : BOX.height) / 2 });
      y += heightOf(slot);
    }
  });
  const before = current ? upstream(current) : new Set();
  const after = current ? downstream(current) : new Set();
  const role = (name) => (name === current ? "picked" : before.has(name) ? "before" : after.has(name) ? "after" : "faded");
  const lit = ([from, to]) => before.has(from) && (to === current || before.has(to)) || after.has(to) && (from === current || after.has(from));
  const path = (link) => {
    const way = hops(columnOf, ...link).map((hop) => at.get(hop));
    const curves = way.slice(1).map((next, i) => {
      const [x1, x2] = [way[i].x + BOX.width, next.x];
      const bend = (x2 - x1) * 0.5;
      return `C${x1 + bend},${way[i].middle} ${x2 - bend},${next.middle} ${x2},${next.middle}${i < way.length - 2 ? ` H${x2 + BOX.width}` : ""}`;
    });
    return svg("path", { class: lit(link) ? "lit" : null, d: `M${way[0].x + BOX.width},${way[0].middle} ${curves.join(" ")}` });
  };
  /** A line within a column goes around its right. */
  const arc = (link) => {
    const [a, b] = link.map((name) => at.get(name));
    const x = a.x + BOX.width;
    return svg("path", { class: lit(link) ? "lit" : null, d: `M${x},${a.middle} C${x + 34},${a.middle} ${x + 34},${b.middle} ${x},${b.middle}` });
  };
  const label = (column) => [...new Set(column.filter((slot) => !slot.lane).map(({ name }) => tables.get(name).layer))].sort((a, b) => LAYERS.indexOf(a) - LAYERS.indexOf(b)).map(words).join(" and ");
  return svg("svg", { viewBox: `0 0 ${width} ${BOX.top + tallest + 4}`, class: current ? "tracing" : null, role: "group", "aria-label": "Lineage of all tables, from raw on the left to marts on the right" },
    columns.map((column, i) => svg("text", { class: "layer", x: 4 + i * step, y: 18 }, label(column))),
    report.tables.flatMap((table) => table.madeFrom.filter((from) => columnOf.get(from) === columnOf.get(table.name)).map((from) => [from, table.name])).map(arc),
    [...links].sort((a, b) => Number(lit(a)) - Number(lit(b))).map(path),
    columns.flat().filter((slot) => !slot.lane).map(({ name }) => {
      const { x, y } = at.get(name);
      const table = tables.get(name);
      const state = testState(table);
      return svg("a", { href: name === current ? "#lineage" : `#lineage/${name}`, class: `${role(name)} ${table.layer}`, "data-table": name, "aria-current": name === current ? "true" : null,
        "aria-label": `${name}${name === current ? ", traced; choose again to end" : ""}` },
      svg("title", {}, table.description),
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
      el("dt", {}, "Written by"), el("dd", {}, table.writtenBy.join(", ") || "no pipeline")),
    el("p", { class: "links" }, testChip(table), el("a", { href: `#catalogue/${name}` }, "Open in the catalogue")));
};

const renderLineage = (name) => {
  const page = document.getElementById("page-lineage");
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
