/** What all alerts of a kind are called. */
export const alertNames = {
  burn: 'CxErrorBudgetBurn',
  customer: 'CxCustomerOutage',
  breach: 'CxBreach',
  silence: 'CxServiceSilent',
  browser: 'CxBrowserErrors',
} as const

/** What is wrong when one fires, in words: of an objective, after its title. */
export const alertWords = (
  dimension: string,
): Readonly<Record<keyof typeof alertNames, string>> => ({
  burn: 'the error budget burns',
  customer: `not for one ${dimension}`,
  breach: 'below a line',
  silence: 'A service is silent',
  browser: 'Errors in browsers',
})
