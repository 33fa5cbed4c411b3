// Prints the findings that the checker tells apart for each question of a step, as JSON.
import { FILE_FINDINGS, FINDINGS } from "../../wasm/browser/step-findings.mjs";

const rows = Object.entries(FINDINGS).map(([check, findings]) => [check, [...FILE_FINDINGS, ...findings]]);
process.stdout.write(JSON.stringify(Object.fromEntries(rows)));
