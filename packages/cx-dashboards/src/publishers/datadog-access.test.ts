import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { datadogAccess } from './datadog-access.ts'

const keys = { DD_API_KEY: 'secret-api', DD_APP_KEY: 'secret-app' }

test.for([
  [{}, 'DD_API_KEY is not set'],
  [{ DD_API_KEY: 'secret-api' }, 'DD_APP_KEY is not set'],
  [{ ...keys, DD_APP_KEY: 'secret\napp' }, 'the application key of Datadog holds characters'],
  [{ DD_API_KEY_FILE: '/nowhere', DD_APP_KEY: 'secret-app' }, 'DD_API_KEY_FILE cannot be read'],
  [{ DD_API_KEY_FILE: 'secret-api', DD_APP_KEY: 'secret-app' }, 'Is it the path of a file?'],
  [{ ...keys, DD_SITE: 'datadoghq.com' }, 'Give both the same'],
  [{ ...keys, DD_API_URL: 'http://proxy.example' }, 'in the clear'],
  [{ ...keys, DD_API_URL: 'http://127.evil.example' }, 'in the clear'],
  [{ ...keys, DD_API_URL: 'ftp://proxy.example' }, 'in the clear'],
  [{ ...keys, DD_API_URL: 'https://user:secret@proxy.example' }, 'no plain URL'],
  [{ ...keys, DD_API_URL: 'proxy' }, 'no plain URL'],
] as const)('the environment %o is refused before any request', async ([env, reason]) => {
  const error = await datadogAccess('datadoghq.eu', env).catch((thrown: Error) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(String(error)).toContain(reason)
  expect(String(error)).not.toContain('secret')
})

test('keys come from files too, and a proxy of one’s own machine needs no https', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'api'), 'secret-api\n')
  const env = {
    DD_API_KEY_FILE: join(folder, 'api'),
    DD_APP_KEY: 'secret-app',
    DD_SITE: 'us5.datadoghq.com',
  }
  expect(await datadogAccess('us5.datadoghq.com', env)).toEqual({
    site: 'us5.datadoghq.com',
    url: 'https://api.us5.datadoghq.com',
    apiKey: 'secret-api',
    appKey: 'secret-app',
  })
  const proxied = { ...env, DD_API_URL: 'http://127.0.0.1:8080/dd/' }
  expect((await datadogAccess('us5.datadoghq.com', proxied)).url).toBe('http://127.0.0.1:8080/dd')
})
