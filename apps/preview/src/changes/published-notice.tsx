import { css } from '@emotion/css'
import { Alert } from '@grafana/ui'
import type { PublishedDiff } from '../live/preview-api.ts'
import type { Fetched } from '../live/use-fetched.ts'

/** What publishing would change here. */
export function PublishedNotice({
  published: { value, error },
}: {
  published: Fetched<PublishedDiff>
}) {
  if (error)
    return (
      <Alert title="The published dashboard cannot be compared with" severity="warning">
        {error}
      </Alert>
    )
  if (!value || value.state === 'same') return null
  if (value.state === 'unpublished')
    return <Alert title="This dashboard is not published yet" severity="info" />
  const { length } = value.changes
  return (
    <Alert
      title={`${length === 1 ? '1 change' : `${length} changes`} since this was published`}
      severity="info"
    >
      <details data-testid="published-changes">
        <summary>Show</summary>
        <ul className={listStyles}>
          {value.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </details>
    </Alert>
  )
}

const listStyles = css({ maxHeight: 240, overflow: 'auto', overflowWrap: 'anywhere' })
