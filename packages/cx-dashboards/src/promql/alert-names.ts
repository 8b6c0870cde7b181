/** What all alerts of a kind are called. */
export const alertNames = {
  burn: 'CxErrorBudgetBurn',
  customer: 'CxCustomerOutage',
  breach: 'CxBreach',
  silence: 'CxServiceSilent',
  browser: 'CxBrowserErrors',
} as const
