import { expect, test } from 'vitest'
import { saveDashboard } from './fake-grafana/store.ts'
import { fakeSubject, isReal, token } from './grafana-subject.ts'
import { runPublish } from './run-publish.ts'

test.skipIf(isReal)(
  'why each is left alone is told in the words of the diff, and in JSON',
  { timeout: 60_000 },
  async () => {
    const { fake, folder, person, publish, set, uid } = await fakeSubject()
    const wanted = set('one', 'two', 'three')
    await publish(set('one'))
    await person.save(uid('one'), (spec) => ({ ...spec, title: 'By hand' }))
    const spec = { title: 'Theirs', panels: [] }
    saveDashboard(fake.store, { uid: uid('two'), folder, spec })
    saveDashboard(fake.store, { uid: uid('three'), folder, spec, provisionedFrom: 'a.json' })
    const env = { GRAFANA_URL: fake.url, GRAFANA_TOKEN: token }
    const { code, stdout } = await runPublish({ command: 'diff', env, set: wanted })
    expect(code).toBe(2)
    const reasons = {
      one: 'somebody changed it in Grafana since it was last published',
      two: 'it is not from cx-dashboards',
      three: 'the file provider a.json keeps it, so that nothing else can save it',
    }
    for (const [name, reason] of Object.entries(reasons)) {
      expect(stdout).toMatch(new RegExp(`! dashboard ${uid(name)} .*left alone: ${reason}\n`))
    }
    const json = await runPublish({ command: 'diff', env, set: wanted, args: ['--json'] })
    const [{ objects }] = JSON.parse(json.stdout).targets
    expect(objects).toContainEqual(
      expect.objectContaining({ name: uid('three'), reason: reasons.three }),
    )
  },
)
