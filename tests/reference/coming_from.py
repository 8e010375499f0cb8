#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""The Python side of docs/how-to/coming-from.md: reads the page's rows and prints the lines that its program prints.

    /usr/bin/python3 tests/reference/coming_from.py | grep -vxFf docs/how-to/coming-from.md    # prints nothing: all agree

pandas 1.5.3, numpy 1.24.2, scipy 1.10.1, statsmodels 0.13.5, as Debian 12 has them. What they have no call for is
written out, or left out.
"""
import io
import pathlib
import re

import numpy as np
import pandas as pd
import scipy.stats as st
import statsmodels.api as sm
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

page = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/how-to/coming-from.md"
csv = re.search(r"^```csv\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)[1]
df = pd.read_csv(io.StringIO(csv), parse_dates=["date"])
count = len(df)
z = st.norm.ppf(0.975)


def show(name, *figures):
    print(f"{name}:", *(f"{figure:.6g}" for figure in figures))


# One figure.
net = (df.score >= 9).astype(int) - (df.score <= 6)
show("NPS", 100 * net.mean())
show("NPS, Wald", *(100 * (net.mean() + side * z * net.std(ddof=0) / count**0.5) for side in (-1, 1)))
show("mean, sd, se", df.score.mean(), df.score.std(), df.score.sem())
show("mean, t", *st.t.interval(0.95, count - 1, df.score.mean(), df.score.sem()))
show("median", df.stars.median())
show("stars", *df.stars.value_counts().reindex(range(1, 6), fill_value=0))
top = df.stars >= 4
show("CSAT", top.mean())
for name, method in (("Wilson", "wilson"), ("Clopper-Pearson", "beta"), ("Agresti-Coull", "agresti_coull"),
                     ("Jeffreys", "jeffreys")):
    show(f"CSAT, {name}", *proportion_confint(top.sum(), count, method=method))


# Weights and designs: nothing in statsmodels has these errors, so that they are written out.
def linearised(values, weights, strata=None, clusters=None):
    z = weights * (values - np.average(values, weights=weights)) / weights.sum()
    frame = pd.DataFrame({"z": z, "stratum": 0 if strata is None else strata,
                          "unit": np.arange(count) if clusters is None else clusters})
    units = frame.groupby(["stratum", "unit"]).z.sum().groupby("stratum")
    return (units.count() * units.var(ddof=1)).sum() ** 0.5


show("weighted share, se", np.average(top, weights=df.weight), linearised(top, df.weight))
show("weighted NPS, se", 100 * np.average(net, weights=df.weight), 100 * linearised(net, df.weight))
show("stratified, se", linearised(df.score, df.weight, df.channel))
show("stratified and clustered, se", linearised(df.score, df.weight, df.channel, df.branch))
ratio = (df.weight * df.score).sum() / (df.weight * df.stars).sum()
left = df.weight * (df.score - ratio * df.stars) / (df.weight * df.stars).sum()
show("ratio, se", ratio, (count * left.var(ddof=1)) ** 0.5)
weights = pd.Series(1.0, df.index)
for cycle in range(200):
    for column, targets in (("channel", {"web": 0.4, "store": 0.6}), ("branch", {1: 0.5, 2: 0.3, 3: 0.2})):
        weights *= df[column].map(targets) * count / weights.groupby(df[column]).transform("sum")
show("raked, first weight", weights[0])
show("raked NPS, design effect", 100 * np.average(net, weights=weights), count * (weights**2).sum() / weights.sum() ** 2)

# Groups and months.
for channel, row in df.groupby("channel", sort=False).score.agg(["count", "mean", "std"]).iterrows():
    show(channel, *row)
monthly = df.resample("MS", on="date").score.agg(["count", "mean", "sem"])
for month, row in monthly.iterrows():
    show(f"{month:%Y-%m}", row["count"], row["mean"])

# Tests.
web, store = df.score[df.channel == "web"], df.score[df.channel == "store"]
welch = st.ttest_ind(web, store, equal_var=False)
show("Welch", web.mean() - store.mean(), welch.statistic, welch.pvalue)
difference = sm.stats.CompareMeans.from_data(web, store).tconfint_diff(usevar="unequal")
show("Welch, interval", *difference)
paired = st.ttest_rel(df.score, df.before)
show("paired", (df.score - df.before).mean(), paired.statistic, paired.pvalue)
show("paired, interval", *paired.confidence_interval(0.95))
tops, sizes = top.groupby(df.channel).sum(), top.groupby(df.channel).count()
show("two shares, p", proportions_ztest([tops.web, tops.store], [sizes.web, sizes.store])[1])
show("two shares, Newcombe", *confint_proportions_2indep(tops.web, sizes.web, tops.store, sizes.store, method="newcomb"))
show("Spearman", *st.spearmanr(df.score, df.stars))
seen = monthly.dropna()
time = (seen.index.year * 12 + seen.index.month).to_numpy()
line = sm.WLS(seen["mean"].to_numpy(), sm.add_constant(time), weights=1 / seen["sem"].to_numpy() ** 2).fit()
show("WLS slope, se, p", line.params[1], line.bse[1], line.pvalues[1])
values = df.before.to_numpy()
score = sum(np.sign(values[later] - values[at]) for at in range(count) for later in range(at + 1, count))
ties = np.unique(values, return_counts=True)[1]
variance = (count * (count - 1) * (2 * count + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
mann_kendall = (score - np.sign(score)) / variance**0.5
show("Mann-Kendall S, z, p", score, mann_kendall, 2 * st.norm.sf(abs(mann_kendall)))
sen = st.theilslopes(values, np.arange(count), 0.95)
show("Theil-Sen", sen.slope, sen.low_slope, sen.high_slope)
df["month"] = df.date.dt.year * 12 + df.date.dt.month
led = df.merge(df.assign(month=df.month - 1), on=["branch", "month"], suffixes=("", "_later"))
show("linkage, one month, rho", st.spearmanr(led.score, led.stars_later)[0], len(led))
fit = sm.OLS(led.stars_later, sm.add_constant(led.score)).fit(cov_type="cluster", cov_kwds={"groups": led.branch})
show("linkage, one month, slope, se", fit.params[1], fit.bse[1])
p_values = [0.01, 0.04, 0.03, 0.20]
show("Holm", *multipletests(p_values, method="holm")[1])
show("Benjamini-Hochberg", *multipletests(p_values, method="fdr_bh")[1])

# Agreement.
items = df[["stars", "speed", "staff"]]
alpha = 3 / 2 * (1 - items.var().sum() / items.sum(axis=1).var())
feldt = st.f.ppf([0.975, 0.025], count - 1, (count - 1) * 2)
show("Cronbach's alpha", alpha, *(1 - (1 - alpha) * feldt))
labels = df[["ann", "bob", "cy"]]
raters = 3
total = ((labels - labels.values.mean()) ** 2).values.sum()
between = raters * ((labels.mean(axis=1) - labels.values.mean()) ** 2).sum()
judges = count * ((labels.mean() - labels.values.mean()) ** 2).sum()
bms, jms = between / (count - 1), judges / (raters - 1)
ems = (total - between - judges) / (count - 1) / (raters - 1)
random = (bms - ems) / (bms + (raters - 1) * ems + raters * (jms - ems) / count)
show("ICC(2), ICC(3)", random, (bms - ems) / (bms + (raters - 1) * ems))
table = pd.crosstab(df.ann, df.bob).to_numpy()
kappa = cohens_kappa(table)
show("Cohen's kappa, se", kappa.kappa, kappa.std_kappa)
show("Cohen's kappa, quadratic", cohens_kappa(table, wt="quadratic").kappa)
show("Fleiss's kappa", fleiss_kappa(aggregate_raters(labels.to_numpy())[0]))


def krippendorff(distance):
    """From the table of coincidences, as Krippendorff (2011) writes it; PyPI's krippendorff does the same."""
    pairs = np.zeros((3, 3))
    for row in labels.to_numpy() - 1:
        for first in range(raters):
            for second in set(range(raters)) - {first}:
                pairs[row[first], row[second]] += 1 / (raters - 1)
    margins = pairs.sum(axis=1)
    apart = np.array([[distance(min(a, b), max(a, b), margins) for b in range(3)] for a in range(3)])
    return 1 - (margins.sum() - 1) * (pairs * apart).sum() / (np.outer(margins, margins) * apart).sum()


show("Krippendorff's alpha, ordinal, interval",
     krippendorff(lambda low, high, margins: (margins[low : high + 1].sum() - (margins[low] + margins[high]) / 2) ** 2),
     krippendorff(lambda low, high, margins: (high - low) ** 2))
drawn = st.bootstrap((df.score.to_numpy(),), np.mean, n_resamples=10_000, random_state=2026)
show("bootstrap, se", round(drawn.standard_error, 1))

# Reviews: of branches; the three who sorted comments are the raters.
show("Bayesian average", (3.5 * 25 + df.stars.sum()) / (25 + count))
by_branch = df.groupby("branch").stars.agg(["sum", "count"])
prior = by_branch["count"].mean()
bayesian = (df.stars.mean() * prior + by_branch["sum"]) / (prior + by_branch["count"])
show("best branch, Bayesian", bayesian.idxmax(), bayesian.max())
show("Wilson, lower", proportion_confint(top.sum(), count, method="wilson")[0])
posterior = df.stars.value_counts().reindex(range(1, 6), fill_value=0) + 1
middle = np.average(posterior.index, weights=posterior)
spread = np.average((posterior.index - middle) ** 2, weights=posterior)
show("stars, lower", middle - st.norm.ppf(0.95) * (spread / (posterior.sum() + 1)) ** 0.5)
show("decayed mean", df.stars.ewm(halflife="90 days", times=df.date).mean().iloc[-1])
latest = df.sort_values("date").drop_duplicates(["channel", "branch"], keep="last")
show("latest: count, mean", len(latest), latest.stars.mean())
said = labels.reset_index(names="comment").melt("comment", var_name="rater")
said["z"] = said.groupby("rater").value.transform(lambda own: (own - own.mean()) / own.std(ddof=0))
show("z by rater, comment 1", said[said.comment == 1].z.mean())
effects = sm.OLS.from_formula("value ~ C(rater) + C(comment)", said).fit().params
show("additive, bob less ann", effects["C(rater)[T.bob]"])
majority = labels.mode(axis=1)[0]
show("majority, comment 5", majority[5], (labels.loc[5] == majority[5]).mean())


def dawid_skene(said, passes=2_000):
    """EM from shares of votes, of labels as indicators [comment, rater, category]; the likelihood of the labels."""
    truth = said.mean(axis=1)
    for _ in range(passes):
        share = truth.mean(axis=0)
        matrices = np.einsum("it,iro->rto", truth, said)
        matrices = matrices / np.maximum(matrices.sum(axis=2, keepdims=True), 1e-300)
        joint = share * np.einsum("iro,rto->irt", said, matrices).prod(axis=1)
        truth = joint / joint.sum(axis=1, keepdims=True)
    return np.log(joint.sum(axis=1)).sum()


show("Dawid-Skene, log-likelihood", dawid_skene((labels.to_numpy()[:, :, None] == [1, 2, 3]).astype(float)))

# Dirty answers: the net score by hand is that of good answers only after a filter.
dirty = pd.Series([9, 10, np.nan, 11, 6])
good = dirty[dirty.between(0, 10)]
show("dirty", 100 * ((good >= 9).mean() - (good <= 6).mean()), len(good), dirty.isna().sum(),
     (dirty.notna() & ~dirty.between(0, 10)).sum())
