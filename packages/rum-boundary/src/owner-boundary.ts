import type { Feature, Owner } from 'cx-definition'
import { Component, createElement, type ErrorInfo, type ReactNode } from 'react'
import { Fallback, type FallbackProps, lastFallback } from './fallback.ts'
import { createScope, OwnerContext, type OwnerScope } from './owner-context.ts'
import { tell } from './report-error.ts'
import { scopeKey } from './scope-of.ts'

/** Of `OwnerBoundary`. */
export interface OwnerBoundaryProps {
  readonly owner: Owner
  readonly feature?: Feature | undefined
  /** Tells boundaries of one owner and feature apart. */
  readonly name?: string | undefined
  /** Shown in place of the children; hooks may be used in it. Without one, or where it throws, a last word that asks to reload. */
  readonly fallback?: ((props: FallbackProps) => ReactNode) | undefined
  /** The children are shown again when one of them changes, such as the route. */
  readonly resetKeys?: readonly unknown[] | undefined
  readonly children?: ReactNode
}

interface OwnerBoundaryState {
  readonly failed: boolean
}

const calmMilliseconds = 10_000
const mostResets = 3
/** React unmounts everything after fifty updates in a row. */
const mostKeyResets = 10

/**
 * Everything below it belongs to the owner: what fails there is reported under that name, by the innermost boundary.
 * Shows the fallback in place of what failed.
 */
export class OwnerBoundary extends Component<OwnerBoundaryProps, OwnerBoundaryState> {
  static getDerivedStateFromError = (): OwnerBoundaryState => ({ failed: true })

  override state: OwnerBoundaryState = { failed: false }
  #scope: OwnerScope | undefined
  #resets: number[] = []
  #keyResets: number[] = []

  /** Found by whoever looks for the boundary above another one, also from another copy of this package. */
  get [scopeKey](): OwnerScope {
    const { feature, name, owner } = this.props
    const known = this.#scope
    if (known?.owner !== owner || known.feature !== feature || known.boundary !== name)
      this.#scope = createScope({ owner, feature, boundary: name })
    return this.#scope as OwnerScope
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    const { feature, name, owner } = this.props
    tell({ error, owner, feature, boundary: name, componentStack, source: 'boundary' })
  }

  override componentDidUpdate(before: OwnerBoundaryProps, { failed }: OwnerBoundaryState): void {
    // Not where the change itself made it fail: that would fail again.
    if (failed && this.state.failed && changed(before.resetKeys, this.props.resetKeys))
      this.#show(this.#keyResets, mostKeyResets)
  }

  #reset = (): void => this.#show(this.#resets, mostResets)

  #show(resets: number[], most: number): void {
    if (!this.state.failed || countLately(resets) >= most) return
    resets.push(Date.now())
    this.setState({ failed: false })
  }

  override render(): ReactNode {
    const { children, fallback, feature, name, owner } = this.props
    const scope = this[scopeKey]
    if (!this.state.failed) return createElement(OwnerContext.Provider, { value: scope }, children)
    if (!fallback || countLately(this.#resets) >= mostResets) return lastFallback
    return createElement(
      OwnerBoundary,
      { owner, feature, name },
      createElement(Fallback, { owner, feature, reset: this.#reset, render: fallback }),
    )
  }
}

/** Forgets those that were long ago. */
const countLately = (times: number[]): number => {
  while (times[0] !== undefined && Date.now() - times[0] > calmMilliseconds) times.shift()
  return times.length
}

const changed = (before: readonly unknown[] = [], now: readonly unknown[] = []): boolean =>
  before.length !== now.length || now.some((key, index) => !Object.is(key, before[index]))
