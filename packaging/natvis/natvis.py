#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""natvis.py >credence.natvis: what Visual Studio's debugger is told of our types, made from the headers.

Natvis has wildcards for template arguments only, so that every type must be listed, with the version in its namespace.
Those that hold an answer are found in the headers and told by their shape; accumulators are told once, by their base.
What is left out here, the debugger shows by its fields.
"""
import pathlib
import re
import sys
from xml.sax.saxutils import escape

root = pathlib.Path(__file__).resolve().parent.parent.parent

# Types of a shape of their own, and what is shown in their place.
shown_as = {
    "number": "{value,g}",
    "whole": "{value}",
    "week_start": "weekday {(int)iso_number}, from Monday",
    "interval": "[{lower,g}, {upper,g}] at {100 * confidence,g} %",
    "compensated_sum": "{sum + lost,g}",
    "time_period": "period {index}, [{begin}, {end})",
    "accumulator_base<*>": "{state_}",
    "sharded<*>": "shards {state_.labels}, {state_.merged}",
    "tee_accumulator<*>": "tee {state_}",
    "timed<*>": "periods by {options_.policy}: {state_}",
    "grouped<*>": "{state_}",
    "detail::counted_state<*>": "rows {rows}, {own}",
    "detail::class_counts<*>": "counts {counts}, rejected {rejected}",
    "group_comparison<*>": "{key}: {against}",
    "suppressed_cell<*>": "{key}: {result}",
    "majority_vote_result<*>": "count {count}, tied {tied}, rejected {rejected}",
    "rater_bias_result<*>": "mean {mean,g}, count {count}, rejected {rejected}",
    "rater_z_scores_result<*>": "mean {mean,g}, count {count}, rejected {rejected}",
}
none_without = {"sampling_design": "strata", "detail::weight_sums": "count"}
# The elements of a vector as Microsoft's library has them; of booleans it has none, and the two last items are left.
groups = """\
    <DisplayString>groups {keys}</DisplayString>
    <Expand>
      <CustomListItems Optional="true">
        <Variable Name="at" InitialValue="0"/>
        <Size>keys._Mypair._Myval2._Mylast - keys._Mypair._Myval2._Myfirst</Size>
        <Loop Condition="at &lt; keys._Mypair._Myval2._Mylast - keys._Mypair._Myval2._Myfirst">
          <Item Name="[{keys._Mypair._Myval2._Myfirst[at]}]">states._Mypair._Myval2._Myfirst[at]</Item>
          <Exec>++at</Exec>
        </Loop>
      </CustomListItems>
      <Item Name="keys">keys</Item>
      <Item Name="states">states</Item>
    </Expand>
"""
expanded = """\
    <Expand>
      <Item Name="options">options_</Item>
      <ExpandedItem>state_</ExpandedItem>
    </Expand>
"""
two_items = """\
    <Expand>
      <Item Name="options">options_</Item>
      <Item Name="state">state_</Item>
    </Expand>
"""
# The Gregorian calendar of an instant, by years that begin with March, as in core/detail/civil.hpp; counted from 735
# eras of 400 years before 1970, so that nothing is negative.
calendar = (
    ("seconds", "micros / 1000000 - (micros % 1000000 < 0 ? 1 : 0)"),
    ("days", "seconds() / 86400 - (seconds() % 86400 < 0 ? 1 : 0)"),
    ("in_day", "seconds() - 86400 * days()"),
    ("counted", "days() + 719468 + 146097LL * 735"),
    ("in_era", "counted() % 146097"),
    ("year_of_era", "(in_era() - in_era() / 1460 + in_era() / 36524 - in_era() / 146096) / 365"),
    ("in_year", "in_era() - (365 * year_of_era() + year_of_era() / 4 - year_of_era() / 100)"),
    ("since_march", "(5 * in_year() + 2) / 153"),
    ("day", "in_year() - (153 * since_march() + 2) / 5 + 1"),
    ("month", "since_march() < 10 ? since_march() + 3 : since_march() - 9"),
    ("year", "year_of_era() + 400 * (counted() / 146097 - 735) + (since_march() < 10 ? 0 : 1)"),
)
date = "{year()}-{month() / 10}{month() % 10}-{day() / 10}{day() % 10}"
time_of_day = ("{in_day() / 36000}{in_day() / 3600 % 10}:{in_day() / 600 % 6}{in_day() / 60 % 10}:"
               "{in_day() / 10 % 6}{in_day() % 10}")
time_units = (("d", 86400 * 10**6), ("h", 3600 * 10**6), ("min", 60 * 10**6), ("s", 10**6), ("ms", 1000))


def structs():
    """Name, whether it is a template, and fields (name to type) of the structs of all headers but those of math/, which
    has a namespace of its own and no answers about customers."""
    for header in sorted(set((root / "include").rglob("*.hpp")) - set((root / "include/credence/math").rglob("*"))):
        text = re.sub(r"//.*", "", header.read_text(encoding="utf-8"))
        text = re.sub(r"\bnamespace detail \{.*?\n\}\s*(?=\n\n|\n\}|$)", "", text, flags=re.S)
        for found in re.finditer(r"^(template <.*>\n)?struct (\w+)(?: :[^{]*)? \{\n(.*?)^\};", text, re.M | re.S):
            fields = re.findall(r"^  (?!using|static|friend|return|constexpr|template)"
                                r"([a-z][\w:]*(?:<[^;=(){}]*>)?) (\w+)(?:\s*=[^;]*|\{[^;]*\})?;", found[3], re.M)
            yield found[2], bool(found[1]), {name: type_ for type_, name in fields}


def answer(fields):
    """As in the printers for gdb: the first real number, the interval, and what else it is judged by."""
    headline = next((name for name, type_ in fields.items() if type_ == "double"), None)
    if headline is None or not fields.get("interval", "").endswith("interval"):
        first = next(iter(fields))
        return display(f"{first} {{{first}}}")
    more = "".join(f", {shown} {{{name}{form}}}" for name, shown, form in
                   (("count", "count", ""), ("p_value", "p", ",g"), ("rejected", "rejected", "")) if name in fields)
    return (display("no answer" + more.replace(", p {p_value,g}", ""), f"{headline} != {headline}") +
            display(f"{headline} {{{headline},g}} {{interval}}{more}"))


def display(text, condition=None):
    attribute = f' Condition="{escape(condition)}"' if condition else ""
    return f"    <DisplayString{attribute}>{escape(text)}</DisplayString>\n"


def instant():
    ends = "micros == 0x7fffffffffffffffLL || micros == -0x7fffffffffffffffLL - 1"
    return ("".join(f'    <Intrinsic Name="{name}" Expression="{escape(value)}"/>\n' for name, value in calendar) +
            display("no time that could be told", ends) + display(f"{date}T{time_of_day}"))


def time_span():
    units = (display(f"{{micros / {length}LL}} {unit}", f"micros % {length}LL == 0") for unit, length in time_units)
    return "".join(units) + display("{micros} us")


def rejections(fields):
    items = "".join(f'      <Item Name="{name}" Condition="{name} != 0">{name}</Item>\n' for name in fields)
    return (display("none", " + ".join(fields) + " == 0") + display(f"{{{' + '.join(fields)}}}") +
            f"    <Expand>\n{items}    </Expand>\n")


def entries():
    """Names without namespace, and the lines of natvis."""
    for name, text in shown_as.items():
        more = {"accumulator_base<*>": two_items, "sharded<*>": two_items, "tee_accumulator<*>": two_items,
                "grouped<*>": expanded, "timed<*>": expanded}.get(name, "")
        yield name, display(text) + more
    for name, field in none_without.items():
        yield name, display("none", f"{field} == 0")
    yield "instant", instant()
    yield "time_span", time_span()
    yield "detail::group_table<*>", groups
    told = {re.sub("<.*", "", name) for name in shown_as}
    for name, template, fields in structs():
        if name == "rejections":
            yield name, rejections(fields)
        elif name not in told and ("interval" in fields or name.endswith("_result")) and "options" not in name:
            yield name + ("<*>" if template else ""), answer(fields)


def main():
    version = (root / "include/credence/core/version.hpp").read_text(encoding="utf-8")
    namespace, *others = re.findall(r"#define CREDENCE_ABI (\w+)", version)
    print('<?xml version="1.0" encoding="utf-8"?>\n'
          "<!-- SPDX-License-Identifier: BSL-1.0\n     Copyright the credence authors\n"
          "     Made from the headers by natvis.py. -->\n"
          '<AutoVisualizer xmlns="http://schemas.microsoft.com/vstudio/debugger/natvis/2010">')
    for name, lines in sorted(entries()):
        print(f'  <Type Name="credence::{namespace}::{escape(name)}">')
        for other in others:
            print(f'    <AlternativeType Name="credence::{other}::{escape(name)}"/>')
        print(lines + "  </Type>")
    print("</AutoVisualizer>")


sys.exit(main())
