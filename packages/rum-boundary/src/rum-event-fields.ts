import { errorSources } from 'cx-definition'
import {
  actionName,
  catalogName,
  componentStack,
  declaredName,
  errorName,
  flag,
  type Kind,
  listOf,
  message,
  number,
  oneOf,
  page,
  recordOf,
  referrer,
  release,
  replayLink,
  type Shape,
  stack,
  traceId,
  url,
  uuid,
} from './rum-event-shape.ts'
import type { Statics } from './scrub-statics.ts'

/** What the reporter says of an error; `at` in milliseconds since 1970. */
export const errorTags: Shape = {
  team: catalogName,
  feature: catalogName,
  app: catalogName,
  boundary: declaredName,
  source: oneOf(...errorSources),
  tracker: oneOf('primary', 'shadow'),
  suppressed: number,
  component_stack: componentStack,
  replay_url: replayLink,
  at: number,
}

const count: Shape = { count: number }
const timing: Shape = { duration: number, start: number }
const rectangle: Shape = { x: number, y: number, width: number, height: number }

/**
 * `usr`, `account`, locale and time zone are left out: they tell of a person; `service` and `version`, since a
 * view may say others: the intake knows.
 */
export const common: Shape = {
  date: number,
  source: oneOf('browser'),
  application: { id: uuid },
  session: {
    id: uuid,
    type: oneOf('user'),
    has_replay: flag,
    is_active: flag,
    sampled_for_replay: flag,
  },
  display: {
    viewport: { width: number, height: number },
    scroll: {
      max_depth: number,
      max_depth_scroll_top: number,
      max_scroll_height: number,
      max_scroll_height_time: number,
    },
  },
  connectivity: {
    status: oneOf('connected', 'not_connected'),
    effective_type: oneOf('slow-2g', '2g', '3g', '4g'),
  },
  device: { type: oneOf('desktop', 'mobile', 'tablet', 'other') },
  privacy: { replay_level: oneOf('mask', 'mask-unless-allowlisted') },
  action: { id: ids },
  view: { id: uuid, url, referrer, name: page, in_foreground: flag },
}

function ids(value: unknown, statics: Statics): unknown {
  return Array.isArray(value) ? listOf(uuid)(value, statics) : uuid(value, statics)
}

export const internals: Shape = {
  format_version: number,
  drift: number,
  document_version: number,
  browser_sdk_version: release,
  sdk_name: oneOf('rum'),
  configuration: {
    session_sample_rate: number,
    session_replay_sample_rate: number,
    profiling_sample_rate: number,
    trace_sample_rate: number,
    start_session_replay_recording_manually: flag,
  },
  page_states: listOf({
    state: oneOf('active', 'passive', 'hidden', 'frozen', 'terminated'),
    start: number,
  }),
  replay_stats: {
    records_count: number,
    segments_count: number,
    segments_total_raw_size: number,
  },
  trace_id: traceId,
  span_id: traceId,
  rule_psr: number,
  discarded: flag,
  action: {
    // Where, but not on what: a selector is made of ids and attributes.
    position: { x: number, y: number },
    target: { width: number, height: number },
    pointer_up_delay: number,
  },
}

export const view: Shape = {
  view: {
    ...(common.view as Shape),
    loading_type: oneOf('initial_load', 'route_change', 'session_renewal', 'bf_cache'),
    is_active: flag,
    ...Object.fromEntries(
      [
        'time_spent',
        'first_byte',
        'first_contentful_paint',
        'largest_contentful_paint',
        'interaction_to_next_paint',
        'interaction_to_next_paint_time',
        'cumulative_layout_shift',
        'cumulative_layout_shift_time',
        'dom_interactive',
        'dom_content_loaded',
        'dom_complete',
        'load_event',
        'loading_time',
      ].map((name): [string, Kind] => [name, number]),
    ),
    error: count,
    action: count,
    long_task: count,
    resource: count,
    frustration: count,
    custom_timings: recordOf(number),
    performance: {
      cls: { score: number, timestamp: number, previous_rect: rectangle, current_rect: rectangle },
      fcp: { timestamp: number },
      inp: {
        duration: number,
        timestamp: number,
        sub_parts: { input_delay: number, processing_duration: number, presentation_delay: number },
      },
      lcp: {
        timestamp: number,
        sub_parts: { load_delay: number, load_time: number, render_delay: number },
      },
    },
  },
  feature_flags: recordOf((value, statics) =>
    typeof value === 'boolean' ? value : declaredName(value, statics),
  ),
}

export const action: Shape = {
  action: {
    id: uuid,
    type: oneOf('click', 'custom'),
    loading_time: number,
    target: { name: actionName },
    frustration: { type: listOf(oneOf('rage_click', 'error_click', 'dead_click')) },
    error: count,
    long_task: count,
    resource: count,
  },
}

export const error: Shape = {
  error: {
    id: uuid,
    type: errorName,
    message,
    stack,
    source: oneOf('custom'),
    handling: oneOf('handled', 'unhandled'),
    source_type: oneOf('browser'),
  },
  context: errorTags,
}

export const resource: Shape = {
  resource: {
    id: uuid,
    type: oneOf(
      'xhr',
      'fetch',
      'beacon',
      'css',
      'js',
      'image',
      'font',
      'media',
      'document',
      'other',
    ),
    url,
    method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    status_code: number,
    duration: number,
    size: number,
    encoded_body_size: number,
    decoded_body_size: number,
    transfer_size: number,
    render_blocking_status: oneOf('blocking', 'non-blocking'),
    protocol: oneOf('http/1.0', 'http/1.1', 'h2', 'h3'),
    delivery_type: oneOf('cache', 'navigational-prefetch', 'other'),
    redirect: timing,
    dns: timing,
    connect: timing,
    ssl: timing,
    worker: timing,
    first_byte: timing,
    download: timing,
  },
}

export const longTask: Shape = {
  long_task: {
    id: uuid,
    entry_type: oneOf('long-task', 'long-animation-frame'),
    duration: number,
    blocking_duration: number,
    first_ui_event_timestamp: number,
    render_start: number,
    style_and_layout_start: number,
    start_time: number,
    // Its invoker (`BUTTON#id.onclick`) and function are names that a page may have computed.
    scripts: listOf({
      duration: number,
      pause_duration: number,
      forced_style_and_layout_duration: number,
      start_time: number,
      execution_start: number,
      source_url: url,
      source_function_name: declaredName,
      source_char_position: number,
      invoker_type: oneOf(
        'user-callback',
        'event-listener',
        'resolve-promise',
        'reject-promise',
        'classic-script',
        'module-script',
      ),
      window_attribution: oneOf('self', 'descendant', 'ancestor', 'same-page', 'other'),
    }),
  },
}

export const vital: Shape = {
  vital: {
    id: uuid,
    name: declaredName,
    type: oneOf('duration', 'operation_step'),
    step_type: oneOf('start', 'end'),
    failure_reason: oneOf('error', 'abandoned', 'other'),
    duration: number,
  },
}
