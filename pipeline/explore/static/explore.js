// A plot of the rows of a page, drawn by datasette-plot, which is loaded when it is asked for.
const rows = document.querySelector(".rows-and-columns tbody tr");
const ask = window.fetch.bind(window);
const form = document.querySelector("form.sql, form.filters");

const YEARS = ["year", "year_covered", "year_delivered"];
const FEW = 14;

// Years are names on an axis (2023年), or days where there are many: as numbers they would read 2,023.5. That rows are
// missing is said where they are, and not where an answer only tells nothing of further pages.
function prepared(told) {
  told.next = told.next ?? (told.truncated ? "more" : null);
  for (const column of YEARS) {
    const years = told.rows.map((row) => row[column]).filter(Number.isInteger);
    const many = new Set(years).size > FEW;
    for (const row of told.rows) {
      if (Number.isInteger(row[column])) {
        row[column] = many ? new Date(Date.UTC(row[column], 0)) : `${row[column]}年`;
      }
    }
  }
  return told;
}

async function rowsOf(...asked) {
  const answer = await ask(...asked);
  return answer.ok ? { json: async () => prepared(await answer.json()) } : answer;
}

// What is plotted at first: values over years, where a page has both.
function overYears() {
  const has = (column) => document.querySelector(`.rows-and-columns td.col-${column}`);
  const year = YEARS.find(has);
  if (year && has("value") && !asksForPlot()) {
    const address = new URL(location.href);
    address.searchParams.append("_plot-mark", JSON.stringify({ mark: "dot", options: { x: year, y: "value" } }));
    history.replaceState(null, "", address);
  }
}

function asksForPlot() {
  return new URLSearchParams(location.search).has("_plot-mark");
}

async function plot(button) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/plot/main.min.css";
  document.head.append(style);
  button?.remove();
  overYears();
  window.fetch = rowsOf;
  const { main } = await import("/plot/main.min.js");
  await main();
  window.fetch = ask;
  [...document.querySelectorAll("button")].find((one) => one.textContent === "Show Plot")?.click();
}

if (rows && form) {
  if (asksForPlot()) {
    plot();
  } else {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plot-rows";
    button.textContent = "Plot these rows";
    button.addEventListener("click", () => plot(button));
    form.insertAdjacentElement("afterend", button);
  }
}

document.querySelector("[data-choose-columns]")?.addEventListener("click", () => window.openColumnChooser());
