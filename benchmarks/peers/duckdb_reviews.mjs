// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Ten million reviews of 100,000 products ranked by DuckDB on one thread, the table being in memory: CPU seconds of the
// query alone. The input is that of ../reviews_inputs.hpp, made in SQL and held to the same checksums.

import { DuckDBInstance } from '@duckdb/node-api';

const runs = Number(process.argv[2] ?? 7);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS();

await connection.run(`
  CREATE MACRO times(a, b) AS ((a * (b & 65535)) + (((a * (b >> 16)) & 65535) << 16)) & 4294967295;
  CREATE MACRO fmix_2(h) AS xor(h, h >> 16);
  CREATE MACRO fmix_1(h) AS fmix_2(times(xor(h, h >> 13), 3266489909));
  CREATE MACRO fmix32(i) AS fmix_1(times(xor(i, i >> 16), 2246822507));
  CREATE TABLE drawn AS
    SELECT i, ((((h::HUGEINT * h::HUGEINT) >> 32) * 100000) >> 32)::BIGINT AS product
    FROM (SELECT i, fmix32(xor(i, 1374496523)) AS h FROM range(10000000) AS numbers(i));
  CREATE TABLE reviews AS
    SELECT product::UINTEGER AS product,
           (CASE WHEN w < 100 THEN 1 WHEN w < 160 THEN 2 WHEN w < 250 THEN 3 WHEN w < 450 THEN 4 ELSE 5 END)::TINYINT
             AS stars
    FROM (SELECT i, product, (3 * (fmix32(xor(i, 2773480762)) % 1000) + fmix32(product + 77) % 1000) // 4 AS w
          FROM drawn) ORDER BY i;
  DROP TABLE drawn;`);
const [[stars, products]] = await rowsOf('SELECT sum(stars), sum(product) FROM reviews');
if (stars !== 43035940n || products !== 333375226039n) throw new Error(`not the published input: ${stars}, ${products}`);

await connection.run('SET threads = 1');
const counted = `counted AS (SELECT product, count(*)::DOUBLE AS n, sum(stars)::DOUBLE AS s,
    sum(stars::SMALLINT * stars::SMALLINT)::DOUBLE AS q, (count(*) FILTER (stars >= 4))::DOUBLE AS k FROM reviews GROUP BY product)`;
// The mean of all ratings follows from the groups: no second pass.
const bayes = '(100 * (sum(s) OVER () / sum(n) OVER ()) + s) / (100 + n)';
const wilson = `(k / n + 3.8414588206941254 / (2 * n) - 1.959963984540054 *
    sqrt(k / n * (1 - k / n) / n + 3.8414588206941254 / (4 * n * n))) / (1 + 3.8414588206941254 / n)`;
const posterior = '(s + 15) / (n + 5) - 1.65 * sqrt(((q + 55) / (n + 5) - pow((s + 15) / (n + 5), 2)) / (n + 6))';
const queries = {
  'all three, all ranked': `WITH ${counted}, scored AS (SELECT product, ${bayes} AS b, ${wilson} AS w, ${posterior} AS p
      FROM counted) SELECT count(*), sum(i * (b_at = 1)::INT), sum(i * (w_at = 1)::INT), sum(i * (p_at = 1)::INT) FROM
      (SELECT product AS i, row_number() OVER (ORDER BY b DESC) AS b_at, row_number() OVER (ORDER BY w DESC) AS w_at,
       row_number() OVER (ORDER BY p DESC) AS p_at FROM scored)`,
  'Bayesian average, top 100': `SELECT product FROM (SELECT product, ${bayes} AS b FROM
      (SELECT product, count(*)::DOUBLE AS n, sum(stars)::DOUBLE AS s FROM reviews GROUP BY product))
      ORDER BY b DESC LIMIT 100`,
  'Wilson, top 100': `SELECT product FROM (SELECT product, count(*)::DOUBLE AS n,
      (count(*) FILTER (stars >= 4))::DOUBLE AS k FROM reviews GROUP BY product) ORDER BY ${wilson} DESC LIMIT 100`,
  'star posterior, top 100': `WITH ${counted} SELECT product FROM counted ORDER BY ${posterior} DESC LIMIT 100`,
};
const [[version]] = await rowsOf('SELECT version()');
for (const [name, query] of Object.entries(queries)) {
  const seconds = [];
  for (let run = 0; run <= runs; ++run) {
    const before = process.cpuUsage();
    const rows = await rowsOf(query);
    const spent = process.cpuUsage(before);
    if (run > 0) seconds.push((spent.user + spent.system) / 1e6);
    const right = rows.length === 100 ? [5, 132, 52].includes(rows[0][0])
      : Number(rows[0][1]) === 5 && Number(rows[0][2]) === 132 && Number(rows[0][3]) === 52;
    if (!right) throw new Error(`a wrong answer: ${rows[0]}`);
  }
  seconds.sort((one, other) => one - other);
  const [median, least] = [seconds[runs >> 1], seconds[0]].map((each) => each.toFixed(3));
  console.log(`DuckDB ${version} ${name}: ${median} CPU seconds (least ${least}) of ${runs} runs`);
}
