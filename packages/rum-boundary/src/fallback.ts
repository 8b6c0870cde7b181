import { createElement, type ReactElement, type ReactNode } from 'react'
import type { Feature, Owner } from 'cx-definition'

/** What a fallback is told. */
export interface FallbackProps {
  readonly owner: Owner
  readonly feature: Feature | undefined
  /** Shows the children again. After three times in ten seconds the last fallback stands instead. */
  readonly reset: () => void
}

/** A component, so that what it throws is caught by the boundary around it. */
export const Fallback = ({
  render,
  ...props
}: FallbackProps & { readonly render: (props: FallbackProps) => ReactNode }): ReactNode =>
  render(props)

/** Stands where no fallback is given, or where that fails too: nothing in it can. */
export const lastFallback: ReactElement = createElement(
  'p',
  { role: 'alert' },
  'Something went wrong. Please reload the page.',
)
