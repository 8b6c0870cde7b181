// As little of a library as the two dashboards need; Grafonnet's own is generated from Grafana's schemas, and some thousand times as long.
local datasource = { type: 'prometheus', uid: '${datasource}' };
local colors = { good: '#009E73', bad: '#D55E00', neutral: '#56B4E9', series: ['#0072B2', '#56B4E9', '#CC79A7'] };

local target(expr, index=0, extra={}) =
  { expr: expr, datasource: datasource, refId: std.char(65 + index) } + extra;
local instant(expr, index=0) = target(expr, index, { instant: true, range: false });
local table(expr, index) = instant(expr, index) + { format: 'table' };

local noTraffic(color) = {
  type: 'special',
  options: { match: 'null+nan', result: { text: 'No traffic', color: color, index: 0 } },
};

local thresholds(steps) = { mode: 'absolute', steps: steps };
local above(value) = thresholds([{ value: null, color: colors.bad }, { value: value, color: colors.good }]);
local below(value) = thresholds([{ value: null, color: colors.good }, { value: value, color: colors.bad }]);
local neutral = thresholds([{ value: null, color: colors.neutral }]);
local lines(values) = thresholds(
  [{ value: null, color: 'transparent' }] + [{ value: value, color: colors.bad } for value in std.sort(values)]
);

{
  above: above,
  below: below,
  neutral: neutral,

  text(title, content):: {
    type: 'text',
    title: title,
    description: 'What %s shows and promises.' % title,
    options: { mode: 'markdown', content: content },
    gridPos: { w: 4, h: 4 },
  },

  number(title, description, expr, unit, decimals=null, colors=neutral):: {
    type: 'stat',
    title: title,
    description: description,
    datasource: datasource,
    options: { graphMode: 'none', colorMode: 'value', reduceOptions: { calcs: ['lastNotNull'] } },
    fieldConfig: {
      defaults: std.prune({
        unit: unit,
        decimals: decimals,
        noValue: 'No traffic',
        mappings: [noTraffic('text')],
        thresholds: colors,
      }),
      overrides: [],
    },
    targets: [instant(expr)],
    gridPos: { w: 4, h: 4 },
  },

  // series: [{ expr, legend }]
  overTime(title, description, unit, series, lineValues=[]):: {
    type: 'timeseries',
    title: title,
    description: description,
    datasource: datasource,
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    fieldConfig: {
      defaults: {
        unit: unit,
        custom: { lineWidth: 2, fillOpacity: 8, showPoints: 'never', thresholdsStyle: { mode: 'dashed' } },
        thresholds: lines(lineValues),
      },
      overrides: [
        {
          matcher: { id: 'byName', options: series[index].legend },
          properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colors.series[index % 3] } }],
        }
        for index in std.range(0, std.length(series) - 1)
      ],
    },
    targets: [
      target(series[index].expr, index, { legendFormat: series[index].legend, range: true, instant: false })
      for index in std.range(0, std.length(series) - 1)
    ],
    gridPos: { w: 12, h: 8 },
  },

  // columns: [{ title, expr, properties }]; keys: [{ label, title, links? }]
  table(title, description, keys, columns):: {
    local names = [{ label: key.label, title: key.title } for key in keys] + [
      { label: 'Value #' + std.char(65 + index), title: columns[index].title }
      for index in std.range(0, std.length(columns) - 1)
    ],
    type: 'table',
    title: title,
    description: description,
    datasource: datasource,
    options: { cellHeight: 'sm', showHeader: true },
    fieldConfig: {
      defaults: { noValue: 'No failures seen' },
      overrides: [
        { matcher: { id: 'byName', options: column.title }, properties: column.properties }
        for column in columns
      ] + [
        { matcher: { id: 'byName', options: key.title }, properties: [{ id: 'links', value: key.links }] }
        for key in keys
        if std.objectHas(key, 'links')
      ],
    },
    transformations: [
      { id: 'filterFieldsByName', options: { exclude: { pattern: '^Time' } } },
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          indexByName: { [names[index].label]: index for index in std.range(0, std.length(names) - 1) },
          renameByName: { [name.label]: name.title for name in names },
        },
      },
      { id: 'sortBy', options: { fields: {}, sort: [{ field: 'Availability', desc: false }] } },
    ],
    targets: [table(columns[index].expr, index) for index in std.range(0, std.length(columns) - 1)],
    gridPos: { w: 24, h: 6 },
  },

  column(title, expr, unit, decimals=null, colors=null):: {
    title: title,
    expr: expr,
    properties: std.prune([
      { id: 'unit', value: unit },
      if decimals != null then { id: 'decimals', value: decimals },
      { id: 'mappings', value: [noTraffic('transparent')] },
      if colors != null then { id: 'thresholds', value: colors },
      if colors != null then { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
    ]),
  },

  // rows: [{ title, panels }]; panels go from left to right, as many lines as they need.
  dashboard(uid, title, description, rows, variables=[])::
    local place(state, panel) =
      local wraps = state.x + panel.gridPos.w > 24;
      local x = if wraps then 0 else state.x;
      local y = if wraps then state.y + state.tallest else state.y;
      {
        x: x + panel.gridPos.w,
        y: y,
        tallest: if wraps then panel.gridPos.h else std.max(state.tallest, panel.gridPos.h),
        bottom: std.max(state.bottom, y + panel.gridPos.h),
        panels: state.panels + [
          panel { id: state.id + std.length(state.panels) + 1, gridPos+: { x: x, y: y } },
        ],
        id: state.id,
      };
    local placeRow(done, row) =
      local header = {
        type: 'row',
        title: row.title,
        collapsed: false,
        panels: [],
        id: std.length(done.panels) + 1,
        gridPos: { x: 0, y: done.y, w: 24, h: 1 },
      };
      local first = { x: 0, y: done.y + 1, tallest: 0, bottom: done.y + 1, panels: [], id: header.id };
      local placed = std.foldl(place, row.panels, first);
      { y: placed.bottom, panels: done.panels + [header] + placed.panels };
    {
      uid: uid,
      title: title,
      description: description,
      editable: false,
      schemaVersion: 41,
      graphTooltip: 1,
      tags: ['cx'],
      time: { from: 'now-15m', to: 'now' },
      refresh: '10s',
      templating: { list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' }] + [
        {
          name: name,
          label: name,
          type: 'query',
          datasource: datasource,
          query: 'label_values(cx_requests_total, %s)' % name,
          refresh: 2,
          sort: 1,
        }
        for name in ['environment'] + variables
      ] },
      panels: std.foldl(placeRow, rows, { y: 0, panels: [] }).panels,
    },
}
