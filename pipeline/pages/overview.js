"use strict";
// Draws the figures with Observable Plot from the JSON beside this script. Every number stands in a table as well.
const data = JSON.parse(document.getElementById("data").textContent);
const number = new Intl.NumberFormat("en-US");
const named = (id) => (data.zh[id] ? `${data.zh[id]} ${id}` : id);

function size(value) {
  for (const [unit, word] of [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]]) if (value >= unit) return `${+(value / unit).toPrecision(2)}${word}`;
  return String(+value.toPrecision(2));
}

function bars(rows, width, { label, x = "times" }) {
  const left = Math.min(width * 0.42, 13 * Math.max(...rows.map((row) => Array.from(row.name).length)) + 12);
  return {
    width, height: rows.length * 21 + 34, marginLeft: left, marginRight: 44, marginTop: 4,
    x: { label: null, axis: null }, y: { label: null, domain: rows.map((row) => row.name), tickSize: 0 },
    ariaLabel: label, style: { fontSize: "12px" },
    marks: [
      Plot.barX(rows, { x: "n", y: "name", fill: "var(--accent)", fillOpacity: 0.75, rx: 2, insetTop: 2, insetBottom: 2, tip: true, title: (row) => `${row.title ?? row.name}\n${number.format(row.n)} ${x}` }),
      Plot.text(rows, { x: "n", y: "name", text: (row) => number.format(row.n), dx: 5, textAnchor: "start", fill: "var(--soft)" }),
    ],
  };
}

const plots = {
  coverage(width) {
    const rows = data.coverage.filter(([, , n]) => n).map(([year, level, n]) => ({ year: year === null ? "not said" : String(year), level, n }));
    const years = data.coverage.map(([year]) => year).filter((year) => year !== null);
    const all = years.length ? Array.from({ length: Math.max(...years) - Math.min(...years) + 1 }, (_, at) => String(Math.min(...years) + at)) : [];
    const every = Math.ceil(((all.length + 2) * 42) / width), last = all.length - 1;
    if (data.coverage.some(([year]) => year === null)) {
      all.push(...Array.from({ length: every - 1 }, (_, at) => " ".repeat(at + 1)), "not said");  // room for both names
    }
    const most = Math.max(...d3.rollup(rows, (held) => d3.sum(held, (row) => row.n), (row) => row.year).values());
    const levels = data.levels.map(([level]) => level);
    const told = (year) => year === "not said" || (all.indexOf(year) <= last && (last - all.indexOf(year)) % every === 0);
    return {
      width, height: 260, marginLeft: 46, ariaLabel: "Documents by year and level",
      x: { label: null, domain: all, tickFormat: (year) => (told(year) ? year : ""), tickSize: 0 },
      y: { label: "documents", grid: true, interval: most < 8 ? 1 : undefined, tickFormat: number.format },
      color: { domain: levels, range: data.levels.map(([, shade]) => `var(--level-${shade})`) },
      marks: [
        Plot.barY(rows, { x: "year", y: "n", fill: "level", order: levels, tip: true, title: (row) => `${row.year}, ${row.level}\n${number.format(row.n)} documents` }),
        Plot.ruleY([0], { stroke: "var(--line)" }),
      ],
    };
  },
  labels(width) {
    const most = Math.max(...data.labels.map(([, , n]) => n));
    const narrow = width < 620;
    const called = (topic) => (narrow ? data.zh[topic] ?? topic : named(topic));
    const rows = data.labels.map(([topic, role, n]) => ({ topic: called(topic), role, n }));
    return {
      width, height: data.topics.length * 24 + 62, marginLeft: narrow ? 88 : 190, marginRight: narrow ? 4 : 20, marginTop: narrow ? 74 : 44, marginBottom: 4, padding: 0.05, ariaLabel: "Sections by topic and role",
      x: { label: null, axis: "top", domain: data.roles, tickSize: 0, tickRotate: narrow ? -60 : 0, tickFormat: (role) => (narrow ? data.zh[role] ?? role : `${data.zh[role] ?? ""}\n${role}`) },
      y: { label: null, domain: data.topics.map(called), tickSize: 0 },
      marks: [
        Plot.cell(rows, { x: "role", y: "topic", fill: "var(--accent)", fillOpacity: (row) => 0.08 + 0.85 * Math.sqrt(row.n / most), rx: 3, tip: true, title: (row) => `${row.topic}\n${row.role}\n${number.format(row.n)} sections` }),
        Plot.text(rows, { x: "role", y: "topic", text: (row) => (narrow ? size(row.n) : number.format(row.n)), fill: (row) => (row.n / most > 0.3 ? "var(--sheet)" : "var(--ink)"), pointerEvents: "none" }),
      ],
    };
  },
  indicators: (width) => bars(data.indicators.map(([name, unit, n]) => ({ name: unit ? `${name} (${unit})` : name, n })), width, { label: "Most frequent indicators", x: "metrics" }),
  terms: (width) => bars(data.terms.map(([name, n]) => ({ name, n })), width, { label: "Most frequent words" }),
  units: (width) => bars(data.units.map(([name, n]) => ({ name, n })), width, { label: "Most frequent units", x: "metrics" }),
  distribution(width, at) {
    const { bars, median } = data.distributions[at];
    if (!bars.length) return null;
    const low = Math.log10(bars[0][0]), high = Math.log10(bars.at(-1)[1]);
    const middle = (low + high) / 2, half = Math.max(1, (high - low) / 2 + 0.15);
    return {
      width, height: 96, marginTop: 14, marginBottom: 22, marginLeft: 6, marginRight: 10, ariaLabel: "Sizes of the values",
      x: { type: "log", domain: [10 ** (middle - half), 10 ** (middle + half)], label: null, ticks: 4, tickFormat: size },
      y: { axis: null },
      marks: [
        Plot.rectY(bars, { x1: "0", x2: "1", y: "2", fill: "var(--accent)", fillOpacity: 0.7, inset: 0.5, tip: true, title: ([from, to, n]) => `${size(from)} to ${size(to)}\n${number.format(n)} values` }),
        Plot.ruleX([median], { stroke: "var(--planned)", strokeWidth: 1.5 }),
        Plot.text([median], { x: (value) => value, frameAnchor: "top", dy: -12, text: size, fill: "var(--planned)" }),
        Plot.ruleY([0], { stroke: "var(--line)" }),
      ],
    };
  },
  confidence(width) {
    const rows = data.confidence.map((n, step) => ({ from: step / 20, to: (step + 1) / 20, n }));
    return {
      width, height: 230, marginLeft: 48, ariaLabel: "Metrics by confidence", x: { label: "confidence", domain: [0, 1] }, y: { label: "metrics", grid: true },
      marks: [
        Plot.rectY(rows, { x1: "from", x2: "to", y: "n", fill: "var(--accent)", fillOpacity: 0.75, inset: 0.5, tip: true, title: (row) => `${row.from.toFixed(2)} to ${row.to.toFixed(2)}\n${number.format(row.n)} metrics` }),
        Plot.ruleY([0], { stroke: "var(--line)" }),
      ],
    };
  },
  reliability(width) {
    const rows = data.reliability.map(([mean, right, n]) => ({ mean, right, n }));
    return {
      width, height: 230, marginLeft: 48, ariaLabel: "Share of right records by confidence",
      x: { label: "mean confidence", domain: [0, 1] }, y: { label: "share right", domain: [0, 1], grid: true }, r: { range: [2.5, 11] },
      marks: [
        Plot.line([[0, 0], [1, 1]], { stroke: "var(--soft)", strokeDasharray: "3 4" }),
        Plot.line(rows, { x: "mean", y: "right", stroke: "var(--accent)", strokeOpacity: 0.5 }),
        Plot.dot(rows, { x: "mean", y: "right", r: "n", fill: "var(--accent)", fillOpacity: 0.75, tip: true, title: (row) => `confidence ${row.mean.toFixed(2)}\nright ${row.right.toFixed(2)}\n${number.format(row.n)} records` }),
      ],
    };
  },
  f1(width, name) {
    const rows = [...data.f1[name]].sort((a, b) => b[1] - a[1]).map(([label, f1]) => ({ name: named(label), f1 }));
    return {
      width, height: rows.length * 21 + 40, marginLeft: Math.min(180, width * 0.45), marginRight: 16, ariaLabel: `F1 of each ${name}`,
      x: { label: "F1", domain: [0.5, 1], grid: true }, y: { label: null, domain: rows.map((row) => row.name), tickSize: 0 },
      marks: [
        Plot.ruleY(rows, { x1: 0.5, x2: (row) => Math.max(row.f1, 0.5), y: "name", stroke: "var(--line)" }),
        Plot.dot(rows, { x: (row) => Math.max(row.f1, 0.5), y: "name", r: 4.5, fill: "var(--accent)", tip: true, title: (row) => `${row.name}\nF1 ${row.f1.toFixed(3)}` }),
      ],
    };
  },
};

function draw(figure) {
  const width = Math.round(figure.clientWidth);
  if (!width || figure.dataset.drawn === String(width)) return;
  figure.dataset.drawn = width;
  const options = plots[figure.dataset.plot](width, figure.dataset.at);
  for (const old of figure.querySelectorAll(":scope > svg")) old.remove();
  if (options) figure.append(Plot.plot(options));
}

const watcher = new ResizeObserver((changes) => requestAnimationFrame(() => changes.forEach(({ target }) => draw(target))));
for (const figure of document.querySelectorAll("figure[data-plot]")) {
  draw(figure);
  watcher.observe(figure);
}
