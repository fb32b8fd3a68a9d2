// The catalogue: every table and column as its contract describes it, and how the table stands.

const LAYERS = ["raw", "seeds", "staging", "intermediate", "dimensions", "facts", "marts", "ops", "truth"];

const OWNED = {
  view: "the warehouse makes the rows whenever they are asked for",
  event: "rows never change; a run replaces those of its interval",
  observed: "state at the end of a period; a run replaces those of its interval",
  latest: "rows change later; a run replaces those with the same key",
  whole: "a run replaces every row",
  append: "rows are added and never replaced",
};

const tables = new Map(report.tables.map((table) => [table.name, table]));
const madeInto = (name) => report.tables.filter((table) => table.madeFrom.includes(name)).map((table) => table.name);

const testState = (table) => {
  if (table.tests.length === 0) return null;
  const broken = table.tests.filter((test) => !test.passed);
  if (broken.some((test) => test.severity === "error")) return "bad";
  return broken.length ? "warn" : "good";
};

const testChip = (table) => {
  const state = testState(table);
  const passed = table.tests.filter((test) => test.passed).length;
  return el("span", { class: `chip ${state ?? ""}` }, state === null ? "not tested" : `${passed} of ${table.tests.length} tests passed`);
};

/** A table's columns at every depth, as {path, depth, column}. */
const flattened = (columns, prefix = "", depth = 0) => columns.flatMap((column) =>
  [{ path: prefix + column.name, depth, column }, ...flattened(column.fields, `${prefix}${column.name}.`, depth + 1)]);

const columnsOf = new Map(report.tables.map((table) => [table.name, flattened(table.columns)]));

/** Whether a table is meant by what was typed, and which of its columns are. */
const match = (table, typed) => {
  const has = (text) => text.toLowerCase().includes(typed);
  const columns = typed.length < 2 ? [] : columnsOf.get(table.name).filter(({ path, column }) => has(path) || has(column.description ?? ""));
  return { found: !typed || has(table.name) || has(table.description) || columns.length > 0, columns };
};

const tableIndex = (current) => {
  const results = el("div", { "aria-live": "polite" });
  const input = el("input", { type: "search", placeholder: "Search tables and columns", "aria-label": "Search tables and columns", id: "search", autocomplete: "off" });
  const show = () => {
    const typed = input.value.trim().toLowerCase();
    searched = input.value;
    const found = report.tables.map((table) => ({ table, ...match(table, typed) })).filter((each) => each.found);
    results.replaceChildren(
      el("p", { class: "count" }, typed ? `${plural(found.length, "table", "tables")} found` : plural(report.tables.length, "table", "tables")),
      ...LAYERS.map((layer) => [layer, found.filter(({ table }) => table.layer === layer)]).filter(([, some]) => some.length)
        .map(([layer, some]) => el("div", {}, el("h3", {}, layer), el("ul", {}, some.map(({ table, columns }) =>
          el("li", {},
            el("a", { href: `#catalogue/${table.name}`, "aria-current": table.name === current ? "page" : null }, table.name.split(".")[1]),
            typed && columns.length ? el("small", {}, columns.slice(0, 4).map(({ path }) => path).join(", "), columns.length > 4 ? ` and ${columns.length - 4} more` : "") : null))))));
  };
  input.value = searched;
  input.addEventListener("input", show);
  show();
  return el("nav", { class: "index", "aria-label": "Tables" }, input, results);
};
let searched = "";

const linksTo = (names, none) => (names.length ? el("span", { class: "links" }, names.map(tableLink)) : el("span", { class: "muted" }, none));

const cellText = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

const tableEntry = (table) => {
  const facts = [
    ["One row per", table.key.length ? el("span", { class: "mono" }, table.key.join(", ")) : "no key"],
    ["Owner", table.owner ?? "the warehouse itself"],
    ["Written by", table.writtenBy.length ? `${table.writtenBy.length > 1 ? "pipelines" : "pipeline"} ${table.writtenBy.join(", ")}` : "no pipeline"],
    ["Rows", table.ownership === "view" ? "not counted" : table.rows === null ? "cannot be read" : whole(table.rows)],
    ["Last loaded", moment(table.loadedAt)],
    ["Partitioned by", table.partitioning ?? "not partitioned"],
    ["Clustered by", table.clustering.length ? el("span", { class: "mono" }, table.clustering.join(", ")) : "not clustered"],
    ["Renewed", OWNED[table.ownership]],
    ["Made from", linksTo(table.madeFrom, "enters the warehouse here"), "full"],
    ["Feeds", linksTo(madeInto(table.name), "no other table"), "full"],
  ];
  const typed = searched.trim().toLowerCase();
  const marked = new Set(typed ? match(table, typed).columns.map(({ path }) => path) : []);
  return el("article", { class: "entry", "aria-labelledby": "entry-title" },
    el("h1", { id: "entry-title" }, table.name), el("p", {}, table.description),
    el("p", { class: "links" }, testChip(table), el("a", { href: `#lineage/${table.name}` }, "Show in the lineage graph")),
    el("dl", { class: "facts" }, facts.map(([name, value, width]) => el("div", { class: width }, el("dt", {}, name), el("dd", {}, value)))),
    el("h2", {}, `Columns`),
    dataTable({ label: `Columns of ${table.name}`, open: true, columns: [{ label: "Column" }, { label: "Type" }, { label: "Description" }],
      rows: columnsOf.get(table.name).map(({ path, depth, column }) => [
        el("span", { class: "mono", style: `padding-left:${depth * 1.1}rem` }, marked.has(path) ? el("mark", {}, column.name) : column.name,
          depth === 0 && table.key.includes(column.name) ? [" ", el("span", { class: "chip" }, "key")] : null),
        el("span", { class: "mono small" }, column.type.toLowerCase(), column.mode === "REQUIRED" ? "" : el("span", { class: "muted" }, column.mode === "REPEATED" ? ", repeated" : ", may be null")),
        column.description]) }),
    el("h2", {}, "Tests"),
    table.tests.length === 0 ? el("p", { class: "empty" }, "No tests have been run on this table.")
      : dataTable({ label: `Tests of ${table.name}`, open: true, columns: [{ label: "Test" }, { label: "Promise" }, { label: "Last result" }, { label: "Rows", number: true }, { label: "Examples" }],
        rows: table.tests.map((test) => [sentence(test.rule), test.description,
          el("span", { class: `chip ${test.passed ? "good" : test.severity === "error" ? "bad" : "warn"}` }, test.passed ? "passed" : test.severity === "error" ? "failed" : "warning"),
          whole(test.failing), el("span", { class: "mono small" }, test.examples.join("; "))]) }),
    el("h2", {}, "Sample rows"),
    table.samples.rows.length === 0 ? el("p", { class: "empty" }, table.ownership === "view" ? `See the sample rows of ${table.madeFrom[0]}.` : table.samples.problem ? `Cannot be read from this warehouse: ${table.samples.problem}` : "The table is empty.")
      : [el("p", { class: "muted small" }, "The first by key. What is personal is masked."),
        el("div", { class: "samples" }, dataTable({ label: `Sample rows of ${table.name}`, columns: table.samples.columns.map((label) => ({ label })),
          rows: table.samples.rows.map((row) => row.map((value) => el("span", { title: cellText(value) }, cellText(value)))) }))]);
};

const layerOverview = () =>
  el("article", { class: "entry" },
    el("h1", {}, "Catalogue"),
    el("p", { class: "muted" }, "Every table of the warehouse, in the order in which data flows. Names, columns and rules come from the contracts, rows and test results from the warehouse."),
    LAYERS.map((layer) => report.tables.filter((table) => table.layer === layer)).filter((some) => some.length).map((some) => [
      el("h2", {}, words(some[0].layer)),
      dataTable({ label: `Tables of ${some[0].layer}`, open: true, columns: [{ label: "Table" }, { label: "Description" }, { label: "Rows", number: true }, { label: "Tests" }],
        rows: some.map((table) => [tableLink(table.name), table.description, whole(table.rows), testChip(table)]) })]));

const renderCatalogue = (name) => {
  const table = tables.get(name);
  document.getElementById("page-catalogue").replaceChildren(
    el("div", { class: "catalogue" }, tableIndex(name), table ? tableEntry(table)
      : name ? el("p", { class: "empty" }, `There is no table ${name}.`) : layerOverview()));
};
