import type { FallbackProps } from 'rum-boundary'
import { copy } from './copy.ts'

/** In place of a part that failed to render. */
export const Broken = ({ reset }: FallbackProps) => (
  <div className="message bad" role="alert">
    <p>{copy.broken}</p>
    <button type="button" className="button quiet" onClick={reset}>
      {copy.retry}
    </button>
  </div>
)
