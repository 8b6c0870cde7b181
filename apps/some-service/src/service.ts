import packageJson from '../package.json' with { type: 'json' }

/** How the service calls itself, in metrics and in its description. The catalog names it the same. */
export const service = { name: packageJson.name, version: packageJson.version }
