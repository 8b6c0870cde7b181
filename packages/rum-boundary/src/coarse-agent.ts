const browsers = [
  ['Edge', /\bEdg\/(\d{1,3})/],
  ['Firefox', /\bFirefox\/(\d{1,3})/],
  ['Chrome', /Chrome\/(\d{1,3})/],
  ['Safari', /\bVersion\/(\d{1,3})[\d.]* (?:Mobile\/\w+ )?Safari\//],
] as const

const systems = [
  ['iPhone; CPU iPhone OS 17_0 like Mac OS X', /\biPhone\b/],
  ['Linux; Android 10; K', /\bAndroid\b/],
  ['Windows NT 10.0; Win64; x64', /\bWindows\b/],
  ['Macintosh; Intel Mac OS X 10_15_7', /\bMacintosh\b/],
  ['X11; Linux x86_64', /\bLinux\b/],
] as const

const known = (userAgent: string) => {
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0]
  for (const [name, pattern] of browsers) {
    const major = pattern.exec(userAgent)?.[1]
    if (system !== undefined && major !== undefined) return { name, major, system }
  }
  return undefined
}

/**
 * The browser's family and major version, and the kind of system, as a user agent that Datadog reads. An
 * error that only one browser has can be told by it; a person cannot.
 */
export const coarseAgent = (userAgent: string | undefined): string => {
  const of = known(userAgent ?? '')
  if (!of) return 'rum-boundary'
  const { major, name, system } = of
  if (name === 'Firefox')
    return `Mozilla/5.0 (${system}; rv:${major}.0) Gecko/20100101 Firefox/${major}.0`
  const webKit = `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko)`
  if (name === 'Safari') return `${webKit} Version/${major}.0 Safari/537.36`
  const edge = name === 'Edge' ? ` Edg/${major}.0.0.0` : ''
  return `${webKit} Chrome/${major}.0.0.0 Safari/537.36${edge}`
}
