import { copy } from './copy.ts'

export const Brand = () => (
  <span className="brand">
    <img src="/icon.svg" alt="" width="28" height="28" />
    {copy.brand}
  </span>
)
