import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { FakeGrafana } from './fake-grafana/fake-grafana.ts'
import { saveDashboard } from './fake-grafana/store.ts'
import { fakeSubject, isReal, token } from './grafana-subject.ts'
import type { PublishedSet } from './published.config.ts'
import { runPublish } from './run-publish.ts'
import { seededRandom } from './seeded-random.ts'

const rounds = Number(process.env['PUBLISH_INTERRUPTIONS'] ?? 200)
const seed = Number(process.env['PUBLISH_SEED'] ?? 20_261_122)

/** Everything that is not of the set under test, to the byte. */
const strangers = ({ store }: FakeGrafana, own: string): string =>
  JSON.stringify([
    [...store.folders.values()].filter(({ uid }) => !uid.startsWith(own)),
    [...store.dashboards.values()].filter(({ uid }) => !uid.startsWith(own)),
    store.annotations,
  ])

const withStrangers = ({ store }: FakeGrafana, folder: string): void => {
  for (const uid of ['theirs', 'archive']) store.folders.set(uid, { uid, title: uid })
  // Also in our folder, and with our tag.
  store.folders.set(folder, { uid: folder, title: 'Made by them' })
  for (const place of ['theirs', 'archive', folder, '']) {
    const uid = `stranger-${place === folder ? 'within' : place}`
    saveDashboard(store, { uid, folder: place, spec: { title: uid, tags: ['cx'], panels: [] } })
  }
  const spec = { title: 'From a file', tags: ['cx'] }
  saveDashboard(store, { uid: 'stranger-file', folder: 'theirs', spec, provisionedFrom: 'a.json' })
}

type Blow = 'SIGKILL' | 'SIGINT' | 'cut'

/** Strikes at a random write or read, which may take effect or not, or at a random moment. */
const strike = (fake: FakeGrafana, random: () => number, blow: Blow, hit: () => void) => {
  const writes = random() < 0.75
  const where = { writes, after: Math.floor(random() * (writes ? 6 : 30)) }
  const lost = { mishap: 'cut' as const, tookEffect: random() < 0.5 }
  if (blow === 'cut') fake.faults = [{ ...where, ...lost, times: 1 + Math.floor(random() * 8) }]
  else if (random() < 0.8) {
    fake.faults = [{ ...where, ...(random() < 0.7 ? lost : {}), meanwhile: hit, times: 1 }]
  } else void sleep(300 + random() * 1500).then(hit)
}

describe.skipIf(isReal).for([
  ['the older API', '10.4.19', 0],
  ['the Kubernetes-style API', '13.2.3', 1],
] as const)('over %s (only a fake can be interrupted so)', ([, version, half]) => {
  test(`${rounds / 2} interruptions, each followed by a run that does the rest, lose and double nothing`, async () => {
    const random = seededRandom(seed + half)
    const started = await fakeSubject({ version })
    const { fake, folder, publish, uid } = started
    withStrangers(fake, folder)
    const before = strangers(fake, uid(''))
    const tally: Record<string, number> = {}
    let written = 0
    for (let round = 0; round < rounds / 2; round++) {
      const blow = (['SIGKILL', 'SIGINT', 'cut'] as const)[Math.floor(random() * 3)] ?? 'cut'
      const set = randomSet(started.set(), uid, round, random)
      let child: ChildProcess | undefined
      strike(fake, random, blow, () => void (blow === 'cut' || child?.kill(blow)))
      const interrupted = await runPublish({
        env: { GRAFANA_URL: fake.url, GRAFANA_TOKEN: token },
        set,
        args: ['--prune', '--yes'],
        started: (process) => (child = process),
      })
      const how = `${blow} → ${interrupted.code ?? 'killed'}`
      tally[how] = (tally[how] ?? 0) + 1
      if (interrupted.code === 0) expectAllThere(fake, set, uid(''))
      written += expectTrueReport(fake, set, interrupted.stdout)
      fake.faults = []
      const next = await publish(set, '--prune', '--yes')
      const where = `round ${round}, ${how}:\n${interrupted.output}\nthen:\n${next.output}`
      expect(next.code, where).toBe(0)
      expectAllThere(fake, set, uid(''), where)
      expectNothingTwice(fake, uid(''), where)
      expect(strangers(fake, uid('')), where).toBe(before)
    }
    const requests = fake.requests.length
    console.log(
      `${version}: ${JSON.stringify(tally)}, ${written} writes told, ${requests} requests, seed ${seed + half}`,
    )
  })
})

/** Some dashboards of ten, some of them changed since the round before. */
const randomSet = (
  base: PublishedSet,
  uid: (name: string) => string,
  round: number,
  random: () => number,
): PublishedSet => ({
  ...base,
  dashboards: Array.from({ length: 10 }, (_, index) => index)
    .filter((index) => index === 0 || random() < 0.8)
    .map((index) => ({
      uid: uid(`d${index}`),
      title: `Dashboard ${index}, ${random() < 0.5 ? 'as it was' : `round ${round}`}`,
    })),
})

const expectAllThere = (fake: FakeGrafana, set: PublishedSet, own: string, where = ''): void => {
  const titles = new Map(
    [...fake.store.dashboards.values()]
      .filter(({ uid }) => uid.startsWith(own))
      .map(({ spec, uid }) => [uid, spec['title']]),
  )
  expect(titles, where).toEqual(new Map(set.dashboards.map(({ title, uid }) => [uid, title])))
}

/** What an interrupted run told as done is. @returns how much that was */
const expectTrueReport = (fake: FakeGrafana, set: PublishedSet, stdout: string): number => {
  const told = [...stdout.matchAll(/^dashboard (\S+) (created|updated|removed)/gm)]
  for (const [line, uid = '', what] of told) {
    const wanted = set.dashboards.find((each) => each.uid === uid)?.title
    const title = fake.store.dashboards.get(uid)?.spec['title']
    expect(title, line).toBe(what === 'removed' ? undefined : wanted)
  }
  return told.length
}

/** No two versions of a dashboard after one another are of the same state. */
const expectNothingTwice = (fake: FakeGrafana, own: string, where: string): void => {
  for (const { history, uid } of fake.store.dashboards.values()) {
    if (!uid.startsWith(own)) continue
    const messages = history.map(({ message }) => message)
    expect(
      messages.filter((message, index) => message === messages[index + 1]),
      where,
    ).toEqual([])
  }
}
