// Loaded before anything else into every Node process of a run with coverage. When the process ends, it writes down
// how often each part of our code ran, together with that code: what has run is not what is on the disk.
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { threadId } from 'node:worker_threads';

const { COVERAGE_RAW: folder, COVERAGE_CODE: code } = process.env;
const session = new Session();

if (folder && code) {
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  process.on('exit', () => {
    const isOurs = new RegExp(code);
    session.post('Profiler.takePreciseCoverage', (error, { result } = { result: [] }) => {
      const scripts = result.filter(({ url }) => isOurs.test(url));
      if (error || scripts.length === 0) return;
      session.post('Debugger.enable');
      const written = scripts.map(({ scriptId, url, functions }) => ({
        url: url.replace(/\?.*$/, ''),
        functions,
        code: keepCode(scriptId),
      }));
      writeFileSync(`${folder}/${process.pid}-${threadId}.json`, JSON.stringify(written));
    });
  });
}

/** Many processes run the same code, which is written once. */
function keepCode(scriptId) {
  let name = '';
  session.post('Debugger.getScriptSource', { scriptId }, (error, { scriptSource } = { scriptSource: '' }) => {
    name = `${createHash('sha1').update(scriptSource).digest('hex')}.js`;
    if (!existsSync(`${folder}/${name}`)) writeFileSync(`${folder}/${name}`, scriptSource);
  });
  return name;
}
