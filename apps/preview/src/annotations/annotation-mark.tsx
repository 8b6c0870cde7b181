import { css, cx } from '@emotion/css'
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data'
import { Tooltip, useStyles2 } from '@grafana/ui'
import type { ComponentProps, KeyboardEvent } from 'react'
import type { AnnotationEvent } from './annotation-events.ts'

/** In pixels. */
export interface MarkPlace {
  readonly left: number
  /** Undefined of a moment. */
  readonly width: number | undefined
}

interface AnnotationMarkProps {
  readonly event: AnnotationEvent
  readonly place: MarkPlace
  readonly isFirst: boolean
  readonly timeZone: string
  readonly color: string
}

/** The foot of a line or a region: tells what it is, to the pointer and to the keyboard. */
export function AnnotationMark({
  event,
  place: { left, width },
  isFirst,
  timeZone,
  color,
}: AnnotationMarkProps) {
  const styles = useStyles2(markStyles)
  const text = spoken(event, timeZone)
  return (
    <Tooltip content={<span className={styles.text}>{text}</span>}>
      <MarkButton
        className={cx(styles.mark, width === undefined && styles.moment)}
        style={{ left, width, color }}
        aria-label={text}
        data-testid="annotation"
        isFirst={isFirst}
      />
    </Tooltip>
  )
}

/** One stop of the Tab key for a graph, and from there on by arrows; the tooltip would make each one a stop. */
function MarkButton({ isFirst, ...props }: ComponentProps<'button'> & { isFirst: boolean }) {
  return (
    <button
      {...props}
      type="button"
      tabIndex={isFirst ? 0 : -1}
      onKeyDown={(event) => {
        props.onKeyDown?.(event)
        moveFocus(event)
      }}
    />
  )
}

function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const { currentTarget, key } = event
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return
  // The graph moves its cursor by them.
  event.stopPropagation()
  event.preventDefault()
  const marks = [...(currentTarget.parentElement?.querySelectorAll('button') ?? [])]
  const step = key === 'ArrowRight' ? 1 : -1
  marks[marks.indexOf(currentTarget) + step]?.focus()
}

/** All that is known of it, a line each. */
function spoken({ from, query, tags, text, title, to }: AnnotationEvent, timeZone: string): string {
  const moment = (time: number) => dateTimeFormat(time, { timeZone })
  const when = from === to ? moment(from) : `${moment(from)} to ${moment(to)}`
  const name = [query.name, title].filter(Boolean).join(': ')
  return [name, when, text, tags.join(', ')].filter((line) => line.trim()).join('\n')
}

const markStyles = (theme: GrafanaTheme2) => ({
  mark: css({
    position: 'absolute',
    bottom: -1,
    height: 6,
    padding: 0,
    border: 0,
    borderRadius: 1,
    background: 'currentColor',
    zIndex: 1,
    '&:hover, &:focus-visible': { height: 10 },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  moment: css({
    width: 12,
    height: 8,
    zIndex: 2,
    marginLeft: -6,
    background: 'none',
    borderRadius: 0,
    '&::before': {
      content: '""',
      position: 'absolute',
      inset: 0,
      background: 'currentColor',
      clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    },
  }),
  text: css({ whiteSpace: 'pre-line' }),
})
