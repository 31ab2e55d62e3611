#!/usr/bin/env node
// The command `bc-customer-widget`.
import { run } from './program.js';

process.exitCode = await run(process.argv.slice(2));
