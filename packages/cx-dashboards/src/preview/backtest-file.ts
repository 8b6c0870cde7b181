import { readFile } from 'node:fs/promises'

/** The JSON that `cx-dashboards backtest --out` wrote. @throws {Error} that names the file and what to do */
export const readBacktest = async (file: string): Promise<string> => {
  const text = await contentOf(file)
  if (isBacktest(parsed(text))) return text
  throw new Error(
    `${file} holds no backtest. Name the backtest.json that cx-dashboards backtest --out wrote.`,
  )
}

const contentOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`--backtest ${file} cannot be read: ${reason}.`, { cause: error })
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isBacktest = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['alerts', 'errorRatios', 'problems'].every((list) => Array.isArray(Reflect.get(value, list)))
