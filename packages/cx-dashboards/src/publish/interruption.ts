export interface Interruption {
  readonly signal: AbortSignal
  /** 130 or 143 where it was interrupted, as shells have it. */
  readonly exitCode: () => number | undefined
  readonly stopListening: () => void
}

const codes = { SIGINT: 130, SIGTERM: 143 } as const

/** The first signal ends things in order; the second one ends the process. */
export const listenForInterruption = (tell: () => void): Interruption => {
  const controller = new AbortController()
  let code: number | undefined
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((name) => {
    const listener = () => {
      code = codes[name]
      stopListening()
      tell()
      controller.abort()
    }
    process.on(name, listener)
    return [name, listener] as const
  })
  const stopListening = () => {
    for (const [name, listener] of listeners) process.off(name, listener)
  }
  return { signal: controller.signal, exitCode: () => code, stopListening }
}
