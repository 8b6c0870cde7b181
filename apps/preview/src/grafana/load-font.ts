const lookAlikes = ['Inter', 'Helvetica', 'Arial', 'Liberation Sans', 'DejaVu Sans']
  .map((name) => `local('${name}')`)
  .join(', ')

/**
 * Grafana's components measure their texts in "Inter", whose files are not in Grafana's packages.
 * Under that name the browser gets a font of this machine, and what is measured is what is drawn.
 */
export async function loadFont(): Promise<void> {
  const faces = ['400', '500'].flatMap((weight) =>
    ['normal', 'italic'].map((style) => new FontFace('Inter', lookAlikes, { weight, style })),
  )
  for (const face of faces) document.fonts.add(face)
  await Promise.allSettled(faces.map((face) => face.load()))
}
