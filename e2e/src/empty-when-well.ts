/** What finds nothing when all is well, by a part of the query, and why. */
const emptyWhenWell: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^slo:sli_error:lower_bound/, 'without a failure in the window there is no bound'],
  [/^slo:period_error_budget_remaining:seconds/, 'where nothing is spent, or nothing left'],
  [/^cx_error_sessions_total\{/, 'an owner whose errors hit nobody in that app'],
  [
    /^\(*sum by .*cx_error(s|_sessions)_total\{[^}]*feature="/,
    'a feature without an error in browsers',
  ],
  [
    /^slo(_customer:.*increase6h|:customers_.*count6h)/,
    'added up at each fifth minute of the clock: this Prometheus may not have seen one',
  ],
  [
    /objective="documents-.*customer=~"none\|invalid\|other"/,
    'whoever reads documents says who they are',
  ],
  [
    /objective="(signup|password)-availability".*customer(!~"none|="contoso")/,
    'who signs up is no customer yet',
  ],
  [/^(label_join\(max by \([^)]*\) \()?ALERTS\{/, 'nothing fires'],
  [/^count by \(service_name, version, commit\) \(cx_build_info/, 'no version is new'],
  [
    /^(1 - )?\(*max by \(customer\) \(slo_customer:.*"(documents-(read|write)-latency|password-availability)"/,
    'each of them was answered well and in time',
  ],
]

/** Why a query may find nothing; undefined where it must find something. */
export const reasonFor = (expression: string): string | undefined =>
  emptyWhenWell.find(([pattern]) => pattern.test(expression))?.[1]
