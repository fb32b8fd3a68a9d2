// Cards: a chart with its title, its units, its source and its numbers as a table.

const drawn = [];

/** What fits into cards on A4, in CSS pixels. */
const PRINT_WIDTH = { wide: 664, half: 306 };

/** The tooltip: one line per series, built of nodes. */
const tip = (title, lines) =>
  el("div", { class: "tip" }, el("b", {}, title),
    lines.map(({ color, name, value }) =>
      el("div", {}, color ? el("i", { style: `background:${color}` }) : null, el("span", {}, name), el("span", {}, value))));

const axisTip = (format, title = month) => ({
  trigger: "axis",
  axisPointer: { type: "shadow", shadowStyle: { opacity: 0.08 } },
  formatter: (points) =>
    tip(title(points[0].axisValue),
      points
        .filter((point) => point.value !== null && point.value !== undefined)
        .map((point) => ({ color: point.color, name: point.seriesName, value: format(point.value) }))),
});

/** What all charts have in common. */
const withDefaults = (option) => {
  const text = { color: colour("muted"), fontSize: 11.5 };
  const axis = (given) => ({
    axisLine: { lineStyle: { color: colour("line") } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour("line") } },
    nameTextStyle: text,
    ...given,
    axisLabel: { ...text, hideOverlap: true, ...given?.axisLabel },
  });
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    ...option,
    grid: { left: 4, right: 12, top: 18, bottom: 4, containLabel: true, ...option.grid },
    tooltip: option.tooltip && {
      confine: true, backgroundColor: colour("card"), borderColor: colour("line"), padding: [7, 10],
      extraCssText: "box-shadow:0 4px 14px rgba(0,0,0,.16)", ...option.tooltip,
    },
    xAxis: option.xAxis && axis(option.xAxis),
    yAxis: option.yAxis && axis(option.yAxis),
  };
};

const monthAxis = (months) => ({
  type: "category",
  data: months,
  splitLine: { show: false },
  axisLabel: { formatter: (value) => monthShort(value) },
});

const valueAxis = (format, given = {}) => ({
  type: "value",
  axisLine: { show: false },
  ...given,
  axisLabel: { formatter: (value) => format(value) },
});

const line = (name, role, data, given = {}) => ({
  type: "line", name, data, symbol: "circle", symbolSize: 5, showSymbol: data.length < 37, connectNulls: false,
  ...given,
  itemStyle: { color: colour(role), ...given.itemStyle },
  lineStyle: { width: 2, color: colour(role), ...given.lineStyle },
});

const bar = (name, role, data, given = {}) => ({
  type: "bar", name, data, barMaxWidth: 34, ...given, itemStyle: { color: colour(role), ...given.itemStyle },
});

/** A horizontal line that says what it is. */
const threshold = (value, label, role = "bad") => ({
  silent: true,
  symbol: "none",
  // By default it is drawn at the nearest hundredth.
  precision: 8,
  lineStyle: { color: colour(role), type: "dashed", width: 1.4 },
  label: { formatter: label, position: "insideStartTop", color: colour(role), fontSize: 11.5 },
  data: [{ yAxis: value }],
});

/** Charts follow the width of their cards, except on paper, whose width no event tells in time. */
const sizes = new ResizeObserver((entries) => {
  if (printing) return;
  for (const { target } of entries) {
    const chart = echarts.getInstanceByDom(target);
    if (chart && target.clientWidth > 0 && chart.getWidth() !== target.clientWidth) chart.resize({ width: "auto" });
  }
});

/** The names of the series as buttons that hide and show them. */
const legend = (card, all) => {
  const series = all.filter(({ data }) => data.length > 0);
  return series.length < 2 ? [] : series.map(({ name, itemStyle }) => el("button", { type: "button", "aria-pressed": String(!card.hidden.has(name)), title: "Hide or show", on: { click: (event) => {
    if (!card.hidden.delete(name)) card.hidden.add(name);
    event.currentTarget.setAttribute("aria-pressed", String(!card.hidden.has(name)));
    card.chart.dispatchAction({ type: "legendToggleSelect", name });
  } } }, el("i", { style: `background:${itemStyle.color}` }), name));
};

const draw = (card) => {
  card.chart?.dispose();
  card.chart = echarts.init(card.div, null, { renderer: "svg", width: printing ? PRINT_WIDTH[card.wide ? "wide" : "half"] : undefined });
  sizes.observe(card.div);
  const option = withDefaults(card.option());
  // ECharts can only be asked to leave a series out through a legend; the one that is seen is HTML.
  option.legend = { show: false, selected: Object.fromEntries([...card.hidden].map((name) => [name, false])) };
  card.chart.setOption(option);
  card.legend.replaceChildren(...legend(card, option.series));
  if (card.onClick) card.chart.on("click", card.onClick);
};

/**
 * A card.
 *
 * id        names it in the page, for links and tests
 * title     what is shown, subtitle: of whom, in which unit
 * source    the mart it comes from
 * absent    why there is nothing to show, or null
 * option    a function that gives the ECharts option, asked again when colours change
 * summary   one sentence for those who do not see the chart
 * table     its numbers: {columns, rows}
 * at        the month shown, where it is not the newest
 * since     the first of the months summed, where it is not the same
 */
const chartCard = ({ id, title, subtitle, source, absent, at, since, option, summary, table, height = 280, minWidth = 0, wide, controls, note, onClick }) => {
  const div = el("div", { class: "chart", id: `chart-${id}`, role: "img", "aria-label": `${title}. ${absent ?? summary ?? ""}`,
    style: `height:${height}px;min-width:${minWidth}px` });
  const numbers = el("details", {}, el("summary", {}, "Show the numbers"));
  numbers.addEventListener("toggle", () => {
    if (numbers.open && numbers.childElementCount === 1) {
      numbers.append(dataTable({ label: `Numbers of ${title}`, ...table() }), el("p", { class: "muted" }, "Source: ", tableLink(source)));
    }
  });
  const card = { div, option, onClick, wide, hidden: new Set(), legend: el("div", { class: "legend" }) };
  const node = el("figure", { class: wide ? "card wide" : "card", id: `card-${id}` },
    el("figcaption", {}, el("h3", {}, title), subtitle ? el("p", { class: "sub" }, subtitle) : null),
    controls ? el("div", { class: "controls" }, controls) : null,
    absent ? el("p", { class: "empty" }, absent) : [card.legend, el("div", { class: "scroll" }, div)],
    !absent && note ? el("p", { class: "note" }, note) : null,
    absent ? null : [numbers, rowsBehind(id, title, at, since)]);
  if (!absent) drawn.push(card);
  return node;
};

/** A card whose figures are a table: body is asked for it unless there is nothing to show. */
const tableCard = ({ id, title, subtitle, absent, body }) =>
  el("figure", { class: "card wide", id: `card-${id}` },
    el("figcaption", {}, el("h3", {}, title), el("p", { class: "sub" }, subtitle)),
    absent ? el("p", { class: "empty" }, absent) : [body(), rowsBehind(id, title)]);

const drawAll = () => drawn.forEach(draw);

const forgetAll = () => {
  drawn.forEach((card) => card.chart?.dispose());
  drawn.length = 0;
};

onTheme(() => drawn.forEach((card) => card.chart && draw(card)));

addEventListener("beforeprint", () => {
  printing = true;
  applyTheme();
});
addEventListener("afterprint", () => {
  printing = false;
  applyTheme();
});
