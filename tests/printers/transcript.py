# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Run by gdb: writes every line "(gdb) …" of the file that CREDENCE_TRANSCRIPT names, and what gdb answers to it.
Then memory that holds no object is shown as each type of the program's variables."""
import itertools
import os
import random
import sys

import gdb

for setting in ("width 0", "height 0", "confirm off", "style enabled off", "print elements 200", "print address off"):
    gdb.execute(f"set {setting}")
gdb.execute("break all_is_there", to_string=True)
gdb.execute("run", to_string=True)
gdb.execute("up", to_string=True)

with open(os.environ["CREDENCE_TRANSCRIPT"], encoding="utf-8") as transcript:
    for line in transcript:
        if line.startswith("(gdb) "):
            sys.stdout.write(line + gdb.execute(line[len("(gdb) "):], to_string=True))

dice = random.Random(2026)
patterns = (
    lambda size: b"\x00" * size,
    lambda size: b"\xff" * size,
    lambda size: b"\x5a" * size,
    lambda size: bytes(dice.randrange(256) for _ in range(size)),
    # Pointers that differ by a lot, and point nowhere.
    lambda size: b"".join((8 * word << 40).to_bytes(8, "little") for word in range(size // 8 + 1))[:size],
)
# Two for each of the most that are shown of a map, and what stands before them.
most = 20002


def shown(value, depth):
    """Asks a printer, if there is one, for all that gdb would ask it; and so on with its children. How many?"""
    printer = gdb.default_visualizer(value) if isinstance(value, gdb.Value) else None
    if printer is None:
        return 0
    printer.to_string()
    children = list(itertools.islice(printer.children(), most + 1)) if hasattr(printer, "children") else []
    assert len(children) <= most, f"{value.type} has no end"
    return 1 + (sum(shown(child, depth - 1) for _, child in children[:300]) if depth else 0)


# Groups without number, in memory that can be read.
for vector in ("keys", "states"):
    place = f"no_groups.state_.{vector}._M_impl"
    gdb.execute(f"set var {place}._M_start = (void*)&plenty")
    gdb.execute(f"set var {place}._M_finish = {place}._M_start + 1000000000")
endless = gdb.selected_frame().read_var("no_groups")
assert endless.format_string(max_elements=1).startswith("1000000000 groups"), endless.format_string(max_elements=1)
assert shown(endless, 0), "groups without number are not shown"

seen = 0
for symbol in gdb.selected_frame().block():
    type_ = symbol.type.strip_typedefs()
    if symbol.is_variable and type_.code == gdb.TYPE_CODE_STRUCT:
        for pattern in patterns:
            noise = gdb.Value(pattern(type_.sizeof), type_)
            seen += shown(noise, 3) != 0
            noise.format_string(max_elements=20)
assert seen > 100, f"only {seen} values were shown"
print("(noise was shown)")
