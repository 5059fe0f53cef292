"use strict";
/* Draws the page's charts with d3 from the JSON in #chart-data. Colours come from CSS, so that a
   change of theme and printing need no redrawing. */
const charts = (() => {
  const specs = JSON.parse(document.getElementById("chart-data")?.textContent ?? "{}");
  const drawn = new Map();
  const scales = new Map();
  const thresholds = new Map();

  const format = (unit, precise) => {
    if (unit === "percent") return v => d3.format(precise ? ".1f" : "~r")(+(v * 100).toPrecision(6)) + " %";
    return v => {
      if (v === 0) return "0";
      const size = Math.abs(v);
      return size >= 1e5 || size < 1e-3 ? d3.format(precise ? ".2e" : ".0e")(v) : d3.format(precise ? ".4~r" : "~r")(+v.toPrecision(6));
    };
  };

  function scale(axis, values, range) {
    const [low, high] = axis.domain ?? d3.extent(values);
    if (axis.scale === "log" && low > 0 && high / low > 1.5) return d3.scaleLog([low, high], range).nice();
    const linear = d3.scaleLinear([low === high ? low - 1 : low, high], range);
    return axis.domain ? linear : linear.nice(5);
  }

  /* The words of an axis' ticks: as many digits as tell them apart. */
  function ticks(scale, count, unit) {
    if (scale.base) {
      const narrow = scale.domain()[1] / scale.domain()[0] < 12;
      const all = scale.ticks(count).filter(v => narrow || Number.isInteger(+Math.log10(v).toFixed(6)));
      return all.filter((_, i) => i % Math.ceil(all.length / count) === 0).map(at => ({ at, text: format(unit)(at) }));
    }
    const values = scale.ticks(count);
    const step = values.length > 1 ? values[1] - values[0] : 1;
    const size = d3.max(values, Math.abs) || 1;
    const exponent = d3.format(`.${Math.max(0, Math.floor(Math.log10(size) + 1e-9) - Math.floor(Math.log10(step) + 1e-9))}e`);
    const fixed = d3.format(`.${d3.precisionFixed(step)}f`);
    const word = unit === "percent" ? format(unit) : v => v === 0 ? "0" : size < 1e-3 || size >= 1e5 ? exponent(v) : fixed(v);
    return values.map(at => ({ at, text: word(at) }));
  }

  const pen = document.createElement("canvas").getContext("2d");
  function textWidth(text, size) {
    pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    return pen.measureText(text).width;
  }

  function frame(host, spec, height, margin) {
    const width = Math.max(240, host.clientWidth);
    const svg = d3.select(host).html("").append("svg")
      .attr("viewBox", [0, 0, width, height]).attr("width", width).attr("height", height)
      .attr("role", "img").attr("aria-label", spec.title)
      .style("max-width", width + "px");
    return { svg, width, height, ...margin };
  }

  /* A frame with axes. Room on the left is for the widest label of y, on the right for half of the last one of x. */
  function axes(host, spec, xs, yScale) {
    const width = Math.max(240, host.clientWidth);
    const height = Math.round(Math.max(170, Math.min(250, host.clientWidth * 0.58)));
    const top = 18, bottom = 38;
    const y = yScale([height - bottom, top]);
    const yTicks = ticks(y, 4, spec.y.unit);
    const left = Math.max(30, Math.ceil(d3.max(yTicks, t => textWidth(t.text, 11.5)) ?? 0) + 10);
    const count = Math.max(2, Math.floor((width - left) / 75));
    const last = ticks(xs([left, width]), count, spec.x.unit).at(-1);
    const right = Math.max(10, last ? Math.ceil(textWidth(last.text, 11.5) / 2) + 2 : 0);
    const x = xs([left, width - right]);
    const f = frame(host, spec, height, { left, right, top, bottom });
    const draw = (made, shown) => made.tickValues(shown.map(t => t.at)).tickFormat((_, i) => shown[i].text).tickSizeOuter(0).tickPadding(6);
    f.svg.append("g").attr("class", "grid").attr("transform", `translate(${left},0)`)
      .call(draw(d3.axisLeft(y), yTicks).tickSize(-(width - left - right)));
    f.svg.append("g").attr("transform", `translate(0,${height - bottom})`)
      .call(draw(d3.axisBottom(x), ticks(x, count, spec.x.unit)).tickSize(4));
    f.svg.append("text").attr("x", width - right).attr("y", height - 4).attr("text-anchor", "end").text(spec.x.label);
    f.svg.append("text").attr("x", 0).attr("y", 9).text(spec.y.label);
    return { f, x, y };
  }

  function marks(f, spec, x, y) {
    const [left, right] = x.range();
    const [bottom, top] = y.range();
    for (const mark of spec.marks) {
      if (mark.kind === "diagonal") {
        f.svg.append("line").attr("class", "guide").attr("x1", left).attr("y1", bottom).attr("x2", right).attr("y2", top);
      } else {
        const at = x(mark.at);
        if (!(at >= left && at <= right)) continue;
        if (mark.kind === "beyond") f.svg.append("rect").attr("class", "veil").attr("x", at).attr("y", top).attr("width", right - at).attr("height", bottom - top);
        f.svg.append("line").attr("class", "guide").attr("x1", at).attr("x2", at).attr("y1", top).attr("y2", bottom);
        const flip = at > (left + right) / 2;
        f.svg.append("text").attr("x", at + (flip ? -5 : 5)).attr("y", mark.kind === "beyond" ? bottom - 8 : top + 9).attr("text-anchor", flip ? "end" : "start").text(mark.label);
      }
    }
  }

  /* What is under the pointer or the arrow keys, in words above the plot; else the key of lines. */
  function inspect(f, host, spec, x, y, xs, values) {
    const readout = host.parentNode.querySelector(".readout");
    const key = () => {
      readout.replaceChildren(...(spec.series.length < 2 ? [] : spec.series.map(s => entry(s.name, s.tone))));
    };
    const entry = (text, tone) => {
      const span = document.createElement("span");
      span.className = "key tone-" + tone;
      span.textContent = text;
      return span;
    };
    const cursor = f.svg.append("line").attr("class", "cursor").attr("y1", y.range()[0]).attr("y2", y.range()[1]).attr("display", "none");
    let place = -1;
    const show = i => {
      place = Math.max(0, Math.min(xs.length - 1, i));
      const at = xs[place];
      cursor.attr("display", null).attr("x1", x(at)).attr("x2", x(at));
      const where = document.createElement("span");
      where.textContent = `${spec.x.label} ${format(spec.x.unit, true)(at)}`;
      readout.replaceChildren(where, ...spec.series.map((s, k) => {
        const v = values(k, at);
        return entry(`${s.name} ${v == null ? "–" : format(spec.y.unit, true)(v)}`, s.tone);
      }));
    };
    const hide = () => { cursor.attr("display", "none"); key(); };
    f.svg.attr("tabindex", 0)
      .on("pointermove", e => show(d3.bisectCenter(xs, x.invert(d3.pointer(e)[0]))))
      .on("pointerleave", hide).on("blur", hide)
      .on("keydown", e => {
        const step = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[e.key];
        if (step) { e.preventDefault(); show(place < 0 ? (step > 0 ? 0 : xs.length - 1) : place + step); }
        if (e.key === "Home" || e.key === "End") { e.preventDefault(); show(e.key === "Home" ? 0 : xs.length - 1); }
        if (e.key === "Escape") hide();
      });
    key();
  }

  function lines(host, spec) {
    const reach = s => s.y.flatMap((v, i) => s.whiskers?.[i] ? [v - s.whiskers[i], v + s.whiskers[i]] : [v]);
    const { f, x, y } = axes(host, spec,
      range => scale(spec.x, spec.series.flatMap(s => s.x), range),
      range => scale(spec.y, spec.series.flatMap(reach), range));
    for (const s of spec.series.slice().reverse()) {
      const shape = d3.line().defined(d => x.domain()[0] <= d[0] && d[0] <= x.domain()[1] * 1.0001).x(d => x(d[0])).y(d => y(d[1]));
      f.svg.append("path").attr("class", "line tone-" + s.tone).attr("d", shape(d3.zip(s.x, s.y)));
      if (s.whiskers) points(f, s, x, y);
    }
    marks(f, spec, x, y);
    const [low, high] = x.domain();
    const xs = Array.from(new Set(spec.series.flatMap(s => s.x))).filter(v => v >= low && v <= high).sort(d3.ascending);
    inspect(f, host, spec, x, y, xs, (k, at) => {
      const s = spec.series[k];
      const i = d3.bisectRight(s.x, at) - 1;
      return i < 0 ? null : s.y[i];
    });
  }

  /* The measured points of a line with their spread. */
  function points(f, s, x, y) {
    const group = f.svg.append("g").attr("class", "tone-" + s.tone);
    s.y.forEach((v, i) => {
      const w = s.whiskers[i];
      if (w) group.append("line").attr("class", "whisker").attr("x1", x(s.x[i])).attr("x2", x(s.x[i])).attr("y1", y(v - w)).attr("y2", y(v + w));
      group.append("circle").attr("class", "dot").attr("r", 3.4).attr("cx", x(s.x[i])).attr("cy", y(v));
    });
  }

  function histogram(host, spec) {
    const edges = spec.series[0].x;
    const { f, x, y } = axes(host, spec,
      range => d3.scaleLinear([edges[0], edges[edges.length - 1]], range),
      range => d3.scaleLinear([0, d3.max(spec.series, s => d3.max(s.y)) || 1], range).nice(4));
    for (const s of spec.series) {
      const points = s.y.flatMap((v, i) => [[edges[i], v], [edges[i + 1], v]]);
      const group = f.svg.append("g").attr("class", "tone-" + s.tone);
      group.append("path").attr("class", "area").attr("d", d3.area().x(d => x(d[0])).y0(y(0)).y1(d => y(d[1]))(points));
      group.append("path").attr("class", "outline").attr("d", d3.line().x(d => x(d[0])).y(d => y(d[1]))([[edges[0], 0], ...points, [edges[edges.length - 1], 0]]));
    }
    marks(f, spec, x, y);
    scales.set(host.parentNode.id, { svg: f.svg, x, y });
    placeThreshold(host.parentNode.id);
    const middles = spec.series[0].y.map((_, i) => (edges[i] + edges[i + 1]) / 2);
    inspect(f, host, spec, x, y, middles, (k, at) => spec.series[k].y[d3.bisectRight(edges, at) - 1]);
  }

  /* The line of the threshold that is tried, in a histogram. */
  function placeThreshold(id) {
    const at = thresholds.get(id);
    const scale = scales.get(id);
    if (at == null || !scale) return;
    const [left, right] = scale.x.range();
    const place = Math.max(left, Math.min(right, scale.x(at)));
    const [bottom, top] = scale.y.range();
    scale.svg.selectAll(".tried").data([place]).join("line").attr("class", "tried").attr("x1", d => d).attr("x2", d => d).attr("y1", bottom).attr("y2", top);
  }

  function dots(host, spec) {
    const names = spec.series[0].labels;
    const row = 22;
    const longest = Math.min(host.clientWidth * 0.4, d3.max(names, n => textWidth(n, 12.5)) + 16);
    const f = frame(host, spec, names.length * row + 34, { left: Math.max(60, longest), right: 24, top: 18, bottom: 16 });
    const all = spec.series.flatMap(s => [...s.y, ...s.reference]).filter(v => v != null);
    const lowest = d3.min(spec.series, s => d3.min(s.y, (v, i) => v == null ? undefined : v - (s.whiskers?.[i] ?? 0)));
    const x = d3.scaleLinear([Math.min(d3.min(all) ?? 0.5, lowest ?? 0.5, 0.9), 1], [f.left + 8, f.width - f.right]).nice(5);
    const y = d3.scalePoint(names.map((_, i) => i), [f.top + 12, f.height - 24]);
    f.svg.append("g").attr("class", "grid").attr("transform", `translate(0,${f.height - f.bottom})`)
      .call(d3.axisBottom(x).ticks(Math.max(3, Math.floor(f.width / 110))).tickFormat(format("percent")).tickSize(-(f.height - f.bottom - f.top)).tickPadding(4));
    f.svg.append("g").selectAll("text").data(names).join("text").attr("class", "name").attr("x", 0).attr("y", (_, i) => y(i) + 4)
      .text(n => { let t = n; while (t.length > 3 && textWidth(t, 12.5) > longest - 10) t = t.slice(0, -2) + "…"; return t; });
    for (const s of spec.series) {
      const group = f.svg.append("g").attr("class", "tone-" + s.tone);
      s.reference.forEach((v, i) => v != null && group.append("circle").attr("class", "ring").attr("r", 5.5).attr("cx", x(v)).attr("cy", y(i)));
      s.whiskers?.forEach((w, i) => w && s.y[i] != null && group.append("line").attr("class", "whisker").attr("x1", x(s.y[i] - w)).attr("x2", x(Math.min(1, s.y[i] + w))).attr("y1", y(i)).attr("y2", y(i)));
      s.y.forEach((v, i) => v != null && group.append("circle").attr("class", "dot").attr("r", 4.2).attr("cx", x(v)).attr("cy", y(i))
        .append("title").text(`${names[i]}: ${s.name} ${format("percent", true)(v)}`));
    }
    const readout = host.parentNode.querySelector(".readout");
    const entries = spec.series.map(s => Object.assign(document.createElement("span"), { className: "key tone-" + s.tone, textContent: s.name }));
    if (spec.series.some(s => s.reference.some(v => v != null))) entries.push(Object.assign(document.createElement("span"), { textContent: "○ the paper’s" }));
    readout.replaceChildren(...entries);
  }

  const painters = { lines, histogram, dots };

  function draw(figure) {
    const spec = specs[figure.id];
    const host = figure.querySelector(".plot");
    if (!spec || !host.clientWidth || drawn.get(figure.id) === host.clientWidth) return;
    drawn.set(figure.id, host.clientWidth);
    painters[spec.type](host, spec);
    const caption = figure.querySelector("figcaption");
    caption.id ||= figure.id + "-caption";
    host.querySelector("svg").setAttribute("aria-describedby", caption.id);
  }

  function csv(id) {
    const spec = specs[id];
    const cell = v => v == null ? "" : /[",\n]/.test(v) ? `"${String(v).replaceAll('"', '""')}"` : v;
    const spread = spec.series.some(s => s.whiskers);
    const rows = [["series", spec.type === "dots" ? "name" : spec.x.label, spec.type === "dots" ? "value" : spec.y.label, ...(spread ? ["deviation"] : [])]];
    for (const s of spec.series) s.y.forEach((v, i) => rows.push([s.name, s.labels ? s.labels[i] : s.x[i], v, ...(spread ? [s.whiskers?.[i]] : [])]));
    return rows.map(r => r.map(cell).join(",")).join("\n") + "\n";
  }

  const threshold = (figure, at) => { thresholds.set(figure.id, at); placeThreshold(figure.id); };
  return { draw, csv, threshold, percent: format("percent", true), number: format("", true), drawAll: () => document.querySelectorAll(".chart").forEach(draw) };
})();
