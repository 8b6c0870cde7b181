/** What @grafana/ui touches of Monaco before it draws; the editor itself stays out of the build (3 MB). */
export const editor = { defineTheme: () => undefined }
