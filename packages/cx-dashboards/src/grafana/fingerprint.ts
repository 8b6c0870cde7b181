import { createHash } from 'node:crypto'

/** 64 hexadecimal digits that change whenever the text does. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex')
