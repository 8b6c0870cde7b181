import { useCallback, useRef, useState } from 'react'

export interface ElementSize {
  readonly width: number
  readonly height: number
}

/** The size of the element that gets the returned ref; zero before it is laid out. */
export function useElementSize(): readonly [
  ref: (element: HTMLElement | null) => void,
  size: ElementSize,
] {
  const [size, setSize] = useState<ElementSize>({ width: 0, height: 0 })
  const observer = useRef<ResizeObserver>(undefined)
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect()
    if (!element) return
    observer.current = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      setSize((former) =>
        former.width === width && former.height === height ? former : { width, height },
      )
    })
    observer.current.observe(element)
  }, [])
  return [ref, size]
}
