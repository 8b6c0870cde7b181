import type { Request, RequestHandler } from 'express'
import { expressRoute, watchRoute } from './express-route.ts'
import { onAnswered } from './on-answered.ts'
import { claim, createRecordRequest, type RequestOptions } from './record-request.ts'

export type CxMetricsOptions = RequestOptions<Request>

/**
 * Records every request of an Express 4 or 5 application: `app.use(cxMetrics({ recorder }))`, before all else.
 * The route is the template with the paths of the routers it is mounted in; what no route answers, such as
 * static files, is `unmatched`. The customer resolver runs after the response, so `request.user` is there, and
 * in the async context in which the route was reached: what a middleware before it ran or entered is seen,
 * what the handler itself runs or enters is not. Where no route was reached, in that of whoever ended the response.
 */
const cxMetrics = (options: CxMetricsOptions): RequestHandler => {
  const record = createRecordRequest(options)
  return (request, response, next) => {
    if (claim(request, options.recorder)) {
      watchRoute(request)
      onAnswered(response, (statusCode, durationSeconds) => {
        const { route, scope } = expressRoute(request) ?? {}
        record(request, { route, scope, method: request.method, statusCode, durationSeconds })
      })
    }
    next()
  }
}

export default cxMetrics
