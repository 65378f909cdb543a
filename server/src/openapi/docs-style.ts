/** Dresses Swagger UI like the other pages. Its locks say less than "Needs the role …" does, and stand open for nobody. */
export const STYLE = `
  body { background: #fdfcf9 !important }
  .swagger-ui .topbar, .swagger-ui .opblock .authorization__btn, .swagger-ui .info hgroup.main a { display: none }
  .swagger-ui .wrapper { max-width: 62rem }
  .swagger-ui .info { margin: 3rem 0 1.5rem }
  .swagger-ui .info .title, .swagger-ui .opblock-tag { color: #1d2430; font-family: Georgia, serif }
  .swagger-ui .info p, .swagger-ui .info li { color: #1d2430; font: 1rem/1.6 system-ui, sans-serif }
  .swagger-ui .info code, .swagger-ui .renderedMarkdown code { background: #f0ede4; color: #9c2a1d }
  .swagger-ui .scheme-container { background: none; box-shadow: none; padding: 0 }
  .swagger-ui .opblock-tag { border-color: #e5e0d3; font-size: 1.35rem }
  .swagger-ui .opblock-tag small { font-family: system-ui, sans-serif }
  .swagger-ui .opblock { border-radius: 6px; box-shadow: none; margin-bottom: .5rem }
  .swagger-ui .opblock .opblock-summary-path { font-weight: 500 }
`;
