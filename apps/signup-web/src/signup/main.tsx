import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { signupWeb } from 'sample-catalog/web'
import { loadConfig } from '../config.ts'
import { startApp } from '../start-app.tsx'
import { signupStatics } from '../statics.ts'
import { startTelemetry } from '../telemetry.ts'
import { metrics } from './metrics.ts'
import { signupRoutes } from './routes.tsx'

// A page that the browser kept shows a form that may long have been sent.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())

const config = await loadConfig()
const telemetry = await startTelemetry({
  app: signupWeb,
  preset: 'signup',
  statics: signupStatics,
  metrics,
  config,
})
startApp(telemetry, <RouterProvider router={createBrowserRouter(signupRoutes(config))} />)
