/**
 * Text that came from elsewhere, on one line and with nothing in it that moves a cursor, rings a bell or turns the direction of
 * writing: https://unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export const safeText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')

/** In quotes, so that it is seen where a name begins and ends. */
export const named = (text: string): string => `"${safeText(text)}"`
