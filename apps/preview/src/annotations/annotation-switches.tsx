import { Button, Dropdown, Menu } from '@grafana/ui'
import type { AnnotationQuery } from './annotation-query.ts'

export interface AnnotationSwitchesProps {
  readonly queries: readonly AnnotationQuery[]
  readonly isOn: (query: AnnotationQuery) => boolean
  readonly onToggle: (query: AnnotationQuery) => void
  readonly errors: readonly string[]
}

/** Which annotations are shown. */
export function AnnotationSwitches({ queries, isOn, onToggle, errors }: AnnotationSwitchesProps) {
  const shown = queries.filter(({ hide }) => !hide)
  if (shown.length === 0) return null
  const failed = errors.length > 0
  return (
    <Dropdown
      overlay={
        <Menu>
          {shown.map((query, index) => (
            <Menu.Item
              key={index}
              label={query.name ?? `Annotation ${index + 1}`}
              icon={isOn(query) ? 'check' : 'times'}
              role="menuitemcheckbox"
              ariaChecked={isOn(query)}
              onClick={() => onToggle(query)}
            />
          ))}
        </Menu>
      }
    >
      <Button
        size="md"
        variant="secondary"
        fill="outline"
        icon={failed ? 'exclamation-triangle' : 'bookmark'}
        {...(failed && { tooltip: errors.join('\n') })}
      >
        Annotations
      </Button>
    </Dropdown>
  )
}
