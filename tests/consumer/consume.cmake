# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Builds the host in a clean folder with COMPILER, with credence coming in by DOOR from FROM, runs it and installs it.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")
set(source "${CMAKE_CURRENT_LIST_DIR}")

if(DOOR STREQUAL "include_path" OR DOOR STREQUAL "pkg_config")
  set(flags "-I${FROM}")
  if(DOOR STREQUAL "pkg_config")
    need(pkg_config pkg-config)
    set(ENV{PKG_CONFIG_PATH} "${FROM}/share/pkgconfig")
    run("${pkg_config}" --modversion credence)
    if(NOT said STREQUAL "${VERSION}\n")
      message(FATAL_ERROR "pkg-config knows version ${said}")
    endif()
    execute_process(COMMAND "${pkg_config}" --exists "credence > ${VERSION}" RESULT_VARIABLE ended)
    if(ended EQUAL 0)
      message(FATAL_ERROR "pkg-config takes ${VERSION} for something newer")
    endif()
    run("${pkg_config}" --print-errors --cflags --libs "credence >= ${VERSION}")
    # A path to look in and nothing else: which C++ it is to be, and how it is linked, is the host's to say.
    separate_arguments(flags UNIX_COMMAND "${said}")
    if(NOT flags MATCHES "^-I[^;]*$")
      message(FATAL_ERROR "pkg-config says: ${said}")
    endif()
  endif()
  run("${COMPILER}" -std=c++20 "${flags}" ${credence_warnings} "${source}/main.cpp" -o "${TREE}/main")
  run("${TREE}/main")
  return()
endif()

if(DOOR STREQUAL "fetch_content")
  need(git git)
endif()
list(JOIN credence_warnings " " warnings)
run("${CMAKE_COMMAND}" -S "${source}" -B "${TREE}/build" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_FLAGS=${warnings}" "-DCMAKE_PREFIX_PATH=${FROM}" "-DCONSUMER_DOOR=${DOOR}" "-DCONSUMER_FROM=${FROM}"
    -DCONSUMER_VERSION=${VERSION} "-DCONSUMER_PAGE=${ROOT}/docs/how-to/install.md")
run("${CMAKE_COMMAND}" --build "${TREE}/build" --config Release)
run("${CMAKE_CTEST_COMMAND}" --test-dir "${TREE}/build" -C Release)
if(NOT said MATCHES "100% tests passed, 0 tests failed out of 1\n")
  message(FATAL_ERROR "the host has one test:\n${said}")
endif()
run("${CMAKE_COMMAND}" --install "${TREE}/build" --config Release --prefix "${TREE}/prefix")
file(GLOB_RECURSE installed LIST_DIRECTORIES true RELATIVE "${TREE}/prefix" "${TREE}/prefix/*")
if(NOT installed MATCHES "^bin;bin/main(.exe)?$")
  message(FATAL_ERROR "the host installs one program: ${installed}")
endif()
