import { copy } from './copy.ts'

/** While the first data is on its way. */
export const Loading = () => (
  <div role="status">
    <h1>{copy.loading}</h1>
  </div>
)
