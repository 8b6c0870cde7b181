import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'

let folder: string
let service: FastifyInstance
let app: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signup-web-'))
  await mkdir(join(folder, 'assets'))
  for (const file of ['index.html', 'product.html', 'assets/signup-1.js'])
    await writeFile(join(folder, file), `the file ${file}`)
  // Says what reaches it.
  service = Fastify()
  service.all('/*', (request, reply) =>
    reply.header('set-cookie', 'a=b; HttpOnly').send({ url: request.url, ...request.headers }),
  )
  const serviceUrl = await service.listen({ host: '127.0.0.1', port: 0 })
  app = await buildApp({ ...readConfig({}), serviceUrl, folder })
})
afterAll(async () => {
  await app.close()
  await service.close()
  await rm(folder, { recursive: true })
})

test.each([
  ['/', 'index.html'],
  ['/signup', 'index.html'],
  ['/signup/company', 'index.html'],
  ['/signup/a/b/c', 'index.html'],
  ['/product', 'product.html'],
  ['/product/settings', 'product.html'],
])('%s is the page of %s, asked for anew each time', async (url, file) => {
  const { body, headers, statusCode } = await app.inject(url)
  expect({ body, statusCode }).toEqual({ body: `the file ${file}`, statusCode: 200 })
  expect(headers['cache-control']).toBe('no-cache')
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('an asset is kept for good, since its name tells its content', async () => {
  const { headers } = await app.inject('/assets/signup-1.js')
  expect(headers['cache-control']).toBe('max-age=31536000, immutable')
})

test.each(['/assets/missing.js', '/other', '/..%2f..%2fpackage.json', '/cx/rum/signup-web'])(
  '%s is not there',
  async (url) => {
    const { headers, statusCode } = await app.inject(url)
    expect(statusCode).toBe(404)
    expect(headers['content-security-policy']).toBeDefined()
  },
)

describe('what goes on to the service', () => {
  test.each(['/api/signup', '/api/documents/', '/cx/beacon'])('%s', async (url) => {
    const { headers, json } = await app.inject(url)
    expect(json()).toMatchObject({ url })
    expect(headers['set-cookie']).toBe('a=b; HttpOnly')
  })

  test.each(['/breakage', '/metrics', '/openapi.json', '/api/../breakage', '/api/%2e%2e/breakage'])(
    'is not %s',
    async (url) => {
      expect((await app.inject(url)).statusCode).toBeGreaterThanOrEqual(400)
    },
  )

  test('carries who asked and which host, whatever the browser claims', async () => {
    const { json } = await app.inject({
      url: '/api/signup',
      remoteAddress: '192.0.2.7',
      headers: {
        host: 'signup.example',
        'x-forwarded-for': '10.0.0.1',
        'x-forwarded-host': 'evil',
      },
    })
    expect(json()).toMatchObject({
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-host': 'signup.example',
    })
  })

  test('a service that is down is a 5xx, which the pages can tell', async () => {
    const alone = await buildApp({ ...readConfig({}), serviceUrl: 'http://127.0.0.1:1', folder })
    expect((await alone.inject('/api/signup')).statusCode).toBeGreaterThanOrEqual(500)
    await alone.close()
  })
})

test('without a build it says what to do', async () => {
  const nowhere = join(folder, 'nowhere')
  await expect(buildApp({ ...readConfig({}), folder: nowhere })).rejects.toThrow(
    'npx nx run signup-web:build',
  )
})
