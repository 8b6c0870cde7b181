import { type Journey, stepAction } from 'cx-definition'
import { type DatadogKind, reference } from '../datadog-object.ts'
import { type SizedWidget, titleText } from './widget.ts'

/** How many sessions reached each step of a journey. */
export const funnel = (journey: Journey, search: string): SizedWidget => ({
  definition: {
    type: 'funnel',
    title: titleText(`Funnel: ${journey.title}`),
    requests: [
      {
        request_type: 'funnel',
        query: {
          data_source: 'rum',
          query_string: search,
          steps: [
            ...journey.steps.map((step) => ({
              facet: '@action.name',
              value: stepAction(journey.name, step, 'entered'),
            })),
            ...journey.steps.slice(-1).map((step) => ({
              facet: '@action.name',
              value: stepAction(journey.name, step, 'completed'),
            })),
          ],
        },
      },
    ],
  },
  width: 6,
  height: 4,
})

/** Single events, each of which opens with its session and replay. */
export const rumStream = (
  title: string,
  search: string,
  fields: readonly string[],
): SizedWidget => ({
  definition: {
    type: 'list_stream',
    title: titleText(title),
    requests: [
      {
        response_format: 'event_list',
        query: { data_source: 'rum_stream', query_string: search, indexes: [] },
        columns: fields.map((field) => ({ field, width: 'auto' })),
      },
    ],
  },
  width: 12,
  height: 4,
})

/** What an objective stands at, and how much of its budget is left. */
export const sloStanding = (
  name: string,
  title: string,
  width: number,
  timeframe: string,
): SizedWidget => ({
  definition: {
    type: 'slo',
    title: titleText(title),
    view_type: 'detail',
    view_mode: 'overall',
    time_windows: [timeframe],
    show_error_budget: true,
    slo_id: reference('slo' satisfies DatadogKind, name),
  },
  width,
  height: 3,
})

export const sloList = (title: string, search: string): SizedWidget => ({
  definition: {
    type: 'slo_list',
    title: titleText(title),
    requests: [{ request_type: 'slo_list', query: { query_string: search, limit: 50 } }],
  },
  width: 12,
  height: 4,
})

/** Those that tell somebody, by their state. */
export const monitorList = (title: string, tags: readonly string[], width = 12): SizedWidget => ({
  definition: {
    type: 'manage_status',
    title: titleText(title),
    query: [...tags.map((tag) => `tag:"${tag}"`), '-tag:"cx_role:part"'].join(' '),
    summary_type: 'monitors',
    display_format: 'countsAndList',
    color_preference: 'text',
    hide_zero_counts: true,
    show_last_triggered: true,
    show_priority: true,
    sort: 'status,asc',
    count: 50,
    start: 0,
  },
  width,
  height: 4,
})
