import { open } from 'node:fs/promises'

/** More than any rules or routes that people look at. */
const mostBytes = 32 * 1024 * 1024

/** @throws Error in one line, with the remedy */
export const readText = async (file: string): Promise<string> => {
  let handle
  try {
    handle = await open(file)
    const { size } = await handle.stat()
    if (size > mostBytes) throw new Error(`it has ${size} bytes, more than ${mostBytes}`)
    return await handle.readFile('utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}.`, { cause: error })
  } finally {
    await handle?.close()
  }
}
