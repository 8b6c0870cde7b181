import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { productWeb } from 'sample-catalog/web'
import { loadConfig } from '../config.ts'
import { startApp } from '../start-app.tsx'
import { productStatics } from '../statics.ts'
import { startTelemetry } from '../telemetry.ts'
import { metrics } from './metrics.ts'
import { productRoutes } from './routes.tsx'

const telemetry = await startTelemetry({
  app: productWeb,
  preset: 'internal',
  statics: productStatics,
  metrics,
  config: await loadConfig(),
})
startApp(telemetry, <RouterProvider router={createBrowserRouter(productRoutes)} />)
