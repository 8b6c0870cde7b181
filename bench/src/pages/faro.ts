export { initializeFaro } from '@grafana/faro-web-sdk'
