#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""What each public header costs whoever includes it: preprocessed lines, and CPU seconds at -O2.

    benchmarks/compile_cost.py --check [COMPILER]            hold the lines to their ceilings, and the table to them
    benchmarks/compile_cost.py --write [COMPILER] [ROUNDS]   measure, and write the table into the page
    benchmarks/compile_cost.py --stale [COMPILER] [ROUNDS]   the same, of those rows only that the lines show to be old

The check takes no time into account, for time depends on the machine. Seconds are user and system time of the compiler
and its children, the least of the rounds; a round compiles every file once, so that a busy minute falls on all alike.
"""
import concurrent.futures
import datetime
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import textwrap

root = pathlib.Path(__file__).resolve().parent.parent
page = root / "docs/explanation/performance.md"
begin, end = "<!-- compile_cost.py writes from here -->", "<!-- to here -->"
flags = ["-std=c++20", "-I", str(root / "include")]
table_may_be_off = 0.03  # of the lines

# Lines allowed, a tenth above what there was when they were set: of a folder, of its umbrella, of a header that has to
# be dearer. 60,000 lines take half a second to read, and a call to one metric half a second more.
folder_ceilings = {"core": 68_000, "math": 53_000, "inference": 76_000, "agreement": 76_000, "interop": 62_000,
                   # These sort: <algorithm>, <map>.
                   "history": 94_000, "retention": 99_000, "survival": 99_000, "churn": 99_000,
                   "reviews": 99_000, "clv": 93_000}
family_ceiling = 66_000  # survey, and every family to come
ceilings = {
    "math.hpp": 64_000, "inference.hpp": 81_000, "agreement.hpp": 78_000, "survey.hpp": 97_000, "credence.hpp": 149_000,
    "history.hpp": 95_000, "retention.hpp": 102_000, "survival.hpp": 102_000, "churn.hpp": 112_000,
    "reviews.hpp": 102_000, "clv.hpp": 109_000,
    "core.hpp": 68_000, "io.hpp": 54_000,
    "survey/weighting.hpp": 69_000, "survey/bootstrap.hpp": 79_000, "interop/std_execution.hpp": 160_000,
}

# CPU seconds hoped for, told in the page: of a header of these families, and of everything.
quick_families = ("survey", "reviews", "retention", "churn", "clv")
family_seconds, everything_seconds = 1.0, 3.0

# The call of each metric, of rows as a host has them.
rows = """#include <vector>
struct row {
  int unit, rater, score, before;
  double weight, revenue;
  std::vector<int> items;
};
auto answer(std::vector<row> const& rows) {
  using namespace credence;
  return CALL;
}
"""
events = """#include <chrono>
#include <vector>
struct event {
  int user;
  std::chrono::sys_seconds time;
  bool visit;
};
auto answer(std::vector<event> const& events) {
  using namespace credence;
  return CALL;
}
"""
customers = """#include <chrono>
#include <optional>
#include <vector>
struct customer {
  int name, months, plan, revenue;
  bool has_left;
  double score;
  std::chrono::sys_days start;
  std::optional<std::chrono::sys_days> end;
};
auto answer(std::vector<customer> const& customers) {
  using namespace credence;
  return CALL;
}
"""
buyers = """#include <vector>
struct buyer {
  int frequency, days_since;
  double recency, age, monetary_value;
};
auto answer(std::vector<buyer> const& buyers) {
  using namespace credence;
  return CALL;
}
"""
of_times = "customers, &customer::months, &customer::has_left"
of_scores = "customers, &customer::score, &customer::has_left"
periods = """#include <vector>
auto answer(std::vector<credence::period_value> const& months) { return credence::CALL; }
"""
one_score = {name: f"{name}(rows, &row::score).value" for name in
             ("nps", "csat", "share", "ces", "likert", "net_sentiment")}
calls = {f"survey/{name}.hpp": (rows, call) for name, call in one_score.items()} | {
    "survey/response_rate.hpp": (rows, "response_rate(rows, [](row const& each) { return each.score != 0; }).value"),
    "survey/item_nonresponse.hpp": (rows, "item_nonresponse(rows, &row::items).value"),
    "survey/ratio_of_totals.hpp": (rows, "ratio_of_totals(rows, &row::revenue, &row::weight).value"),
    "survey/trust_index.hpp": (rows, "trust_index(rows, &row::items).value"),
    "survey/weighting.hpp": (rows, "raked(rows, margins(margin(&row::unit, {{1, .5}, {2, .5}}),"
                                   " margin(&row::rater, {{1, .5}, {2, .5}}))).design_effect"),
    "survey/bootstrap.hpp": ("#include <credence/survey/nps.hpp>\n" + rows,
                             "bootstrap(nps(rows, &row::score)).standard_error"),
    "inference/mean.hpp": (rows, "mean(rows, &row::score).value"),
    "inference/spearman.hpp": (rows, "spearman(rows, &row::score, &row::revenue).value"),
    "inference/drivers.hpp": (rows, "drivers(rows, &row::score, &row::items).r_squared"),
    "inference/linkage.hpp": (rows, "linkage(rows, &row::unit, &row::rater, &row::score, &row::revenue).count"),
    "inference/compare_paired.hpp": (rows, "compare_paired(rows, &row::score, &row::before).p_value"),
    "inference/mean_comparison.hpp": (rows, "compare(mean(rows, &row::score), mean(rows, &row::before)).p_value"),
    "inference/trend.hpp": (periods, "trend(months).slope"),
    "inference/before_after.hpp": (periods, "before_after(months, 8).lags"),
    "agreement/icc.hpp": (rows, "icc(rows, &row::items).value"),
    "agreement/cronbach_alpha.hpp": (rows, "cronbach_alpha(rows, &row::items).value"),
    "agreement/cohen_kappa.hpp": (rows, "cohen_kappa(rows, &row::score, &row::before).value"),
    "agreement/fleiss_kappa.hpp": (rows, "fleiss_kappa(rows, &row::unit, &row::score).value"),
    "agreement/krippendorff_alpha.hpp": (rows, "krippendorff_alpha(rows, &row::unit, &row::rater, &row::score).value"),
    "history/activity.hpp": (events, "activity(events, &event::user, &event::time, calendar_day{}).state().rows"),
    "retention/cohort_retention.hpp": (
        events, "cohort_retention(events, &event::user, &event::time, calendar_month{}).count"),
    "retention/n_day_retention.hpp": (events, "n_day_retention(events, &event::user, &event::time).count"),
    "retention/lifecycle.hpp": (events, "lifecycle(events, &event::user, &event::time, calendar_week{}).count"),
    "retention/active_users.hpp": (events, "active_users(events, &event::user, &event::time, sliding{}).count"),
    "retention/stickiness.hpp": (events, "stickiness(events, &event::user, &event::time).mean"),
    "retention/power_user_curve.hpp": (events, "power_user_curve(events, &event::user, &event::time).mean"),
    "retention/repeat_rate.hpp": (events, "repeat_rate(events, &event::user, &event::time).value"),
    "retention/inter_purchase_times.hpp": (events, "inter_purchase_times(events, &event::user, &event::time).value"),
    "retention/funnel.hpp": (events, "funnel(events, &event::user, &event::time, steps(&event::visit)).count"),
    "survival/survival_times.hpp": (customers, f"survival_times({of_times}).result().count"),
    "survival/kaplan_meier.hpp": (customers, f"kaplan_meier({of_times}).median().value"),
    "survival/nelson_aalen.hpp": (customers, f"nelson_aalen({of_times}).at(12).hazard"),
    "survival/log_rank.hpp": (customers, f"log_rank({of_times}, grouped_by(&customer::plan)).p_value"),
    "survival/aalen_johansen.hpp": (customers, f"aalen_johansen({of_times}).at(12).survival"),
    "survival/gray_test.hpp": (
        customers, f"gray_test({of_times}, grouped_by(&customer::plan), {{.cause = 1}}).p_value"),
    "survival/concordance.hpp": (customers, f"concordance({of_times}, &customer::score).value"),
    "churn/churn_rate.hpp": (
        customers, "churn_rate(customers, &customer::start, &customer::end, {.from = customers[0].start}).value"),
    "churn/churn_series.hpp": (
        customers, "churn_series(customers, &customer::start, &customer::end, every{std::chrono::days{28}}).count"),
    "churn/activity_churn.hpp": (
        customers, "activity_churn(customers, &customer::name, &customer::start).value"),
    "churn/churn_reasons.hpp": (customers, "churn_reasons(customers, &customer::plan).count"),
    "churn/tolerance.hpp": (
        customers, "tolerance(customers, &customer::name, &customer::start, &customer::end).count"),
    "churn/revenue_movements.hpp": (
        customers, "revenue_movements(customers, &customer::name, &customer::start, &customer::revenue).count"),
} | {f"churn/{name}.hpp": (customers, f"{name}({of_scores}).value") for name in
     ("roc_auc", "average_precision", "brier_score", "log_loss", "kolmogorov_smirnov", "lift", "calibration",
      "expected_maximum_profit")} | {
    "reviews/star_summary.hpp": (rows, "star_summary(rows, &row::score).value"),
    "reviews/bayesian_average.hpp": (
        rows, "bayesian_average(rows, &row::score, {.prior_mean = 3.5, .prior_weight = 25}).value"),
    "reviews/wilson_lower_bound.hpp": (rows, "wilson_lower_bound(rows, &row::score).value"),
    "reviews/star_lower_bound.hpp": (rows, "star_lower_bound(rows, &row::score).value"),
    "reviews/shrunk_rating.hpp": (rows, "shrunk_rating(rows, &row::score).value"),
    "reviews/decayed_mean.hpp": (customers, "decayed_mean(customers, &customer::start, &customer::score).value"),
    "reviews/hotness.hpp": (customers, "hotness(customers, &customer::start, &customer::has_left).value"),
    "reviews/incentive_effect.hpp": (
        customers, "incentive_effect(customers, &customer::score, &customer::has_left).shift"),
    "reviews/rating_catalogue.hpp": (rows, "rating_catalogue(rows, &row::unit, &row::score).result().items"),
    "reviews/ranking.hpp": ("#include <credence/reviews/star_lower_bound.hpp>\n" + rows,
                            "ranking(rows, &row::unit, &row::score, star_lower_bound_accumulator{}).count"),
    "reviews/rater_bias.hpp": (rows, "rater_bias(rows, &row::rater, &row::unit, &row::score).mean"),
    "reviews/rater_z_scores.hpp": (rows, "rater_z_scores(rows, &row::rater, &row::unit, &row::score).count"),
    "reviews/additive_ratings.hpp": (
        rows, "fit<additive_ratings>(rows, &row::rater, &row::unit, &row::score).iterations"),
    "reviews/latest_by.hpp": (events, "latest_by(events, &event::user, &event::visit, &event::time).superseded"),
    "reviews/majority_vote.hpp": (rows, "majority_vote(rows, &row::unit, &row::rater, &row::score).count"),
    "reviews/dawid_skene.hpp": (rows, "fit<dawid_skene>(rows, &row::unit, &row::rater, &row::score).iterations"),
    "history/orders.hpp": (events, "orders(events, &event::user, &event::time, &event::user).result().count"),
    "history/rfm.hpp": (events, "rfm(events, &event::user, &event::time, &event::user).size()"),
    "clv/rfm_scores.hpp": (
        buyers, "rfm_scores(buyers, &buyer::days_since, &buyer::frequency, &buyer::monetary_value).count"),
    "clv/gamma_gamma.hpp": (buyers, "fit<gamma_gamma>(buyers).log_likelihood"),
    "clv/shifted_beta_geometric.hpp": (buyers, "fit<shifted_beta_geometric>(buyers, &buyer::frequency).log_likelihood"),
    "clv/predict.hpp": (
        "#include <credence/clv/bg_nbd.hpp>\n" + buyers, "predict(fit<bg_nbd>(buyers), buyers, 39.0).count"),
    "clv/customer_lifetime_value.hpp": (
        "#include <credence/clv/bg_nbd.hpp>\n#include <credence/clv/gamma_gamma.hpp>\n" + buyers,
        "customer_lifetime_value(fit<bg_nbd>(buyers), fit<gamma_gamma>(buyers), buyers, {.horizon = 52}).count"),
    "clv/spend_independence.hpp": (buyers, "spend_independence(buyers).count"),
    "clv/revenue_concentration.hpp": (buyers, "revenue_concentration(buyers, &buyer::monetary_value).value"),
    "clv/historical_value.hpp": (
        customers, "historical_value(customers, &customer::name, &customer::revenue).count"),
} | {f"clv/{name}.hpp": (buyers, f"fit<{name}>(buyers{options}).log_likelihood") for name, options in
     (("nbd", ""), ("bg_nbd", ""), ("mbg_nbd", ""), ("pareto_nbd", ""), ("bg_cnbd_k", ", {.k = 2}"),
      ("mbg_cnbd_k", ", {.k = 2}"), ("bg_bb", ""))} | {
    "survey.hpp": (rows, one_score["nps"]),
    "credence.hpp": (rows, one_score["nps"]),
}


def public_headers():
    below = root / "include/credence"
    names = (path.relative_to(below) for path in below.rglob("*.hpp"))
    return sorted((str(name) for name in names if "detail" not in name.parts), key=lambda name: (name.count("/"), name))


def preprocessed_lines(compiler):
    """The lines of every header that this machine can read; those of interop/ may need what is not installed."""
    def lines(header):
        seen = subprocess.run([compiler, *flags, "-E", "-x", "c++", "-"], input=f"#include <credence/{header}>\n",
                              capture_output=True, text=True)
        if seen.returncode == 0:
            return header, seen.stdout.count("\n")
        first = seen.stderr.splitlines()[0]
        if not header.startswith("interop/") or "credence/" in first.split("error:")[-1]:
            raise SystemExit(f"{header}: {first}")
        print(f"left out: {header}: {first}")
        return header, None
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return {header: count for header, count in pool.map(lines, public_headers()) if count is not None}


def ceiling(header):
    folder = header.partition("/")[0]
    return ceilings.get(header, folder_ceilings.get(folder, family_ceiling))


def version_of(compiler):
    """g++'s; of another compiler nothing."""
    return subprocess.run([compiler, "-dumpfullversion"], capture_output=True, text=True).stdout.strip()


def parts_of_page():
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    table, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{page}: the lines that enclose the table are not there")
    return before, table, after


def table_rows(table):
    """header → lines, seconds, seconds with a call, as the page has them."""
    cells = re.findall(r"^\| `([\w/]+\.hpp)` \| ([\d,]+) \| ([\d.]+) \| ([\d.]*) \|$", table, re.M)
    return {header: (int(lines.replace(",", "")), float(alone), float(called) if called else None)
            for header, lines, alone, called in cells}


def stale(lines, known):
    return [header for header in lines
            if header not in known or abs(lines[header] - known[header][0]) > table_may_be_off * known[header][0]]


def check(compiler):
    table = parts_of_page()[1]
    written_by = re.search(r"g\+\+ (\d+)", table)
    own = version_of(compiler).partition(".")[0]
    if not written_by or written_by[1] != own:
        print(f"skipped: the ceilings and the table are of g++ {written_by[1] if written_by else '?'}, and {compiler} is "
              + (f"{own}" if own else "none"))
        return 77
    lines, known = preprocessed_lines(compiler), table_rows(table)
    wrong = [f"{header}: {count:,} preprocessed lines, at most {ceiling(header):,} are allowed"
             for header, count in lines.items() if count > ceiling(header)]
    for header in stale(lines, known):
        there = f"{known[header][0]:,}" if header in known else "nothing"
        wrong.append(f"{header}: {lines[header]:,} preprocessed lines, and {page.name} says {there}; "
                     "run benchmarks/compile_cost.py --stale")
    wrong += [f"{header}: in {page.name}, and no public header"
              for header in sorted(known.keys() - set(public_headers()))]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(lines)} headers, at most {max(lines.values()):,} preprocessed lines")
    return 1 if wrong else 0


def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def least_seconds(compiler, headers, rounds):
    """(header, with a call?) → the least CPU seconds."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = {}
        for header in headers:
            include = f"#include <credence/{header}>\n"
            sources[header, False] = include
            if header in calls:
                frame, call = calls[header]
                sources[header, True] = include + frame.replace("CALL", call)
        paths = {}
        for number, (key, text) in enumerate(sources.items()):
            paths[key] = pathlib.Path(scratch, f"{number}.cpp")
            paths[key].write_text(text, encoding="utf-8")
        compiling = [compiler, *flags, "-O2", "-c", "-o", f"{scratch}/object.o"]
        seen = {key: [] for key in paths}
        for turn in range(rounds):
            print(f"round {turn + 1} of {rounds}: {len(paths)} files", flush=True)
            for key, path in paths.items():
                seen[key].append(cpu_seconds([*compiling, str(path)]))
        return {key: min(times) for key, times in seen.items()}


def dearest(known, headers, column):
    header = max(headers, key=lambda name: known[name][column] or 0)
    return f"{known[header][column]:.2f} (`{header}`)"


def verdicts(known):
    """Whether the seconds are what was hoped for, in sentences."""
    for folder in quick_families:
        own = [header for header in known if header.startswith(folder + "/")]
        called = [header for header in own if known[header][2] is not None]
        if not called:
            continue
        over = [f"`{header}` {known[header][2]:.2f}" for header in called if known[header][2] > family_seconds]
        yield (f"Headers of `{folder}/`, at most {family_seconds:.1f} s: included {dearest(known, own, 1)} at most; with "
               f"a call, {statistics.median(known[header][2] for header in called):.2f} in the median, "
               + (f"of {len(called)} metrics {len(over)} are over it: {', '.join(over)}." if over
                  else f"{dearest(known, called, 2)} at most."))
    _, alone, called = known["credence.hpp"]
    within = "within" if max(alone, called) <= everything_seconds else "NOT within"
    yield (f"`credence.hpp`, at most {everything_seconds:.1f} s: {alone:.2f} included, {called:.2f} with a call to `nps`, "
           f"{within} it.")


def caption(compiler, rounds, headers, before):
    """Who measured what when. Rows that are measured again are named behind what is said of all."""
    today = datetime.date.today()
    if before and headers:
        again = " and ".join(f"`{header}`" for header in headers) if len(headers) < 5 else f"{len(headers)} rows"
        return f"{before} Again on {today}: {again}."
    return before or (f"g++ {version_of(compiler)}, `-std=c++20 -O2 -c`, {today}; the least of {rounds} rounds, user and "
                      "system time.")


def write(compiler, rounds, only_stale):
    lines = preprocessed_lines(compiler)
    table = parts_of_page()[1]
    known = {header: row for header, row in table_rows(table).items() if header in public_headers()}
    headers = stale(lines, known) if only_stale else list(lines)
    seconds = least_seconds(compiler, headers, rounds)
    for header in headers:
        known[header] = (lines[header], seconds[header, False], seconds.get((header, True)))
    said = " ".join(table.partition("\n\n")[0].split()) if only_stale else ""
    paragraphs = [caption(compiler, rounds, headers, said), *(f"* {verdict}" for verdict in verdicts(known))]
    text = [textwrap.fill(paragraph, 120, subsequent_indent="  " if paragraph[0] == "*" else "",
                          break_long_words=False, break_on_hyphens=False) for paragraph in paragraphs]
    text[1:1] = text[len(text):] = [""]
    text += ["| header | lines | s, included | s, and one call |", "|---|---|---|---|"]
    for header in sorted(known, key=lambda name: (name.count("/"), name)):
        count, alone, called = known[header]
        text.append(f"| `{header}` | {count:,} | {alone:.2f} | {'' if called is None else f'{called:.2f}'} |")
    before, _, after = parts_of_page()  # read again: whoever edited the page meanwhile is not undone
    page.write_text(before + begin + "\n" + "\n".join(text) + "\n" + end + after, encoding="utf-8")
    print(f"{len(headers)} rows written to {page.relative_to(root)}")
    return 0


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else ""
    compiler = sys.argv[2] if len(sys.argv) > 2 else "g++"
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    if mode == "--check":
        return check(compiler)
    if mode in ("--write", "--stale"):
        return write(compiler, rounds, mode == "--stale")
    print(__doc__)
    return 2


sys.exit(main())
