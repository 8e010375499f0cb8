// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Retention and revenue of 1M users with 10M events in DuckDB, on one thread: CPU seconds of the query alone, the table being in
// memory and in order of time. Each question in several wordings, of which the fastest counts; all of them are held to
// one checksum, and to the files of a folder of answers where one is given. The events come from write_events.cpp, as
// CSV on standard input. usage: write_events | node duckdb_retention.mjs [RUNS] [ANSWERS]

import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const runs = Number(process.argv[2] ?? 5);
const answers = process.argv[3];
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS();

// The time in two forms, of which each query takes what suits it: months are faster of TIMESTAMP, the rest of seconds.
await connection.run(`
  CREATE TABLE events AS
    SELECT second, make_timestamp(second * 1000000) AS time, user, cents
    FROM read_csv('/dev/stdin', header = false, columns = {second: 'BIGINT', user: 'INTEGER', cents: 'INTEGER'})`);
const [[events, cents, first]] = await rowsOf('SELECT count(*), sum(cents), min(second) FROM events');
if (events !== 10000000n || cents !== 45309420000n || first !== 1704067203n)
  throw new Error(`not the published input: ${events}, ${cents}, ${first}`);
await connection.run('SET threads = 1');

const origin = 1704067200, days = 731, first_day = origin / 86400;
const list = (count, each) => Array.from({ length: count }, (_, at) => each(at)).join(', ');

// --- users of each cohort of a month, 0 being January 2024, that were active 0, 1, 2 … months later ---
const month = '(year(time) - 2024) * 12 + month(time) - 1';
const by_mask = `
  WITH masks AS (SELECT mask, bit_count((mask & -mask) - 1) AS cohort, count(*) AS users
                 FROM (SELECT bit_or((1 << (${month}))::INTEGER) AS mask FROM events GROUP BY user) GROUP BY mask)
  SELECT cohort, month - cohort AS age, sum(users) FROM masks, range(24) AS months(month)
  WHERE mask >> month & 1 = 1 GROUP BY ALL ORDER BY ALL`;
const by_join = `
  WITH active AS (SELECT DISTINCT user, (${month})::TINYINT AS month FROM events),
       firsts AS (SELECT user, min(month) AS cohort FROM active GROUP BY user)
  SELECT cohort, month - cohort AS age, count(*) FROM active JOIN firsts USING (user) GROUP BY ALL ORDER BY ALL`;
const by_textbook_join = `
  WITH firsts AS (SELECT user, min(${month}) AS cohort FROM events GROUP BY user)
  SELECT cohort, ${month} - cohort AS age, count(DISTINCT user) FROM events JOIN firsts USING (user)
  GROUP BY ALL ORDER BY ALL`;

// --- distinct users of each day ---
const daily = (where = 'true') =>
  `SELECT second // 86400 AS day, count(DISTINCT user) AS users FROM events WHERE ${where} GROUP BY day`;
const daily_by_distinct = `
  SELECT day - DATE '1970-01-01', count(*) FROM (SELECT DISTINCT time::DATE AS day, user FROM events)
  GROUP BY day ORDER BY day`;
// DuckDB's hash table of all pairs of day and user outgrows the caches; those of a few days do not, and the table is in
// order of time.
const daily_in_parts = (length) => Array.from({ length: Math.ceil(days / length) }, (_, at) => {
  const begin = origin + at * length * 86400;
  return daily(`second >= ${begin} AND second < ${begin + length * 86400}`);
}).join(' UNION ALL ');

// --- distinct users of each day and the 27 before it ---
// A user is counted from a day on until 28 days later or the next active day, whichever comes first.
const trailing_of = (spans) => `
  WITH spans AS MATERIALIZED (${spans}),
       steps AS (SELECT day, count(*) AS step FROM spans GROUP BY day
                 UNION ALL SELECT stop, -count(*) FROM spans GROUP BY stop)
  SELECT day, sum(step) OVER (ORDER BY day) FROM (SELECT day, sum(step) AS step FROM steps GROUP BY day) ORDER BY day`;
const trailing_by_window = trailing_of(`
  SELECT day, least(day + 28, next) AS stop
  FROM (SELECT second // 86400 AS day, lead(second // 86400, 1, 30000) OVER (PARTITION BY user ORDER BY second) AS next
        FROM events)
  WHERE day <> next`);
// User and day as one number of 32 bits, which DuckDB sorts faster than one of 64. Only where more than 28 days lie
// between two keys does one span end and another begin; between users they always do. An extra key ends the last span.
const trailing_by_key = `
  WITH gaps AS MATERIALIZED (
         SELECT key, before
         FROM (SELECT key, lag(key, 1, -1) OVER () AS before
               FROM (SELECT (user * 1024 + second // 86400 - ${first_day})::INTEGER AS key FROM events
                     UNION ALL SELECT 2147483647 ORDER BY key))
         WHERE key > before + 28 OR before < 0),
       steps AS (SELECT key & 1023 AS day, count(*) AS step FROM gaps WHERE key < 2147483647 GROUP BY day
                 UNION ALL SELECT before + 28 & 1023 AS day, -count(*) FROM gaps WHERE before >= 0 GROUP BY day)
  SELECT day + ${first_day}, sum(step) OVER (ORDER BY day)
  FROM (SELECT day, sum(step) AS step FROM steps GROUP BY day) ORDER BY day`;

// --- new, returning (kept), resurrecting and dormant users of each week from Monday ---
const lifecycle_of = (weeks) => `
  WITH ${weeks}
  SELECT week + 2818, new, kept, active - new - kept, lag(active, 1, 0) OVER (ORDER BY week) - kept
  FROM weeks ORDER BY week`;
const lifecycle_by_window = lifecycle_of(`
  pairs AS (SELECT DISTINCT user, ((second - ${origin}) // 604800)::INTEGER AS week FROM events),
  steps AS (SELECT week, lag(week) OVER (PARTITION BY user ORDER BY week) AS before FROM pairs),
  weeks AS (SELECT week, count(*) AS active, count(*) FILTER (before IS NULL) AS new,
                   count(*) FILTER (week = before + 1) AS kept
            FROM steps GROUP BY week)`);
const lifecycle_by_key = lifecycle_of(`
  steps AS (SELECT key, lag(key, 1, -1) OVER () AS before
            FROM (SELECT (user * 128 + (second - ${origin}) // 604800)::INTEGER AS key FROM events ORDER BY key)),
  weeks AS (SELECT key & 127 AS week, count(*) AS active, count(*) FILTER (key >> 7 <> before >> 7) AS new,
                   count(*) FILTER (key = before + 1 AND key & 127 <> 0) AS kept
            FROM steps WHERE key <> before GROUP BY week)`);
// A bit for each week, in two masks of a user that share week 61, so that none of the second needs one of the first.
// Three lanes of 21 bits, each large enough for a million, are summed at once.
const masks = ['active_1', 'active_2', 'kept_1', 'kept_2', 'new_1', 'new_2'];
const lanes = 2 ** 42 + 2 ** 21 + 1;
const lane = (mask, bit) => `${mask}_${bit % 21} >> ${21 * Math.floor(bit / 21)} & 2097151`;
const of_weeks = (name) => list(105, (week) => (week < 62 ? lane(`${name}_1`, week) : lane(`${name}_2`, week - 61)));
const lifecycle_by_mask = lifecycle_of(`
  early AS (SELECT user, bit_or(1::BIGINT << (second - ${origin}) // 604800) AS mask FROM events
            WHERE second < ${origin + 62 * 604800} GROUP BY user),
  late AS (SELECT user, bit_or(1::BIGINT << (second - ${origin + 61 * 604800}) // 604800) AS mask FROM events
           WHERE second >= ${origin + 61 * 604800} GROUP BY user),
  actives AS (SELECT coalesce(early.mask, 0) AS active_1, coalesce(late.mask, 0) AS active_2
              FROM early FULL JOIN late USING (user)),
  masks AS (SELECT *, active_1 & (active_1 << 1) AS kept_1, active_2 & (active_2 << 1) AS kept_2,
                   active_1 & -active_1 AS new_1,
                   CASE active_1 WHEN 0 THEN active_2 & -active_2 ELSE 0 END AS new_2
            FROM actives),
  sums AS (SELECT ${masks.map((mask) =>
             list(21, (at) => `sum(${mask} >> ${at} & ${lanes})::BIGINT AS ${mask}_${at}`))}
           FROM masks),
  weeks AS (SELECT unnest(range(105)) AS week, unnest([${of_weeks('active')}]) AS active,
                   unnest([${of_weeks('kept')}]) AS kept, unnest([${of_weeks('new')}]) AS new
            FROM sums)`);

// --- users N windows of 24 hours after their first event: there, and then or later, of those seen for so long ---
const ages = [1, 7, 14, 30, 60, 90];
const seen = (age) => `first <= ${origin + (days - age - 1) * 86400}`;
const n_day_by_flags = `
  WITH firsts AS (SELECT user, min(second) AS first FROM events GROUP BY user),
       users AS (SELECT any_value(first) AS first, max(second - first) // 86400 AS last,
                        bit_or(CASE (second - first) // 86400
                               ${ages.map((age, at) => `WHEN ${age} THEN ${1 << at}`).join(' ')} ELSE 0 END) AS flags
                 FROM events JOIN firsts USING (user) GROUP BY user)
  SELECT unnest([${ages}]), unnest([${ages.map((age) => `count(*) FILTER (${seen(age)})`)}]),
         unnest([${ages.map((age, at) => `count(*) FILTER (${seen(age)} AND flags & ${1 << at} <> 0)`)}]),
         unnest([${ages.map((age) => `count(*) FILTER (${seen(age)} AND last >= ${age})`)}])
  FROM users`;
const n_day_by_distinct = `
  WITH firsts AS (SELECT user, min(second) AS first, max(second) AS last FROM events GROUP BY user),
       hits AS (SELECT age, count(DISTINCT user) AS hits
                FROM (SELECT user, first, (second - first) // 86400 AS age FROM events JOIN firsts USING (user))
                WHERE age IN (${ages}) AND first + (age + 1) * 86400 <= ${origin + days * 86400} GROUP BY age),
       wide AS (SELECT [${ages.map((age) => `count(*) FILTER (${seen(age)})`)}] AS eligible,
                       [${ages.map((age) => `count(*) FILTER (${seen(age)} AND last - first >= ${age * 86400})`)}]
                         AS later
                FROM firsts),
       tall AS (SELECT unnest([${ages}]) AS age, unnest(eligible) AS eligible, unnest(later) AS later FROM wide)
  SELECT age, eligible, hits, later FROM tall JOIN hits USING (age) ORDER BY age`;

// --- what users pay by month against the month before, with gross and net retention ---
const movements_of = (months) => `
  WITH ${months},
       opened AS (SELECT *, lag(mrr, 1, 0) OVER (ORDER BY month)::BIGINT AS start FROM months),
       churned AS (SELECT *, start - kept AS churn FROM opened)
  SELECT month, mrr, start, new, reactivation, expansion, contraction, churn,
         (start - contraction - churn) / nullif(start, 0), (start - contraction - churn + expansion) / nullif(start, 0)
  FROM churned ORDER BY month`;
const total = (what, where) => `coalesce(sum(${what}) FILTER (${where}), 0)::BIGINT`;
const months_of_steps = `
  months AS (SELECT month, sum(now)::BIGINT AS mrr, ${total('now', 'last IS NULL')} AS new,
                    ${total('now', 'last < month - 1')} AS reactivation,
                    ${total('now - before', 'last = month - 1 AND now > before')} AS expansion,
                    ${total('before - now', 'last = month - 1 AND now < before')} AS contraction,
                    ${total('before', 'last = month - 1')} AS kept
             FROM steps GROUP BY month)`;
const movements_by_window = movements_of(`
  pairs AS (SELECT user, (${month})::TINYINT AS month, sum(cents)::INTEGER AS now FROM events GROUP BY ALL),
  steps AS (SELECT month, now, lag(month) OVER own AS last, lag(now) OVER own AS before
            FROM pairs WINDOW own AS (PARTITION BY user ORDER BY month)), ${months_of_steps}`);
const movements_by_key = movements_of(`
  pairs AS (SELECT (user * 32 + ${month})::INTEGER AS key, sum(cents)::INTEGER AS now FROM events GROUP BY key),
  lags AS (SELECT key, now, lag(key) OVER () AS last, lag(now) OVER () AS before
           FROM (SELECT * FROM pairs ORDER BY key)),
  steps AS (SELECT key & 31 AS month, now, CASE WHEN last >> 5 = key >> 5 THEN last & 31 END AS last, before FROM lags),
  ${months_of_steps}`);
// Where DuckDB may index an array by a user of 20 bits instead of hashing it; by default it does so up to 12 bits only.
const indexed = 20;
const questions = [
  ['monthly cohorts', 'cohort_join', 488257380n,
    [['bit mask', by_mask], ['bit mask', by_mask, indexed], ['join of distinct months', by_join],
     ['join of distinct months', by_join, indexed], ['join of events', by_textbook_join],
     ['join of events', by_textbook_join, indexed]]],
  ['daily users', undefined, 573161371n,
    [['count(DISTINCT)', `${daily()} ORDER BY day`],
     ['DISTINCT, then count', daily_by_distinct],
     ['count(DISTINCT) of 8 days each', `SELECT * FROM (${daily_in_parts(8)}) ORDER BY day`]]],
  ['trailing 28 days', 'mau28', 980467372n, [['window', trailing_by_window], ['sorted keys', trailing_by_key]]],
  ['weekly lifecycle', 'lifecycle', 543649984n,
    [['window', lifecycle_by_window], ['sorted keys', lifecycle_by_key], ['bit masks', lifecycle_by_mask],
     ['bit masks', lifecycle_by_mask, indexed]]],
  ['N-day', 'nday', 288384943n,
    [['flags', n_day_by_flags], ['flags', n_day_by_flags, indexed], ['distinct hits', n_day_by_distinct],
     ['distinct hits', n_day_by_distinct, indexed]]],
  ['revenue movements', 'mrr', 32785354n,
    [['window', movements_by_window], ['sorted keys', movements_by_key], ['sorted keys', movements_by_key, indexed + 5]]],
];

// Of a share its first nine decimals.
const whole = (value) => (Number.isInteger(value) ? BigInt(value) : typeof value === 'number' ?
  BigInt(Math.round(value * 1e9)) : BigInt(value ?? 0));
const checksum = (rows) => rows.flat().reduce((sum, value) => (sum * 31n + whole(value)) % 1000000007n, 7n);
const [[version]] = await rowsOf('SELECT version()');
console.log(`DuckDB ${version}: CPU seconds, median (least) of ${runs} runs`);
for (const [question, file, expected, wordings] of questions) {
  const published = answers && file && JSON.parse(readFileSync(`${answers}/${file}.json`));
  let best;
  for (const [wording, query, bits] of wordings) {
    const name = `${question}, ${wording}${bits ? ', users indexed' : ''}`;
    await connection.run(bits ? `SET perfect_ht_threshold = ${bits}` : 'RESET perfect_ht_threshold');
    const seconds = [];
    for (let run = 0; run <= runs; ++run) {
      const before = process.cpuUsage();
      const rows = await rowsOf(query);
      const spent = process.cpuUsage(before);
      if (run > 0) seconds.push((spent.user + spent.system) / 1e6);
      if (checksum(rows) !== expected || (published && String(rows) !== String(published)))
        throw new Error(`a wrong answer: ${name}: ${rows.length} rows, ${rows[0]}`);
    }
    seconds.sort((one, other) => one - other);
    const [median, least] = [seconds[runs >> 1], seconds[0]];
    console.log(`  ${name}: ${median.toFixed(3)} (${least.toFixed(3)})`);
    if (!best || median < best.median) best = { name, median, least };
  }
  console.log(`${best.name} is the fastest: ${best.median.toFixed(3)} (${best.least.toFixed(3)})`);
}
