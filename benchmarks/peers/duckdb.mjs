// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// NPS, CSAT and mean of 1,000 groups of 100M scores in DuckDB, on one thread: CPU seconds of the query alone, the table
// being in memory. In two wordings, of which the faster counts. The input is that of ../inputs.hpp, made in SQL and held to the same checksums.

import { DuckDBInstance } from '@duckdb/node-api';

const runs = Number(process.argv[2] ?? 7);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS();

// The finaliser of MurmurHash3 in 64-bit arithmetic. A factor of 32 bits would overflow it, so it is split in two.
await connection.run(`
  CREATE MACRO times(a, b) AS ((a * (b & 65535)) + (((a * (b >> 16)) & 65535) << 16)) & 4294967295;
  CREATE MACRO fmix_2(h) AS xor(h, h >> 16);
  CREATE MACRO fmix_1(h) AS fmix_2(times(xor(h, h >> 13), 3266489909));
  CREATE MACRO fmix32(i) AS fmix_1(times(xor(i, i >> 16), 2246822507));
`);
const cumulative = [20, 30, 40, 50, 60, 90, 120, 210, 430, 650, 1000];
const table = Array.from({ length: 1000 }, (_, at) => cumulative.findIndex((end) => at < end));
await connection.run(`
  CREATE TABLE scores AS
    SELECT ([${table}]::TINYINT[])[fmix32(i) % 1000 + 1] AS score, (fmix32(xor(i, 2654435769)) % 1000)::USMALLINT AS grp
    FROM range(100000000) AS numbers(i)`);
const [[scores, groups]] = await rowsOf('SELECT sum(score), sum(grp) FROM scores');
if (scores !== 829991663n || groups !== 49950574828n) throw new Error(`not the published input: ${scores}, ${groups}`);

await connection.run('SET threads = 1');
const selects = {
  'with FILTER': `100.0 * (count(*) FILTER (score >= 9) - count(*) FILTER (score < 7)) / count(*) AS nps,
                  count(*) FILTER (score >= 9)::DOUBLE / count(*) AS csat`,
  'with avg': `100.0 * avg((score >= 9)::INT - (score < 7)::INT) AS nps, avg((score >= 9)::INT) AS csat`,
};
const [[version]] = await rowsOf('SELECT version()');
for (const [name, select] of Object.entries(selects)) {
  const query = `SELECT grp, count(*), ${select}, avg(score) AS mean FROM scores GROUP BY grp ORDER BY grp`;
  const seconds = [];
  for (let run = 0; run <= runs; ++run) {
    const before = process.cpuUsage();
    const rows = await rowsOf(query);
    const spent = process.cpuUsage(before);
    if (run > 0) seconds.push((spent.user + spent.system) / 1e6);
    const [, answers, nps] = rows[0];
    if (rows.length !== 1000 || answers !== 100197n || Math.abs(nps - 45.183987544537263) > 1e-12)
      throw new Error(`a wrong answer: ${rows.length} groups, ${rows[0]}`);
  }
  seconds.sort((one, other) => one - other);
  const [median, least] = [seconds[runs >> 1], seconds[0]].map((each) => each.toFixed(3));
  console.log(`DuckDB ${version} ${name}: ${median} CPU seconds (least ${least}) of ${runs} runs`);
}
