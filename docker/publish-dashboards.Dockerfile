# Built from the repository's root: docker compose -f docker/compose.yaml build publish-dashboards
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
# As in some-service.Dockerfile: the manifests of all workspaces, or npm asks the registry for one.
COPY package.json package-lock.json .npmrc ./
COPY apps/catalog/package.json apps/catalog/
COPY apps/preview/package.json apps/preview/
COPY apps/react-18/package.json apps/react-18/
COPY apps/signup-web/package.json apps/signup-web/
COPY apps/some-service/package.json apps/some-service/
COPY packages/cx-dashboards/package.json packages/cx-dashboards/
COPY packages/cx-definition/package.json packages/cx-definition/
COPY packages/cx-metrics/package.json packages/cx-metrics/
COPY packages/rum-boundary/package.json packages/rum-boundary/
RUN npm install --no-save --omit=dev --ignore-scripts --workspace cx-dashboards --workspace sample-catalog \
  && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY packages/cx-definition packages/cx-definition
COPY packages/cx-dashboards packages/cx-dashboards
COPY apps/catalog apps/catalog
USER node
# The installed command runs what a build makes; the same function runs from the sources without one.
CMD ["node", "--conditions=cx-source", "--eval", \
  "import('/app/packages/cx-dashboards/src/cli.ts').then(async ({ main }) => { process.exitCode = await main(['publish', '--config', 'apps/catalog/cx-dashboards.config.ts']) })"]
