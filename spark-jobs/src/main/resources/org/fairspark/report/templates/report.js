"use strict";
/* Behaviour of the page: charts when they come near, tables that sort, filter and download,
   galleries that compare, and the choice of colours. Everything works from the keyboard. */
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  all("[hidden]").filter(e => e.matches(".tools, .lens, .link, .choice, .decider, #theme")).forEach(e => { e.hidden = false; });

  /* Charts: drawn when near the window, redrawn when their width changes, all of them for print. */
  const near = new IntersectionObserver(entries => entries.forEach(e => e.isIntersecting && charts.draw(e.target)), { rootMargin: "800px" });
  const widths = new ResizeObserver(entries => entries.forEach(e => { if (e.target.querySelector("svg")) charts.draw(e.target); }));
  all(".chart").forEach(figure => { near.observe(figure); widths.observe(figure); });

  /* Tables that are too wide for their place are folded, row by row: no column hides behind a scroll bar. */
  const PRINTED = 800;
  function fold(scroll, room) {
    const table = scroll.firstElementChild;
    table.classList.remove("folded");
    table.classList.toggle("folded", scroll.scrollWidth > (room ?? scroll.clientWidth + 1));
  }
  const folding = all(".scroll:has(> .fold)");
  /* The styles of a folded table take away what a reader of the screen knows of a table: said again. */
  for (const [role, parts] of [["table", ".fold"], ["rowgroup", ".fold tbody"], ["row", ".fold tr"], ["rowheader", ".fold tbody th"], ["columnheader", ".fold thead th"], ["cell", ".fold td"]]) {
    all(parts).forEach(part => part.setAttribute("role", role));
  }
  const rooms = new ResizeObserver(entries => entries.forEach(e => fold(e.target)));
  folding.forEach(scroll => rooms.observe(scroll));
  addEventListener("beforeprint", () => {
    all("details").forEach(d => { d.open = true; });
    charts.drawAll();
    folding.forEach(scroll => fold(scroll, PRINTED));
  });
  addEventListener("afterprint", () => folding.forEach(scroll => fold(scroll)));

  function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = name.trim().replaceAll(/[^\p{L}\p{N}.-]+/gu, "-") + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  all("[data-chart-csv]").forEach(b => b.addEventListener("click", () => {
    const section = b.closest("section")?.querySelector("h1, h2")?.textContent ?? "";
    save(`${section} ${b.closest("figure").querySelector("h4").textContent}`, charts.csv(b.dataset.chartCsv));
  }));

  /* Tables. */
  const value = cell => cell.dataset.sort ?? cell.textContent.trim();
  function compare(a, b) {
    if (a === "" || b === "") return (a === "") - (b === "");
    const x = Number(a), y = Number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
  }
  all("table.data .sort").forEach(button => button.addEventListener("click", () => {
    const th = button.closest("th");
    const table = th.closest("table");
    const column = th.cellIndex;
    const first = th.classList.contains("num") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = th.getAttribute("aria-sort") === first ? other : first;
    all("th[aria-sort]", table).forEach(h => h.removeAttribute("aria-sort"));
    th.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).sort((r, s) => {
      const a = value(r.cells[column]), b = value(s.cells[column]);
      return a === "" || b === "" ? compare(a, b) : sign * compare(a, b);
    });
    body.append(...rows);
  }));
  all("[data-filter]").forEach(input => input.addEventListener("input", () => {
    const rows = Array.from(document.getElementById(input.dataset.filter).tBodies[0].rows);
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach(row => {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      shown += !row.hidden;
    });
    document.getElementById(input.dataset.filter + "-matches").textContent = wanted ? `${shown} of ${rows.length}` : "";
  }));
  all(".tools [data-csv]").forEach(button => button.addEventListener("click", () => {
    const table = document.getElementById(button.dataset.csv);
    const quoted = text => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    const lines = Array.from(table.rows).filter(r => !r.hidden).map(row => Array.from(row.cells)
      .map(c => quoted((c.dataset.csv ?? c.dataset.sort ?? c.textContent).trim().replaceAll(/\s+/g, " "))).join(","));
    save(button.dataset.file, lines.join("\n") + "\n");
  }));

  /* A table that shows one of several metrics at a time. */
  all("[data-metric-choice]").forEach(choice => {
    const table = document.getElementById(choice.dataset.metricChoice);
    const choose = () => {
      const metric = choice.querySelector("input:checked").value;
      table.dataset.shown = metric;
      all("th[aria-sort]", table).forEach(h => h.removeAttribute("aria-sort"));
      all("td", table).forEach(cell => {
        const shown = cell.querySelector("." + metric);
        cell.dataset.sort = shown?.dataset.value ?? "";
        cell.dataset.csv = shown?.dataset.value ?? "";
      });
    };
    choice.addEventListener("change", choose);
    choose();
  });

  /* Galleries: one picture over the input, wiped by the slider or by the pointer. */
  all("[data-gallery]").forEach(gallery => {
    const radios = all("input[type=radio]", gallery);
    const wipe = gallery.querySelector("[data-wipe]");
    const stages = all(".stage", gallery);
    if (!wipe) return;
    const set = (stage, percent) => {
      stage.style.setProperty("--wipe", percent + "%");
      stage.classList.toggle("wiping", percent > 0 && percent < 100);
    };
    const rest = () => stages.forEach(s => set(s, Number(wipe.value)));
    const choose = () => { gallery.dataset.view = radios.find(r => r.checked).value; };
    radios.forEach(r => r.addEventListener("change", choose));
    wipe.addEventListener("input", rest);
    stages.forEach(stage => {
      stage.addEventListener("pointermove", e => {
        if (e.pointerType === "mouse") {
          const box = stage.getBoundingClientRect();
          set(stage, Math.max(0, Math.min(100, (e.clientX - box.left) / box.width * 100)));
        }
      });
      stage.addEventListener("pointerleave", () => set(stage, Number(wipe.value)));
    });
    choose();
    rest();
  });

  /* A threshold to try: its decisions on the test images, in the plot of scores, and on each picture. */
  const deciders = JSON.parse(document.getElementById("decider-data")?.textContent ?? "{}");
  all("[data-decider]").forEach(decider => {
    const steps = deciders[decider.dataset.decider];
    const section = decider.closest("section");
    const range = decider.querySelector("[data-step]");
    const share = (part, whole) => whole ? charts.percent(part / whole) : "not defined";
    const decide = () => {
      const step = Number(range.value);
      const threshold = steps.thresholds[step];
      const found = steps.anomalous[step], missed = steps.anomalous[0] - found;
      const alarms = steps.normal[step], passed = steps.normal[0] - alarms;
      const said = {
        found, missed, alarms, passed,
        recall: share(found, found + missed), precision: share(found, found + alarms),
        rate: share(alarms, alarms + passed), f1: share(2 * found, found + missed ? 2 * found + missed + alarms : 0)
      };
      all("[data-of]", decider).forEach(e => { e.textContent = said[e.dataset.of]; });
      const number = charts.number(threshold);
      decider.querySelector("output").textContent = number;
      range.setAttribute("aria-valuetext", number);
      all("[data-start]", decider).forEach(b => b.setAttribute("aria-pressed", String(steps[b.dataset.start] === step)));
      const plot = section.querySelector('.chart[id^="scores-"]');
      if (plot) charts.threshold(plot, threshold);
      all(".specimen[data-score]", section).forEach(s => {
        const above = s.dataset.score !== "" && Number(s.dataset.score) > threshold;
        const anomalous = s.dataset.anomalous === "true";
        s.querySelector(".call").textContent = s.dataset.score === "" || above === anomalous ? "" : above ? "false alarm" : "missed";
      });
    };
    all("[data-start]", decider).forEach(b => {
      b.hidden = steps[b.dataset.start] == null;
      b.addEventListener("click", () => { range.value = steps[b.dataset.start]; decide(); });
    });
    range.addEventListener("input", decide);
    range.value = steps.calibrated ?? steps.best;
    decide();
  });

  /* All pictures of one image, side by side. */
  const viewer = document.getElementById("viewer");
  let siblings = [], current = 0;
  function view(index) {
    current = (index + siblings.length) % siblings.length;
    const specimen = siblings[current];
    const text = name => specimen.querySelector("." + name).textContent;
    const score = specimen.querySelector(".score");
    viewer.querySelector(".viewer-title").textContent = [text("defect"), specimen.querySelector(".stage").dataset.id, score && "score " + score.textContent].filter(Boolean).join(" · ");
    viewer.querySelector(".viewer-pictures").replaceChildren(...all(".layer", specimen).map(layer => {
      const figure = document.createElement("figure");
      figure.append(layer.querySelector("img").cloneNode(), Object.assign(document.createElement("figcaption"), { textContent: layer.querySelector(".tag").textContent }));
      return figure;
    }));
  }
  all(".stage").forEach(stage => stage.addEventListener("click", () => {
    siblings = all(".specimen", stage.closest(".gallery"));
    view(siblings.indexOf(stage.closest(".specimen")));
    viewer.showModal();
  }));
  viewer?.addEventListener("click", e => {
    if (e.target === viewer) viewer.close();
    if (e.target.dataset.step) view(current + Number(e.target.dataset.step));
  });
  viewer?.addEventListener("keydown", e => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (step) view(current + step);
  });

  /* Where we are, in the table of contents. */
  const links = new Map(all(".contents a").map(a => [a.hash.slice(1), a]));
  const here = new IntersectionObserver(entries => entries.forEach(e => {
    if (!e.isIntersecting) return;
    links.forEach(a => a.removeAttribute("aria-current"));
    links.get(e.target.id)?.setAttribute("aria-current", "true");
  }), { rootMargin: "-10% 0px -80% 0px" });
  all("main > section").forEach(s => here.observe(s));

  /* Colours: as the system, light, dark. */
  const button = document.getElementById("theme");
  const names = ["Auto", "Light", "Dark"];
  const said = ["as the system", "light", "dark"];
  let theme = 0;
  button.addEventListener("click", () => {
    theme = (theme + 1) % 3;
    button.textContent = names[theme];
    button.setAttribute("aria-label", "Colours: " + said[theme]);
    if (theme) document.documentElement.dataset.theme = names[theme].toLowerCase();
    else delete document.documentElement.dataset.theme;
  });
})();
