import type { Dashboard } from '@grafana/schema'
import type { Backtest } from '../backtest/backtest-data.ts'

/** A dashboard in the list of all. */
export interface DashboardSummary {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
}

export const fetchDashboards = () => get<DashboardSummary[]>('/api/dashboards')
export const fetchDashboard = (uid: string) =>
  get<Dashboard>(`/api/dashboards/${encodeURIComponent(uid)}`)
export const fetchSettings = () =>
  get<{ scrapeIntervalSeconds: number; hasBacktest?: boolean }>('/api/settings')
export const fetchBacktest = () => get<Backtest>('/api/backtest')

async function get<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path)
  if (response.ok) return response.json() as Promise<Answer>
  const { message = `${path} answered ${response.status}` } = (await response
    .json()
    .catch(() => ({}))) as { message?: string }
  throw new Error(message)
}
