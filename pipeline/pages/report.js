"use strict";
// What is shown comes from the JSON beside this script and goes into the page as text, never as mark-up.
const data = JSON.parse(document.getElementById("data").textContent);
const columns = data.columns.map(([name]) => name);
const meanings = new Map(data.columns);
const records = data.rows.map((row) => Object.fromEntries(row.map((value, at) => [columns[at], value])));
const textPane = document.getElementById("text");
const tablePane = document.getElementById("table");
const panel = document.getElementById("record");
const rows = records.map((_, id) => document.getElementById(`r${id}`));
const marks = records.map(() => []);
for (const mark of textPane.querySelectorAll("[data-metric]")) marks[mark.dataset.metric].push(mark);
const order = records.map((record) => record.metric_id).sort((a, b) => records[a].source_start - records[b].source_start);
const shown = new Set(order);
let selected = null;

const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const harmless = (text) =>
  String(text).replace(ACTING, (c) => ("\n\t".includes(c) ? c : `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = harmless(text);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const written = (value) => (typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 10 }) : value);

function valueOf(record) {
  if (record.masked) return "masked";
  return record.value === null ? `${written(record.value_min)}–${written(record.value_max)}` : written(record.value);
}

function evidence(record) {
  const [start, text] = data.sentences[record.sentence_id];
  const characters = Array.from(text); // offsets count characters, not UTF-16 units
  const from = record.start - start, to = record.end - start;
  const quote = element("blockquote", null, { lang: "zh-Hans" });
  quote.append(
    harmless(characters.slice(0, from).join("")),
    element("mark", characters.slice(from, to).join("")),
    harmless(characters.slice(to).join("")),
  );
  return quote;
}

function link(id) {
  return element("a", `${records[id].name} ${records[id].quantity}`, { href: `#m${id}` });
}

const IN_HEAD = new Set(["metric_id", "name", "value", "value_min", "value_max", "unit", "masked", "section_id", "sentence_id", "source_start", "source_end"]);

function said(record, name) {
  if (name === "unit_canonical") return record.unit === record.unit_canonical;
  return name.startsWith("base_") && record.base_value === record.value && record.base_unit === record.unit;
}

function facts(record) {
  const list = element("dl");
  const add = (name, ...content) => {
    const line = element("div");
    line.append(element("dt", name.replaceAll("_", " "), { title: meanings.get(name) ?? "" }), element("dd", null, { lang: "zh-Hans" }));
    line.lastChild.append(...content);
    list.append(line);
  };
  for (const name of columns) {
    const value = record[name];
    if (IN_HEAD.has(name) || value === null || value === "" || said(record, name)) continue;
    if (name === "confidence") add(name, element("progress", null, { max: 1, value }), value.toFixed(2));
    else if (name === "part_of") add(name, link(value));
    else if (name === "start") add("characters", `${record.source_start}–${record.source_end} of the source`);
    else if (name !== "end") add(name, harmless(written(value)));
  }
  const parts = records.filter((other) => other.part_of === record.metric_id);
  if (parts.length) add("parts", ...parts.flatMap((part, at) => (at ? ["、", link(part.metric_id)] : [link(part.metric_id)])));
  add("section", harmless(data.paths[record.section_id]));
  return list;
}

function showRecord(id) {
  for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
  if (id === null) return;
  for (const one of [...marks[id], rows[id]]) one.classList.add("now");
  const record = records[id];
  const close = element("button", "Close", { type: "button", class: "close" });
  close.addEventListener("click", leave);
  const value = element("p", valueOf(record), { class: "value" });
  value.append(" ", element("small", record.unit));
  panel.replaceChildren(close, element("h2", record.name, { lang: "zh-Hans" }), value, evidence(record), facts(record));
  panel.scrollTop = 0;
}

function leave() {
  panel.replaceChildren(element("p", "", { class: "hint" }));
  showRecord(null);
  if (selected !== null) marks[selected][0].focus({ preventScroll: true });
}

function select(id, { focus = true, behavior = "auto" } = {}) {
  for (const mark of selected === null ? textPane.querySelectorAll('.metric[tabindex="0"]') : marks[selected]) mark.tabIndex = -1;
  selected = id;
  marks[id][0].tabIndex = 0; // one metric is in the order of tabs; arrows go to the others
  showRecord(id);
  if (focus) {
    view("text");
    marks[id][0].focus({ preventScroll: true });
    marks[id][0].scrollIntoView({ block: "center", behavior });
  }
}

function view(name) {
  textPane.hidden = name !== "text";
  tablePane.hidden = name !== "table";
  document.body.classList.toggle("in-table", name === "table");
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === name);
}

const metricAt = (event) => {
  const mark = event.target.closest?.(".metric[data-metric]:not(.off)");
  return mark ? Number(mark.dataset.metric) : null;
};
textPane.addEventListener("pointerover", (event) => {
  const id = metricAt(event);
  if (id !== null && event.pointerType === "mouse") showRecord(id);
});
textPane.addEventListener("pointerout", (event) => {
  if (metricAt(event) !== null && selected !== null) showRecord(selected);
});
textPane.addEventListener("click", (event) => {
  const id = metricAt(event);
  if (id !== null) select(id, { focus: false });
});
textPane.addEventListener("focusin", (event) => {
  const id = metricAt(event);
  if (id !== null && id !== selected) select(id, { focus: false });
  else if (id !== null) showRecord(id);
});
textPane.addEventListener("keydown", (event) => {
  const id = metricAt(event);
  if (id === null) return;
  const visible = order.filter((one) => shown.has(one));
  const at = visible.indexOf(id);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    select(id, { focus: false });
    panel.focus();
  } else if (to !== undefined) {
    event.preventDefault();
    if (visible[to] !== undefined) select(visible[to]);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.contains(document.activeElement) && selected !== null) select(selected);
  if (event.key === "/" && !event.target.closest("input, select")) {
    event.preventDefault();
    document.getElementById("find").focus();
  }
});
document.addEventListener("click", (event) => {
  const to = event.target.closest("a[href^='#']");
  const row = event.target.closest("tr[data-metric]");
  const target = to?.getAttribute("href") ?? (row && `#m${row.dataset.metric}`);
  if (target?.startsWith("#m")) {
    event.preventDefault();
    history.replaceState(null, "", target);
    select(Number(target.slice(2)));
  } else if (target) view("text");
});
const follow = (how) => {
  const id = /^#m(\d+)$/.exec(location.hash)?.[1];
  if (id !== undefined && marks[id]) select(Number(id), how);
};
addEventListener("hashchange", () => follow());

const find = document.getElementById("find");
const choices = ["status", "dimension", "surer"].map((id) => document.getElementById(id));
function filter() {
  const wanted = find.value.trim().toLowerCase();
  const [status, dimension, surer] = choices.map((choice) => choice.value);
  shown.clear();
  for (const record of records) {
    const held = [record.name, record.subject, record.quantity, record.unit, record.period, record.indicator, record.change_basis].join("\n").toLowerCase();
    const fits = held.includes(wanted) && (!status || record.status === status) && (!dimension || (record.dimension ?? "none") === dimension) && record.confidence >= Number(surer);
    if (fits) shown.add(record.metric_id);
    rows[record.metric_id].hidden = !fits;
    for (const mark of marks[record.metric_id]) mark.classList.toggle("off", !fits);
  }
  const first = order.find((id) => shown.has(id));
  if (first !== undefined && (selected === null || !shown.has(selected))) {
    for (const mark of textPane.querySelectorAll('.metric[tabindex="0"]')) mark.tabIndex = -1;
    marks[first][0].tabIndex = 0;
  }
  document.getElementById("count").textContent = shown.size === records.length ? `${records.length} metrics` : `${shown.size} of ${records.length} metrics`;
}
const dimensions = [...new Set(records.map((record) => record.dimension ?? "none"))].sort();
choices[1].append(...dimensions.map((name) => element("option", name)));
find.addEventListener("input", filter);
for (const choice of choices) choice.addEventListener("change", filter);
document.querySelector(".tools").addEventListener("submit", (event) => {
  event.preventDefault();
  const first = order.find((id) => shown.has(id));
  if (first !== undefined) select(first);
});

for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => view(button.dataset.view));
for (const button of tablePane.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => {
    const heading = button.closest("th"), name = button.dataset.sort;
    const way = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of tablePane.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", way);
    const key = (id) => (name === "value" ? records[id].value ?? records[id].value_min : name === "what" ? rows[id].cells[6].textContent : records[id][name]);
    const compare = (a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x === null || y === null || x === y) return (x === null) - (y === null) || a - b; // what has no value comes last
      const less = typeof x === "number" ? x - y : x.localeCompare(y, "zh-Hans");
      return way === "ascending" ? less : -less;
    };
    tablePane.querySelector("tbody").append(...records.map((record) => record.metric_id).sort(compare).map((id) => rows[id]));
  });
}

const links = new Map([...document.querySelectorAll(".outline a")].map((a) => [a.getAttribute("href").slice(1), a]));
const anchors = [...textPane.querySelectorAll(".anchor")];
let current = null;
function whereAmI() {
  const passed = anchors.findLast((anchor) => anchor.getBoundingClientRect().top < 120) ?? anchors[0];
  const now = passed && links.get(passed.id);
  if (now === current || !now) return;
  current?.removeAttribute("aria-current");
  now.setAttribute("aria-current", "location");
  current = now;
}
let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; whereAmI(); });
}, { passive: true });

view("text");
if (matchMedia("(max-width: 760px)").matches) document.querySelector(".outline details").open = false;
whereAmI();
follow({ behavior: "instant" }); // who opens the page at a number is there, and does not watch it pass by
