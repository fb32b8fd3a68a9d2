// Where MRR comes from: the same figures side by side for the values of a segment.

const MOST_SERIES = 8;

const lastOf = (name, segment, value, at) => rowsFor(name, segment, value).find((row) => row.month === at);

/** The values of a segment by their newest MRR, largest first. */
const ranked = (segment) => {
  const at = report.frame.lastMonth;
  return valuesOf("mrr_monthly", segment)
    .map((value) => ({ value, now: lastOf("mrr_monthly", segment, value, at) }))
    .filter(({ now }) => now)
    .sort((a, b) => b.now.mrr_end - a.now.mrr_end || a.value.localeCompare(b.value));
};

const segmentSeries = (segment, values, months) => {
  const cells = (value) => {
    const byMonth = new Map(rowsFor("mrr_monthly", segment, value).map((row) => [row.month, row.mrr_end]));
    return months.map((each) => byMonth.get(each) ?? 0);
  };
  const shown = values.length > MOST_SERIES ? values.slice(0, MOST_SERIES - 1) : values;
  const rest = values.slice(shown.length);
  const series = shown.map(({ value }, i) => ({ name: words(value), color: kindColour(i), data: cells(value) }));
  if (rest.length > 0) {
    const others = rest.map(({ value }) => cells(value));
    series.push({ name: `${rest.length} others`, color: colour("other"), data: months.map((_, i) => sum(others.map((each) => each[i]))) });
  }
  return series;
};

const segmentCard = (segment, onPick) => {
  const values = ranked(segment);
  const months = rowsFor("mrr_monthly", "all", "all").slice(-view.months).map((row) => row.month);
  const at = report.frame.lastMonth;
  const total = sum(values.map(({ now }) => now.mrr_end));
  const economics = segment !== "initial_plan";
  const growth = (value, now) => {
    const before = lastOf("mrr_monthly", segment, value, addMonths(at, -12));
    return before && before.mrr_end > 0 ? signed(percentWhole)(now.mrr_end / before.mrr_end - 1) : ABSENT;
  };
  const columns = [{ label: SEGMENTS[segment] }, ...["MRR", "Share", "In a year", "Customers", "Churn, month", ...(economics ? ["Acq. cost", "LTV to CAC"] : [])].map((label) => ({ label, number: true }))];
  const cells = () => values.map(({ value, now }) => {
    const churn = lastOf("churn_monthly", segment, value, at);
    const unit = lastOf("unit_economics_monthly", segment, value, at);
    return [
      el("button", { type: "button", title: `Show the dashboard for ${words(value)} only`, on: { click: () => onPick(segment, value) } }, words(value)),
      money(now.mrr_end), percentWhole(total ? now.mrr_end / total : null), growth(value, now), whole(now.customers_end), percent(churn?.customer_churn_rate),
      ...(economics ? [unit?.sales_marketing_spend > 0 ? money(unit.cac) : ABSENT, times(unit?.ltv_cac)] : [])];
  });
  const card = chartCard({
    id: `by-${segment}`, title: `MRR by ${SEGMENTS[segment].toLowerCase()}`, subtitle: `At the end of each month, all customers, ${currency}`,
    source: "marts.mrr_monthly", height: 260, wide: true,
    absent: absence("mrr_monthly", values),
    summary: `In ${month(at)}: ${values.slice(0, 5).map(({ value, now }) => `${words(value)} ${money(now.mrr_end)}`).join(", ")}.`,
    option: () => ({
      tooltip: axisTip(money),
      xAxis: { ...monthAxis(months), boundaryGap: false },
      yAxis: valueAxis(moneyShort, { min: 0 }),
      grid: { right: 24 },
      series: segmentSeries(segment, values, months).map(({ name, color, data }) =>
        ({ type: "line", name, data, stack: "mrr", showSymbol: false, areaStyle: { opacity: 0.75 }, lineStyle: { width: 0.8, color }, itemStyle: { color } })),
    }),
    table: () => {
      const series = segmentSeries(segment, values, months);
      return { columns: [{ label: "Month" }, ...series.map(({ name }) => ({ label: name, number: true }))],
        rows: months.map((each, i) => [month(each), ...series.map(({ data }) => moneyExact(data[i]))]).reverse() };
    },
  });
  if (values.length) card.insertBefore(dataTable({ label: `${SEGMENTS[segment]} compared, ${month(at)}`, columns, rows: cells() }), card.lastChild);
  return card;
};

const regionNames = new Intl.DisplayNames([LOCALE], { type: "region" });
const code = ({ segment_value: value }) => (/^[A-Z]{2}$/.test(value) ? value : words(value));
const country = ({ segment_value: value }) => (/^[A-Z]{2}$/.test(value) ? regionNames.of(value) : words(value));

const countryCard = () => {
  const at = report.frame.lastMonth;
  const rows = rowsOf("countries").filter((row) => row.month === at && row.mrr_end > 0).sort((a, b) => b.mrr_end - a.mrr_end || a.segment_value.localeCompare(b.segment_value));
  const before = new Map(rowsOf("countries").filter((row) => row.month !== at).map((row) => [row.segment_value, row.mrr_end]));
  const shown = rows.slice(0, 15);
  const total = sum(rows.map((row) => row.mrr_end));
  return chartCard({
    id: "by-country", title: "MRR by country", subtitle: `${rows.length > 15 ? `The largest 15 of ${rows.length} countries` : "All countries"} in ${month(at)}, all customers, ${currency}`,
    source: "marts.mrr_monthly", wide: true, height: 280,
    absent: absence("countries", rows),
    summary: shown.slice(0, 5).map((row) => `${country(row)} ${money(row.mrr_end)}`).join(", "),
    option: () => ({
      tooltip: { formatter: ({ dataIndex }) => tip(country(shown[dataIndex]), [{ name: "MRR", value: money(shown[dataIndex].mrr_end) }, { name: "Share", value: percent(shown[dataIndex].mrr_end / total) }, { name: "Customers", value: whole(shown[dataIndex].customers_end) }]) },
      xAxis: { type: "category", data: shown.map(code), splitLine: { show: false }, axisLabel: { interval: 0, hideOverlap: false, rotate: narrow() ? 60 : 0 } },
      yAxis: valueAxis(moneyShort, { min: 0 }),
      series: [bar("MRR", "new", shown.map((row) => row.mrr_end))],
    }),
    table: () => ({
      columns: ["Country", "MRR", "Share", "In a year", "Customers", "MRR per customer"].map((label, i) => ({ label, number: i > 0 })),
      rows: rows.map((row) => [country(row), moneyExact(row.mrr_end), percent(row.mrr_end / total),
        before.get(row.segment_value) > 0 ? signed(percentWhole)(row.mrr_end / before.get(row.segment_value) - 1) : ABSENT, whole(row.customers_end), moneyExact(row.arpa)]),
    }),
  });
};
