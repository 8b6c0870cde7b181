// The two dashboards of the documents API, as somebody would write them without a catalog: the same panels, each with as many queries.
local panels = import 'panels.libsonnet';

local selector(filters) = '{%s, deployment_environment_name="$environment"}' % std.join(', ', filters);
local sumBy(by) = if by == [] then 'sum' else 'sum by (%s) ' % std.join(', ', by);

// A view on some requests: filters as PromQL's matchers, targets as numbers.
local graph(name, filters, targets={}, failures='server_error', footnote='', description='') = {
  local all(window, by, extra=[]) = '%s(increase(cx_requests_total%s[%s]))' % [sumBy(by), selector(filters + extra), window],
  local of(rate, window, by, extra) = '%s(%s(cx_requests_total%s[%s]))' % [sumBy(by), rate, selector(filters + extra), window],
  local quantile(value, window, by=[]) = 'histogram_quantile(%g, %s(rate(cx_request_duration_seconds_bucket%s[%s])))' % [
    value,
    sumBy(['le'] + by),
    selector(filters + ['outcome="success"']),
    window,
  ],
  local average(window) = 'sum(rate(cx_request_duration_seconds_sum%(s)s[%(w)s])) / sum(rate(cx_request_duration_seconds_count%(s)s[%(w)s]))' % {
    s: selector(filters + ['outcome="success"']),
    w: window,
  },
  local failed(window, by=[]) = '%s or 0 * %s' % [all(window, by, ['outcome=~"%s"' % failures]), all(window, by)],
  local good(rate, window, by=[]) = '(%(good)s or 0 * %(all)s) / %(all)s' % {
    good: of(rate, window, by, ['outcome!~"%s"' % failures]),
    all: of(rate, window, by, []),
  },
  local latencies = { average: average, p95(window): quantile(0.95, window), p99(window): quantile(0.99, window) },
  local titles = { average: 'Average latency', p95: 'p95 latency', p99: 'p99 latency' },
  local availabilityColors = if std.objectHas(targets, 'availability') then panels.above(targets.availability) else panels.neutral,
  local sized(panel, w, h) = panel { gridPos: { w: w, h: h } },

  note(w=4, h=4):: sized(panels.text(name, description + '\n\n' + footnote), w, h),
  availability(w=4, h=4):: sized(
    panels.number('Availability', 'Share of requests answered without failure.', good('rate', '$__range'), 'percentunit', 2, availabilityColors), w, h
  ),
  failedRequests():: panels.number('Failed requests', 'Requests that failed.', failed('$__range'), 'locale', 0, panels.below(0.5)),
  requests():: panels.number('Requests', 'Requests answered.', all('$__range', []), 'locale', 0),
  latency(which, w=4, h=4):: sized(
    panels.number(titles[which], 'Time to answer.', latencies[which]('$__range'), 's', null, if std.objectHas(targets, which) then panels.below(targets[which]) else panels.neutral), w, h
  ),
  availabilityOverTime(w=12):: sized(
    panels.overTime('Availability', 'Share of requests answered without failure.', 'percentunit', [{ expr: good('rate', '$__rate_interval'), legend: 'availability' }], if std.objectHas(targets, 'availability') then [targets.availability] else []), w, 8
  ),
  latencyOverTime(w=12):: sized(
    panels.overTime('Latency', 'Time to answer.', 's', [{ expr: latencies[which]('$__rate_interval'), legend: which } for which in ['average', 'p95', 'p99']], [targets[which] for which in ['average', 'p95', 'p99'] if std.objectHas(targets, which)]), w, 8
  ),
  requestsOverTime():: panels.overTime('Requests', 'Requests by outcome.', 'locale', [{ expr: of('rate', '$__rate_interval', ['outcome'], []) + ' * $__interval_ms / 1000', legend: '{{outcome}}' }]),
  requestRateOverTime():: panels.overTime('Request rate', 'Requests a second.', 'reqps', [{ expr: of('rate', '$__rate_interval', [], []), legend: 'requests' }]),
  health(title, keys, h):: sized(
    local by = [key.label for key in keys];
    panels.table(title, 'Worst first.', keys, [
      panels.column('Requests', all('$__range', by), 'locale', 0),
      panels.column('Failed', failed('$__range', by), 'locale', 0),
      panels.column('Client errors', all('$__range', by, ['outcome="client_error"']) + ' or 0 * ' + all('$__range', by), 'locale', 0),
      panels.column('Availability', good('rate', '$__range', by), 'percentunit', 2, availabilityColors),
      panels.column('p95 latency', quantile(0.95, '$__range', by), 's', null, if std.objectHas(targets, 'p95') then panels.below(targets.p95)),
    ]), 24, h
  ),
  endpoints(h=6):: self.health('API endpoints', [{ label: 'http_request_method', title: 'Method' }, { label: 'http_route', title: 'Route' }], h),
  impactedCustomers(h=6):: self.health('Impacted customers', [{ label: 'customer', title: 'Customer', links: [{ title: 'Open ${__value.text}', url: '/d/documents-api-customer?var-customer=${__value.raw}&${environment:queryparam}&${datasource:queryparam}&${__url_time_range}' }] }], h),
};

local graphs(extra) = {
  local service = ['service_name="some-service"'] + extra,
  glance: graph('At a glance', service, { availability: 1, average: 0.3, p95: 0.5 }, 'client_error|server_error'),
  all: graph('All APIs', service, { availability: 0.99, p99: 0.5 }),
  read: graph('Read a document', service + ['http_request_method="GET"', 'http_route="/api/documents/:documentId"'], { availability: 0.99, average: 0.1, p99: 0.2 }),
  write: graph('Store a document', service + ['http_request_method="PUT"', 'http_route="/api/documents/"'], { availability: 0.99, average: 0.4, p99: 0.6 }),
};

local atAGlance(of) = { title: 'At a glance', panels: [
  of.glance.note(), of.glance.availability(), of.glance.failedRequests(), of.glance.requests(), of.glance.latency('average'), of.glance.latency('p95'),
] };
local everything(of) = [of.all.availabilityOverTime(), of.all.latencyOverTime(), of.all.requestsOverTime(), of.all.requestRateOverTime()];
local operation(title, of) = { title: title, panels: [of.note(6, 8), of.availability(3, 8), of.latency('p99', 3, 8), of.availabilityOverTime(6), of.latencyOverTime(6)] };

local customers = graphs([]);
local customer = graphs(['customer="$customer"']);

{
  'documents-api': panels.dashboard('documents-api', 'Documents API', 'How customers fare with the service.', [
    atAGlance(customers),
    { title: 'Impacted customers', panels: [customers.glance.impactedCustomers()] },
    { title: 'All APIs', panels: everything(customers) + [customers.all.endpoints()] },
    operation('Read a document', customers.read),
    operation('Store a document', customers.write),
  ]),
  'documents-api-customer': panels.dashboard('documents-api-customer', 'Documents API: one customer', 'How one customer fares.', [
    atAGlance(customer),
    { title: 'Top operations by error rate', panels: [customer.glance.endpoints()] },
    { title: 'All APIs', panels: everything(customer) },
    operation('Read a document', customer.read),
    operation('Store a document', customer.write),
  ], ['customer']),
}
