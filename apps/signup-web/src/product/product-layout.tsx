import type { ReactNode } from 'react'
import { NavLink, Outlet, useLoaderData } from 'react-router'
import { Brand } from '../brand.tsx'
import { copy } from '../copy.ts'
import type { Account } from './account.ts'

export const ProductLayout = () => {
  const account = useLoaderData<Account | undefined>()
  return <ProductFrame account={account}>{account ? <Outlet /> : <SignedOut />}</ProductFrame>
}

export const ProductFrame = ({
  account,
  children,
}: {
  readonly account?: Account | undefined
  readonly children: ReactNode
}) => (
  <div className="product">
    <a className="skip" href="#content">
      {copy.skip}
    </a>
    <header className="top">
      <Brand />
      {account && (
        <>
          <nav aria-label={copy.product.navigation}>
            <NavLink to="/product/documents">{copy.product.documents}</NavLink>
            <NavLink to="/product/settings">{copy.product.settings}</NavLink>
          </nav>
          <p className="who">
            <bdi>{account.name}</bdi>
            <bdi className="hint">{account.company}</bdi>
          </p>
        </>
      )}
    </header>
    <main className="content" id="content" tabIndex={-1}>
      {children}
    </main>
    <footer className="foot">{copy.footer}</footer>
  </div>
)

const SignedOut = () => (
  <div className="message">
    <title>{copy.brand}</title>
    <h1>{copy.product.signedOut}</h1>
    <p>{copy.product.signedOutText}</p>
    <a className="button" href="/signup/account">
      {copy.product.signUp}
    </a>
  </div>
)
