import { css } from '@emotion/css'
import type { DataFrame, GrafanaTheme2 } from '@grafana/data'
import { useStyles2 } from '@grafana/ui'
import { resultRows } from './result-rows.ts'

const mostFrames = 5
// As many as a query for the ten worst answers.
const mostRows = 10

/** The first rows of what a panel draws, after its transformations. */
export function ResultTable({ frames }: { frames: DataFrame[] }) {
  const styles = useStyles2(resultStyles)
  const more = frames.length - mostFrames
  return (
    <section data-testid="query-result">
      <h2 className={styles.heading}>
        Result: {frames.length === 1 ? '1 series or table' : `${frames.length} series or tables`}
      </h2>
      {frames.slice(0, mostFrames).map((frame, index) => (
        <Rows key={index} frame={frame} all={frames} />
      ))}
      {more > 0 && <p className={styles.note}>and {more} more</p>}
    </section>
  )
}

function Rows({ frame, all }: { frame: DataFrame; all: DataFrame[] }) {
  const styles = useStyles2(resultStyles)
  const { columns, length, rows, title } = resultRows(frame, all, mostRows)
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.note}>
          {title}: {rows.length < length ? `${rows.length} of ${length} rows` : `${length} rows`}
        </caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const resultStyles = (theme: GrafanaTheme2) => ({
  heading: css({ fontSize: theme.typography.h5.fontSize }),
  note: css({
    captionSide: 'top',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.sm,
    textAlign: 'left',
  }),
  scroll: css({ overflowX: 'auto', marginBottom: theme.spacing(1) }),
  table: css({
    borderCollapse: 'collapse',
    fontSize: theme.typography.size.sm,
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.25, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      textAlign: 'left',
      whiteSpace: 'nowrap',
    },
  }),
})
