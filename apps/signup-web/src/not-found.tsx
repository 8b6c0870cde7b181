import { copy } from './copy.ts'

export const NotFound = () => (
  <div className="message">
    <title>{copy.brand}</title>
    <h1>{copy.notFound.title}</h1>
    <p>{copy.notFound.text}</p>
    <a className="button" href="/signup/account">
      {copy.notFound.back}
    </a>
  </div>
)
