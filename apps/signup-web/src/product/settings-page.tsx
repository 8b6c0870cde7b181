import { useEffect } from 'react'
import { copy } from '../copy.ts'
import { PasswordField } from '../password-field.tsx'
import { SendForm } from '../send-form.tsx'
import { metrics } from './metrics.ts'

export const SettingsPage = () => {
  useEffect(() => metrics.page('/product/settings'), [])
  return (
    <>
      <title>{copy.product.settingsTitle}</title>
      <h1>{copy.product.settings}</h1>
      <section className="narrow" aria-labelledby="password-title">
        <h2 id="password-title">{copy.product.passwordTitle}</h2>
        <SendForm method="put" labelledBy="password-title" submit={copy.product.save}>
          {(outcome) => (
            <>
              <PasswordField
                name="current"
                label={copy.product.current}
                problems={outcome?.problems}
              />
              <PasswordField
                name="password"
                label={copy.password.newLabel}
                problems={outcome?.problems}
              />
            </>
          )}
        </SendForm>
      </section>
    </>
  )
}
