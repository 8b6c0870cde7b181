import { type Catalog, type Problem, quote } from 'cx-definition'

/** For those who run the Prometheus Operator. */
export interface Kubernetes {
  /** Where the objects are put; where it is left out, `kubectl` decides. */
  readonly namespace?: string
  /** What the operator's `ruleSelector` and `serviceMonitorSelector` ask for, such as `{ release: 'prometheus' }`. */
  readonly labels?: Readonly<Record<string, string>>
  /** Where the services run. Default: in the same namespace. */
  readonly serviceNamespaces?: readonly string[]
  /**
   * By a service's name, the labels of its Kubernetes Service. Default: `app.kubernetes.io/name` with the service's name.
   */
  readonly selectors?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export const nameLabel = 'app.kubernetes.io/name'

/** @param path where it stands, such as `alerting.kubernetes` */
export const kubernetesProblems = (
  path: string,
  { labels = {}, namespace, selectors = {}, serviceNamespaces = [] }: Kubernetes,
  { services }: Pick<Catalog, 'services'>,
): Problem[] => [
  ...(namespace === undefined ? [] : namespaceProblems(`${path}.namespace`, namespace)),
  ...serviceNamespaces.flatMap((each, index) =>
    namespaceProblems(`${path}.serviceNamespaces[${index}]`, each),
  ),
  ...labelProblems(`${path}.labels`, labels),
  ...Object.entries(selectors).flatMap(([service, selector]) => [
    ...strangerProblems(`${path}.selectors`, service, services),
    ...labelProblems(`${path}.selectors[${quote(service)}]`, selector),
    ...emptyProblems(`${path}.selectors[${quote(service)}]`, selector),
  ]),
  ...services
    .filter(({ name }) => !Object.hasOwn(selectors, name) && !isLabelValue(name))
    .map(({ name }) => unselectable(path, name)),
]

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
const isDnsLabel = (text: string): boolean => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const isLabelValue = (text: string): boolean =>
  /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/.test(text)

const isLabelKey = (key: string): boolean => {
  const [name = '', prefix, ...more] = key.split('/').toReversed()
  return (
    more.length === 0 &&
    name !== '' &&
    isLabelValue(name) &&
    (prefix === undefined || (prefix.length <= 253 && prefix.split('.').every(isDnsLabel)))
  )
}

const namespaceProblems = (path: string, namespace: string): Problem[] =>
  isDnsLabel(namespace)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(namespace)} is no name of a namespace`,
          remedy: 'Use 1 to 63 lower-case letters, digits and inner hyphens',
        },
      ]

const labelProblems = (path: string, labels: Readonly<Record<string, string>>): Problem[] =>
  Object.entries(labels)
    .filter(([key, value]) => !isLabelKey(key) || !isLabelValue(value))
    .map(([key, value]) => ({
      code: 'CX_ERR_NAME' as const,
      path,
      message: `${quote(key)}: ${quote(value)} is no label of Kubernetes`,
      remedy:
        'Use up to 63 letters, digits, dots, hyphens and underscores, beginning and ending with a letter or digit',
    }))

const emptyProblems = (path: string, selector: Readonly<Record<string, string>>): Problem[] =>
  Object.keys(selector).length > 0
    ? []
    : [
        {
          code: 'CX_ERR_EMPTY',
          path,
          message: 'it would select every Service there is',
          remedy: 'Name at least one label',
        },
      ]

const strangerProblems = (path: string, name: string, services: Catalog['services']): Problem[] =>
  services.some((service) => service.name === name)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(name)} is not among the catalog's services`,
          remedy: `Use one of ${services.map((service) => service.name).join(', ') || 'them'}`,
        },
      ]

const unselectable = (path: string, name: string): Problem => ({
  code: 'CX_ERR_NAME',
  path: `${path}.selectors`,
  message: `the service ${quote(name)} cannot be found by its name, which is no value of a label`,
  remedy: `Say which labels its Kubernetes Service has: selectors: { ${JSON.stringify(name)}: { app: '…' } }`,
})
