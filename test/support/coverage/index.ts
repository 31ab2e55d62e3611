// Coverage of src/ by all suites: turned on before they run, reported afterwards. `npm run coverage`.
export { reportCoverage } from './report.js';
export { isCovered, keepScripts, startCoverage } from './record.js';
