import { redirect, type RouteObject } from 'react-router'
import { withOwner } from 'rum-boundary'
import { appShell } from 'sample-catalog/features'
import { platform } from 'sample-catalog/owners'
import { copy } from '../copy.ts'
import { LoadProblem } from '../load-problem.tsx'
import { Loading } from '../loading.tsx'
import { NotFound } from '../not-found.tsx'
import { loadAccount } from './account.ts'
import { changePassword } from './change-password.ts'
import { DocumentsPage } from './documents-page.tsx'
import { loadDocuments } from './load-documents.ts'
import { ProductFrame, ProductLayout } from './product-layout.tsx'
import { SettingsPage } from './settings-page.tsx'

export const productRoutes: RouteObject[] = [
  {
    path: '/product',
    Component: ProductLayout,
    HydrateFallback: () => <Framed content={<Loading />} />,
    ErrorBoundary: () => <Framed content={<LoadProblem title={copy.product.accountFailed} />} />,
    loader: withOwner({ owner: platform, feature: appShell }, loadAccount),
    children: [
      { index: true, loader: () => redirect('/product/documents') },
      {
        path: 'documents',
        Component: DocumentsPage,
        loader: loadDocuments,
        ErrorBoundary: () => <LoadProblem title={copy.product.documentsFailed} />,
      },
      {
        path: 'settings',
        Component: SettingsPage,
        action: changePassword,
        ErrorBoundary: () => <LoadProblem title={copy.product.accountFailed} />,
      },
      { path: '*', Component: NotFound },
    ],
  },
]

const Framed = ({ content }: { readonly content: React.ReactNode }) => (
  <ProductFrame>{content}</ProductFrame>
)
