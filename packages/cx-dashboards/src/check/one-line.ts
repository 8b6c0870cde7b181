/** A name may hold anything; a line of a report stays one, and moves no cursor. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
