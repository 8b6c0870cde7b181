/** Anything a person may be called, emoji and right-to-left text too; something of it has to be seen. */
const visible = String.raw`^(?=.*[^\s\p{C}])[^\p{Cc}\p{Cs}]+$`

const text = { type: 'string', maxLength: 100, pattern: visible } as const

/** Whether mail arrives is the only real test of an address; this keeps out what is none. */
const email = {
  type: 'string',
  maxLength: 254,
  pattern: String.raw`^[^\s\p{C}@<>"]+@[^\s\p{C}@<>"]+\.[^\s\p{C}@<>".]{2,}$`,
} as const

/** How strong it is, is judged apart; the bound keeps what is hashed small. */
const password = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  pattern: String.raw`^[^\p{Cs}]*$`,
} as const

const object = <Properties extends Readonly<Record<string, object>>>(properties: Properties) =>
  ({
    type: 'object',
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
  }) as const

const companySizes = ['1-10', '11-50', '51-250', '251+'] as const

/** What each step's body must be. */
export const stepBodies = {
  account: object({ name: text, email }),
  company: object({ company: text, size: { type: 'string', enum: companySizes } }),
  password: object({ password }),
  confirm: object({}),
} as const

export const passwordChangeBody = object({ current: password, password })
