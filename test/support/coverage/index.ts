// Coverage of src/ by all suites: turned on before they run, reported afterwards. `npm run coverage`.
export { reportCoverage } from './report.js';
export { isCovered, startCoverage } from './record.js';
export { countPage, keepCounts } from './page.js';
