/** Grafana's style sheet asks for font files that its packages do not hold; `load-font.ts` says what stands for them. */
export const getFontStyles = () => undefined
