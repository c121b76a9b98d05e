// A plot of the rows of a page, drawn by datasette-plot, which is loaded when it is asked for.
const rows = document.querySelector(".rows-and-columns tbody tr");
const form = document.querySelector("form.sql, form.filters");

async function plot(button) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/plot/main.min.css";
  document.head.append(style);
  button?.remove();
  const { main } = await import("/plot/main.min.js");
  await main();
  [...document.querySelectorAll("button")].find((one) => one.textContent === "Show Plot")?.click();
}

if (rows && form) {
  if (new URLSearchParams(location.search).has("_plot-mark")) {
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
