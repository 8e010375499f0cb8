# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A git repository "TREE/repository" whose one commit, tagged with the version, holds what the working tree holds,
# committed there or not. It is a repository of its own that looks at the same files: that of the working tree is
# neither read nor needed. BINARY is left out, where it lies among the sources and nothing ignores it.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")
need(git git)

set(own "${git}" --git-dir "${TREE}/repository" --work-tree "${ROOT}")
run("${git}" init --quiet --bare --template= "${TREE}/repository")
file(RELATIVE_PATH binary "${ROOT}" "${BINARY}")
if(NOT binary MATCHES "^\\.\\./")
  file(WRITE "${TREE}/repository/info/exclude" "/${binary}/\n")
endif()
run(${own} -C "${ROOT}" add --all .)
run(${own} commit --quiet -m "The working tree")
run(${own} tag v${VERSION})
