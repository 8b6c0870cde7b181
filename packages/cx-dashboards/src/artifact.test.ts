import { expect, test } from 'vitest'
import { lazyArtifact } from './artifact.ts'

test('a lazy artifact is made when it is looked at, each time', () => {
  let made = 0
  const artifact = lazyArtifact('a.txt', () => `made ${(made += 1)}`)
  expect([artifact.path, made]).toEqual(['a.txt', 0])
  expect([artifact.content, artifact.content, made]).toEqual(['made 1', 'made 2', 2])
})
