import type { CliOptions } from '../cli.ts'
import { deploymentTags } from '../grafana/deployment-tags.ts'
import { grafanaAccess } from '../publishers/grafana-access.ts'
import { connectGrafana } from '../publishers/grafana-api.ts'
import type { Annotation } from '../publishers/grafana-annotations.ts'

type AnnotateOptions = Pick<CliOptions, 'end' | 'tags' | 'text' | 'time'>

/** Marks a moment or a span, such as a deployment, on the graphs. With `--time`, doing it twice marks it once. */
export const annotateCommand = async (options: AnnotateOptions): Promise<void> => {
  const annotation = annotationOf(options, Date.now())
  const grafana = await connectGrafana(await grafanaAccess(process.env))
  const made = await grafana.annotate(annotation)
  const when = new Date(annotation.time).toISOString()
  console.log(`${made ? 'marked' : 'was marked already'}: ${when} ${annotation.tags.join(', ')}`)
}

/** @param now milliseconds since 1970 */
export const annotationOf = (
  { end, tags = '', text, time }: AnnotateOptions,
  now: number,
): Annotation => {
  if (!text?.trim())
    throw new Error('there is nothing to say. Give --text, such as "v1.2.3 of checkout".')
  const from = time === undefined ? now : moment('--time', time)
  const to = end === undefined ? undefined : moment('--end', end)
  if (to !== undefined && to < from)
    throw new Error('--end is before --time. Give the later one as --end.')
  const given = tags.split(',').map((tag) => tag.trim())
  return {
    text: text.trim(),
    tags: [...new Set([...deploymentTags, ...given])].filter((tag) => tag !== ''),
    time: from,
    end: to,
  }
}

/** @returns milliseconds since 1970 */
const moment = (option: string, text: string): number => {
  const value = /^\d{10}$/.test(text)
    ? Number(text) * 1000
    : /^\d{13}$/.test(text)
      ? Number(text)
      : Date.parse(text)
  if (Number.isNaN(value)) {
    throw new Error(
      `${option} is no time: ${JSON.stringify(text.slice(0, 40))}. Give it as 2026-11-01T10:00Z, or in seconds since 1970.`,
    )
  }
  return value
}
