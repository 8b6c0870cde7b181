import type { Dashboard } from '@grafana/schema'
import type { PanelChange } from '../changes/changed-panels.ts'
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
export interface Settings {
  readonly scrapeIntervalSeconds: number
  readonly hasBacktest?: boolean
  /** Dashboards are compared with those in Grafana. */
  readonly hasPublished?: boolean
}

/** How a dashboard differs from the one that is in Grafana. */
export interface PublishedDiff {
  readonly state: 'same' | 'changed' | 'unpublished'
  /** In words, a line each. */
  readonly changes: readonly string[]
  /** By the titles of panels, as they are in the JSON. */
  readonly panels: Readonly<Record<string, PanelChange>>
}

export const fetchSettings = () => get<Settings>('/api/settings')
export const fetchPublished = (uid: string) =>
  get<PublishedDiff>(`/api/published/${encodeURIComponent(uid)}`)
export const fetchBacktest = () => get<Backtest>('/api/backtest')

/** As Markdown. */
export const fetchRunbook = (name: string) =>
  answer(`/runbooks/${encodeURIComponent(name)}`, 'text/markdown', (response) => response.text())

const get = <Answer>(path: string): Promise<Answer> =>
  answer(path, 'application/json', (response) => response.json() as Promise<Answer>)

async function answer<Answer>(
  path: string,
  accept: string,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const response = await fetch(path, { headers: { accept } })
  if (response.ok) return read(response)
  const { message = `${path} answered ${response.status}` } = (await response
    .json()
    .catch(() => ({}))) as { message?: string }
  throw new Error(message)
}
