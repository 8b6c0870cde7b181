import { parseDocument } from 'yaml'

/**
 * What a YAML text holds.
 * @throws Error with the line, and with nothing of the text: it may hold secrets
 */
export const readYaml = (text: string, where: string): unknown => {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
  const [problem] = document.errors
  if (problem) {
    const line = text.slice(0, problem.pos[0]).split('\n').length
    const what = problem.code.toLowerCase().replaceAll('_', ' ')
    throw new Error(`${where}, line ${line}, is no YAML that can be read: ${what}.`)
  }
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new Error(`${where} is no YAML that can be read: too many aliases.`, { cause: error })
  }
}
