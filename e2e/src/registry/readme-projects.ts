/** What the README tells a user to install and to write, for one kind of project. */
export interface ReadmeProject {
  /** Each without `npm install`. */
  readonly installs: readonly (readonly string[])[]
  /** Contents by file name. */
  readonly files: Readonly<Record<string, string>>
}

/** The files and commands before the first `<details>`, and those of each by its summary. */
export const readmeProjects = (
  readme: string,
): { readonly common: ReadmeProject; readonly kinds: ReadonlyMap<string, ReadmeProject> } => {
  const [before = '', ...details] = readme.split('<details><summary>')
  const kinds = details.map((text) => {
    const [summary = '', body = ''] = text.split('</summary>')
    return [summary, projectIn(body.split('</details>')[0] as string)] as const
  })
  return { common: projectIn(before), kinds: new Map(kinds) }
}

const projectIn = (markdown: string): ReadmeProject => {
  const blocks = [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  const installs = blocks.flatMap(([, language, code = '']) =>
    language === 'sh' ? installsIn(code) : [],
  )
  const files = blocks.flatMap(([, , code = '']) => {
    const name = /^(?:\/\/|<!--) ([\w.-]+\.\w+)/.exec(code)?.[1]
    return name === undefined ? [] : [[name, code] as const]
  })
  return { installs, files: Object.fromEntries(files) }
}

const installsIn = (shell: string): string[][] =>
  shell
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.startsWith('npm install '))
    .map((line) => line.trim().split(/\s+/).slice(2))

/** The lines that the README's table tells to add, from its second column. */
export const tableLines = (readme: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...readme.matchAll(/^\| (.+?) \| (.+) \| .+ \|$/gm)].map(([, name = '', lines = '']) => [
      name.replaceAll('`', ''),
      [...lines.matchAll(/`([^`]+[)}])`/g)].map(([, code = '']) => code),
    ]),
  )
