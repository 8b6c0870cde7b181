/** In place of Monaco: the one reader here is a table cell's inspector, and it only shows. */
export default function PlainCode({ value }: { value?: string }) {
  return <pre>{value}</pre>
}

export const loader = { config: () => undefined }
