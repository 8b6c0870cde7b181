import { expect } from 'vitest'
import type { FakeGrafana, FakeGrafanaOptions } from './fake-grafana/fake-grafana.ts'
import type { Subject } from './grafana-subject.ts'
import type { PublishedSet } from './published.config.ts'

export interface Kind {
  readonly options: FakeGrafanaOptions
  /** The beginning of a request that makes a dashboard, and of one that changes it. */
  readonly create: string
  readonly update: string
  readonly createFolder: string
}

export const kinds: readonly (readonly [string, Kind])[] = [
  [
    'the older API',
    {
      options: { version: '10.4.19' },
      create: 'POST /api/dashboards/db',
      update: 'POST /api/dashboards/db',
      createFolder: 'POST /api/folders',
    },
  ],
  [
    'the Kubernetes-style API',
    {
      options: { version: '13.2.3' },
      create: 'POST /apis/dashboard.grafana.app/v1/namespaces/default/dashboards',
      update: 'PUT /apis/dashboard.grafana.app/v1/namespaces/default/dashboards',
      createFolder: 'POST /apis/folder.grafana.app/v1/namespaces/default/folders',
    },
  ],
]

export const retitled = (set: PublishedSet, title: string): PublishedSet => ({
  ...set,
  dashboards: set.dashboards.map((each) => ({ ...each, title: `${title} ${each.title}` })),
})

/** Whatever went wrong: the next run does what is missing, the one after it nothing, and no more is there than that. */
export const expectConvergence = async (
  { fake, folder, publish, uid }: Subject & { readonly fake: FakeGrafana },
  wanted: PublishedSet,
): Promise<void> => {
  fake.faults = []
  expect((await publish(wanted)).code).toBe(0)
  for (const { title, uid: each } of wanted.dashboards)
    expect(fake.store.dashboards.get(each)?.spec['title']).toBe(title)
  const before = fake.requests.length
  expect((await publish(wanted)).stdout).toMatch(/\n\d+ equal\n$/)
  expect(fake.requests.slice(before).filter((each) => !each.startsWith('GET '))).toEqual([])
  expect([...fake.store.folders.keys()]).toEqual([folder])
  expect([...fake.store.dashboards.keys()].filter((each) => !each.startsWith(uid('')))).toEqual([])
}
