# Built from the repository's root: docker compose -f docker/compose.yaml build some-service
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
# The manifests of all workspaces, and nothing else, so that this layer lasts until one of them changes.
# All of them: a workspace that is missing here, npm would look for in the registry.
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
# `npm ci` would refuse the lockfile, which lacks other platforms' optional packages.
RUN npm install --no-save --omit=dev --ignore-scripts --workspace some-service \
  && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
# Node strips the types itself, so the sources are what runs; the dockerignore leaves tests out.
COPY packages/cx-definition packages/cx-definition
COPY packages/cx-metrics packages/cx-metrics
COPY apps/catalog apps/catalog
COPY apps/some-service apps/some-service
USER node
EXPOSE 8080 9464
WORKDIR /app/apps/some-service
CMD ["node", "--conditions=cx-source", "src/main.ts"]
