#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

"""EM for Dawid and Skene's model in plain Python, from the formulas, on their data of 1979: the values that
tests/reviews/dawid_skene.test.cpp and majority_vote.test.cpp expect. Give it the CSV (item, rater, rating)."""

import csv
import math
import sys


def fit(rows, categories, passes):
    """The log-likelihood after each pass, and the last parameters and posteriors."""
    items = sorted({item for item, _, _ in rows})
    raters = sorted({rater for _, rater, _ in rows})
    labels = {item: [(rater, said) for other, rater, said in rows if other == item] for item in items}
    posterior = {
        item: [sum(said == truth for _, said in labels[item]) / len(labels[item]) for truth in categories]
        for item in items
    }
    likelihoods = []
    for _ in range(passes):
        share = [math.fsum(posterior[item][k] for item in items) / len(items) for k in range(len(categories))]
        chance = {}
        for rater in raters:
            count = [
                [
                    math.fsum(posterior[item][k] for item, who, said in rows if who == rater and said == answer)
                    for answer in categories
                ]
                for k in range(len(categories))
            ]
            chance[rater] = [[cell / math.fsum(row) for cell in row] for row in count]
        likelihood = []
        for item in items:
            product = share[:]
            for rater, said in labels[item]:
                answer = categories.index(said)
                product = [product[k] * chance[rater][k][answer] for k in range(len(categories))]
            total = math.fsum(product)
            posterior[item] = [value / total for value in product]
            likelihood.append(math.log(total))
        likelihoods.append(math.fsum(likelihood))
    return likelihoods, share, chance, posterior


def main():
    path = sys.argv[1]  # dawid_skene_anesthesia.csv, of the shared data
    with open(path, encoding="utf-8") as file:
        rows = [tuple(int(cell) for cell in row) for row in list(csv.reader(file))[1:]]
    categories = sorted({said for _, _, said in rows})
    likelihoods, share, chance, posterior = fit(rows, categories, 40)
    for number in (1, 2, 5, 10, 25, 34):
        print("log-likelihood after pass", number, repr(likelihoods[number - 1]))
    print("shares", *(f"{value:.12g}" for value in share))
    for row in chance[1]:
        print("observer 1", *(f"{value:.12g}" for value in row))
    print("labels  ", "".join(str(categories[max(range(len(p)), key=p.__getitem__)]) for p in posterior.values()))
    votes = {}
    for item, _, said in rows:
        votes.setdefault(item, []).append(said)
    print("majority", "".join(str(min(categories, key=lambda k, v=v: (-v.count(k), k))) for v in votes.values()))


if __name__ == "__main__":
    main()
