// The report's data as rows with names, and what of it is looked at.

const report = JSON.parse(document.getElementById("data").textContent);

const SEGMENTS = { all: "All customers", region: "Region", channel: "Channel", initial_plan: "First plan" };

/** What is looked at: one value of one segment, over the newest so many months. */
const view = { segment: "all", value: "all", months: 24 };

const cache = new Map();

/** All rows of an extract, as objects. */
const rowsOf = (name) => {
  if (!cache.has(name)) {
    const { columns, rows } = report.marts[name];
    cache.set(name, rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))));
  }
  return cache.get(name);
};

/** The rows of one segment value, oldest first. */
const rowsFor = (name, segment, value) => {
  const key = `${name}|${segment}|${value}`;
  if (!cache.has(key)) {
    cache.set(key, rowsOf(name).filter((row) => row.segment === segment && row.segment_value === value));
  }
  return cache.get(key);
};

/** The rows of what is looked at, cut to the newest months. */
const rowsInView = (name) => rowsFor(name, view.segment, view.value).slice(-view.months);

const newest = (rows) => rows[rows.length - 1];

/** Every value of a segment in an extract. */
const valuesOf = (name, segment) => {
  const key = `${name}|${segment}`;
  if (!cache.has(key)) {
    cache.set(key, [...new Set(rowsOf(name).filter((row) => row.segment === segment).map((row) => row.segment_value))]);
  }
  return cache.get(key);
};

const viewName = () =>
  view.segment === "all" ? "all customers" : `${SEGMENTS[view.segment].toLowerCase()} ${words(view.value)}`;

/** Why an extract has nothing to show; null when it has. */
const absence = (name, rows) => {
  const { table, problem } = report.marts[name];
  if (problem) return `${table} cannot be read from this warehouse: ${problem}`;
  if (rowsOf(name).length === 0) return `No data: ${table} is empty.`;
  if (rows.length === 0) return `No data for ${viewName()}: ${table} has no rows of it.`;
  return null;
};

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

const addMonths = (iso, months) => {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
};
