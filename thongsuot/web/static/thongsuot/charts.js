// Draws what a table says above or beside it; the table stays and says it without this.
// Tones differ in lightness and each series has a pattern, so that prints in grey are read.
const LOOKS = [
  { color: "#b4bdc7", decal: null },
  { color: "#2f6aa8", decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 4, color: "rgba(255,255,255,.55)" } },
  { color: "#7a1316", decal: { symbol: "circle", dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0], symbolSize: 0.6, color: "rgba(255,255,255,.7)" } },
];
const FONT = { fontFamily: getComputedStyle(document.body).fontFamily, color: "#1d2127", fontSize: 12 };

function read(table, wanted, most) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].slice(0, most);
  return {
    names: rows.map((row) => row.cells[0].textContent.trim().replace(/^Ủy ban nhân dân /, "UBND ")),
    series: wanted.map((column) => ({
      name: heads[column],
      values: rows.map((row) => Number(row.cells[column].dataset.value || 0)),
      links: rows.map((row) => row.cells[column].querySelector("a")?.href || ""),
    })),
  };
}

function option(told, isAcross, place) {
  const names = isAcross ? [...told.names].reverse() : told.names;
  const categories = { type: "category", data: names, axisTick: { show: false }, axisLabel: { ...FONT, interval: isAcross ? 0 : "auto", width: isAcross ? Math.min(190, place.clientWidth / 3) : undefined, overflow: "truncate" } };
  const numbers = { type: "value", minInterval: 1, axisLabel: { ...FONT, hideOverlap: true, formatter: (number) => number.toLocaleString("vi-VN") }, splitLine: { lineStyle: { color: "#e2e5e9" } } };
  return {
    animation: false,
    textStyle: FONT,
    legend: { top: 0, left: 0, itemWidth: 22, itemHeight: 12, textStyle: FONT },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true },
    grid: { top: place.clientWidth < 420 ? 58 : 34, left: 8, right: 26, bottom: 4, containLabel: true },
    xAxis: isAcross ? numbers : categories,
    yAxis: isAcross ? categories : numbers,
    series: told.series.map((one, index) => ({
      type: "bar",
      name: one.name,
      barGap: "8%",
      cursor: "pointer",
      itemStyle: { color: LOOKS[index].color, decal: LOOKS[index].decal, borderColor: "#4a5561", borderWidth: 0.5 },
      label: { show: isAcross || told.names.length <= 6, position: isAcross ? "right" : "top", ...FONT, fontSize: 11, formatter: (bar) => (bar.value ? bar.value.toLocaleString("vi-VN") : "") },
      data: isAcross ? [...one.values].reverse() : one.values,
    })),
  };
}

for (const place of document.querySelectorAll("[data-chart]")) {
  const table = document.getElementById(place.dataset.chart);
  const told = read(table, place.dataset.columns.split(" ").map(Number), Number(place.dataset.most || 60));
  if (!told.names.length) continue;
  const isAcross = place.dataset.across !== undefined;
  place.hidden = false;
  if (isAcross) place.classList.add(`chart-of-${Math.min(12, told.names.length)}`);
  const chart = window.echarts.init(place);
  chart.setOption(option(told, isAcross, place));
  chart.on("click", (bar) => {
    const at = isAcross ? told.names.length - 1 - bar.dataIndex : bar.dataIndex;
    const link = told.series[bar.seriesIndex].links[at];
    if (link) window.location.assign(link);
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}
