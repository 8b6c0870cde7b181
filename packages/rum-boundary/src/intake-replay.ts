import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { CountDropped, IntakeRules } from './intake-apps.ts'
import { inSlices } from './in-slices.ts'
import { type CleanSegment, scrubSegment } from './scrub-replay.ts'

/** Once unpacked: the first segment of a page with everything inlined has some. */
const mostInflatedBytes = 8_000_000

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate)
const pack = promisify<string, Buffer>(deflate)

export const inflated = (body: Uint8Array): Promise<Buffer> =>
  unpack(body, { maxOutputLength: mostInflatedBytes })

/** What goes on of an upload; nothing where nothing of it may. */
export const cleanReplay = async (
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
  { applicationId, sheets, statics }: IntakeRules,
  drop: CountDropped,
): Promise<FormData | undefined> => {
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
  const segment = form.get('segment')
  if (!(segment instanceof Blob)) throw new Error('no segment')
  const text = await inflated(new Uint8Array(await segment.arrayBuffer()))
  const clean = await inSlices(
    scrubSegment(JSON.parse(text.toString()), { sheets, statics }, (what) =>
      drop(what === 'segment' ? 'segment' : 'record'),
    ),
  )
  if (!clean) return undefined
  if ((clean.metadata.application as { id?: string }).id?.toLowerCase() !== applicationId) {
    drop('segment')
    return undefined
  }
  return upload(clean)
}

/** As the SDK's `buildReplayPayload` does it. */
const upload = async ({ metadata, records }: CleanSegment): Promise<FormData> => {
  const text = `${JSON.stringify({ records, ...metadata })}\n`
  const packed = new Uint8Array(await pack(text))
  const event = {
    raw_segment_size: Buffer.byteLength(text),
    compressed_segment_size: packed.byteLength,
    ...metadata,
  }
  const form = new FormData()
  const { id } = metadata.session as { id: string }
  form.append(
    'segment',
    new Blob([packed], { type: 'application/octet-stream' }),
    `${id}-${String(metadata.start)}`,
  )
  form.append('event', new Blob([JSON.stringify(event)], { type: 'application/json' }))
  return form
}
