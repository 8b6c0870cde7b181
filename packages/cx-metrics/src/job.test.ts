import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from 'cx-definition'
import { expect, test } from 'vitest'
import { recordJob } from './job.ts'
import { createTestRecorder } from './testing.ts'

const setUp = () => {
  const { jobs, jobTimes, recorder } = createTestRecorder()
  const recorded = () =>
    jobs().map(({ count, customer, name, outcome }) => [customer, name, outcome, count].join(' '))
  return { jobTimes, recorded, recorder }
}

const failure = new Error('broken')

interface Task {
  readonly customer: string
}

test('a function does what it did, and is recorded', () => {
  const { recorded, recorder } = setUp()
  const add = recordJob((a: number, b: number) => a + b, { recorder, name: 'add' })
  expect(add(1, 2)).toBe(3)
  expect(add(3, 4)).toBe(7)
  expect(recorded()).toEqual(['none add success 2'])
})

test('a function that throws fails with the same error, and is recorded', () => {
  const { recorded, recorder } = setUp()
  const broken = recordJob(
    () => {
      throw failure
    },
    { recorder, name: 'broken' },
  )
  expect(broken).toThrow(failure)
  expect(recorded()).toEqual(['none broken server_error 1'])
})

test('a promise is recorded with its time once it settles, to the same value or error', async () => {
  const { jobTimes, recorded, recorder } = setUp()
  const slow = recordJob(
    async (fails: boolean) => {
      await sleep(30)
      if (fails) throw failure
      return 'done'
    },
    { recorder, name: 'slow' },
  )
  const running = slow(false)
  expect(recorded()).toEqual([])
  expect(await running).toBe('done')
  await expect(slow(true)).rejects.toBe(failure)
  expect(recorded()).toEqual(['none slow success 1', 'none slow server_error 1'])
  expect(jobTimes()[0]!.sumSeconds).toBeGreaterThan(0.025)
})

test('a lazy thenable runs once', async () => {
  const { recorded, recorder } = setUp()
  let runs = 0
  // As a query builder is, which runs when it is awaited.
  const query = {
    // oxlint-disable-next-line unicorn/no-thenable
    then: (resolve: (rows: string[]) => unknown) => {
      runs += 1
      return Promise.resolve(resolve(['row']))
    },
  }
  const job = recordJob(() => query as PromiseLike<string[]>, { recorder, name: 'query' })
  expect(await job()).toEqual(['row'])
  expect(runs).toBe(1)
  expect(recorded()).toEqual(['none query success 1'])
})

test('a method keeps its this, and a function its name and its length', () => {
  const { recorder } = setUp()
  const worker = {
    greeting: 'hello',
    greet: recordJob(
      function greet(this: { greeting: string }, name: string) {
        return `${this.greeting} ${name}`
      },
      { recorder, name: 'greet' },
    ),
  }
  expect(worker.greet('you')).toBe('hello you')
  expect([worker.greet.name, worker.greet.length]).toEqual(['greet', 1])
})

test('the customer comes from what the handler was called with', async () => {
  const { recorded, recorder } = setUp()
  const consume = recordJob(async (task: Task) => task.customer.length, {
    recorder,
    name: 'consume',
    customer: (task) => task.customer,
  })
  await consume({ customer: 'contoso' })
  await consume({ customer: 'con"to{so}' })
  expect(recorded()).toEqual(['contoso consume success 1', 'invalid consume success 1'])
})

test('the customer may come from the async context of the caller', async () => {
  const { recorded, recorder } = setUp()
  const context = new AsyncLocalStorage<string>()
  const job = recordJob(() => sleep(5), {
    recorder,
    name: 'job',
    customer: () => context.getStore(),
  })
  await Promise.all(['contoso', 'fabrikam'].map((customer) => context.run(customer, job)))
  expect(recorded().toSorted()).toEqual(['contoso job success 1', 'fabrikam job success 1'])
})

test('an error may be the client’s', async () => {
  const { recorded, recorder } = setUp()
  const fail = async (error: Error) => {
    throw error
  }
  const job = recordJob(fail, {
    recorder,
    name: 'import',
    outcome: (error) => (error instanceof RangeError ? 'client_error' : 'server_error'),
  })
  await expect(job(new RangeError('a bad file'))).rejects.toThrow(RangeError)
  await expect(job(failure)).rejects.toBe(failure)
  expect(recorded()).toEqual(['none import client_error 1', 'none import server_error 1'])
})

const throwing = (): never => {
  throw new Error('a bug of its own')
}

test.for([
  ['throws', throwing],
  ['names no outcome', (() => 'fatal') as () => never],
  ['returns nothing', (() => undefined) as () => never],
] as [string, () => Outcome][])(
  'an outcome that %s is a server_error, and the job’s own error stays',
  ([, outcome]) => {
    const { recorded, recorder } = setUp()
    const job = recordJob(
      () => {
        throw failure
      },
      { recorder, name: 'job', outcome },
    )
    expect(job).toThrow(failure)
    expect(recorded()).toEqual(['none job server_error 1'])
  },
)

test('a customer that throws costs the label, not the result', async () => {
  const { recorded, recorder } = setUp()
  const job = recordJob(async () => 'done', { recorder, name: 'job', customer: throwing })
  expect(await job()).toBe('done')
  expect(recorded()).toEqual(['invalid job success 1'])
})
