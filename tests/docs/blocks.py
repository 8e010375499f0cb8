#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""blocks.py COMPILER PAGE.md: what a page of the documentation shows is true.

Every ```cpp block that is a whole program (it has a main) is compiled with all warnings and run; what it prints must be
the ```text block that follows it. Links to files of the repository must lead somewhere.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent.parent
flags = ("-std=c++20 -O0 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Werror "
         "-pthread").split()


def complaints_about_programs(page, text, compiler, scratch):
    blocks = [(match.group(1), match.group(2), text.count("\n", 0, match.start()) + 1)
              for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)]
    for number, (language, program, line) in enumerate(blocks):
        if language != "cpp" or not re.search(r"\bint main\b", program):
            continue
        place = f"{page}:{line}"
        if number + 1 == len(blocks) or blocks[number + 1][0] != "text":
            yield f"{place}: a program without a text block after it that shows what it prints"
            continue
        source = pathlib.Path(scratch, "program.cpp")
        source.write_text(program, encoding="utf-8")
        made = subprocess.run([compiler, *flags, "-I", str(root / "include"), str(source), "-o", f"{scratch}/program"],
                              capture_output=True, text=True)
        if made.returncode != 0:
            yield f"{place}: does not compile\n{made.stderr}"
            continue
        ran = subprocess.run([f"{scratch}/program"], capture_output=True, text=True, timeout=60)
        if ran.returncode != 0:
            yield f"{place}: ends with {ran.returncode}\n{ran.stderr}"
        if ran.stdout != blocks[number + 1][1]:
            yield f"{place}: prints\n{ran.stdout}and the page shows\n{blocks[number + 1][1]}"


def complaints_about_links(page, text):
    outside_blocks = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", outside_blocks):
        if "://" not in target and not (page.parent / target).exists():
            yield f"{page}: the link to {target} leads nowhere"


def main():
    compiler, page = sys.argv[1], pathlib.Path(sys.argv[2])
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        complaints = [*complaints_about_programs(page, text, compiler, scratch), *complaints_about_links(page, text)]
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


sys.exit(main())
