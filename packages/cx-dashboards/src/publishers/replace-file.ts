import {
  chmod,
  chown,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes beside the place and then renames: no reader ever sees half a file, and nothing is left where the disk is full. What is there
 * keeps its mode and, where we may give it away, its owner; what a link leads to is replaced, and not the link.
 */
export const replaceFile = async (file: string, content: string): Promise<void> => {
  let temporary: string | undefined
  try {
    await mkdir(dirname(file), { recursive: true })
    const before = await stat(file).catch(() => undefined)
    const place = before ? await realpath(file) : file
    temporary = `${place}.${process.pid}.tmp`
    await writeFile(temporary, content, before && { mode: before.mode })
    if (before) await likeBefore(temporary, before)
    await rename(temporary, place)
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true })
    throw new Error(`${file} cannot be written: ${(error as Error).message}`, { cause: error })
  }
}

const likeBefore = async (
  file: string,
  { gid, mode, uid }: { readonly gid: number; readonly mode: number; readonly uid: number },
): Promise<void> => {
  const made = await stat(file)
  // Only root may give a file away.
  if (made.uid !== uid || made.gid !== gid) await chown(file, uid, gid).catch(() => undefined)
  // What is masked when a file is made.
  if (made.mode !== mode) await chmod(file, mode)
}

/** The same over what was read a moment ago, and over nothing else. @param seen undefined where no file was there */
export const replaceSeen = async (
  file: string,
  content: string,
  seen: string | undefined,
): Promise<void> => {
  await expectAsSeen(file, seen)
  await replaceFile(file, content)
}

/** The same for taking it away. */
export const removeSeen = async (file: string, seen: string): Promise<void> => {
  await expectAsSeen(file, seen)
  await rm(file, { force: true })
}

const expectAsSeen = async (file: string, seen: string | undefined): Promise<void> => {
  const now = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (now === undefined || now === seen) return
  throw new Error(
    `somebody wrote ${file} at the same time. It was left as they made it; publish again to see their change.`,
  )
}
