# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# The tests of the survey family once more, on the single header. They include <credence/survey/nps.hpp> and its like,
# for which stand-ins are written here that include the single header; the tree's own headers are out of reach.
# clang compiles them in half the time of g++, for which check.single_header.g++ must do.
if(NOT TARGET credence_single_header OR NOT "single_header/" MATCHES "${CREDENCE_TEST_FILES}" OR
   NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  return()
endif()

set(stand_ins ${CMAKE_CURRENT_BINARY_DIR}/single_header)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/include/*.hpp)
list(FILTER headers EXCLUDE REGEX "^credence/(credence|io|interop/.*)\\.hpp$")
foreach(header IN LISTS headers)
  file(CONFIGURE OUTPUT ${stand_ins}/${header} CONTENT "#include <credence/credence.hpp>\n")
endforeach()

add_library(credence_in_one_header INTERFACE)
target_compile_features(credence_in_one_header INTERFACE cxx_std_20)
target_include_directories(credence_in_one_header INTERFACE ${credence_single_header_dir} ${stand_ins})
add_dependencies(credence_in_one_header credence_single_header)

file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/survey/*.test.cpp)
# These use what the others use, in more ways, and are a third of the cost.
list(FILTER sources EXCLUDE REGEX "/survey/(design|ranges|detail/.*)\\.test\\.cpp$")
add_executable(credence_single_header_survey ${sources})
credence_test_target(credence_single_header_survey credence_in_one_header)
target_link_libraries(credence_single_header_survey PRIVATE credence_test_main)
# The code is that of credence.survey, which runs it optimised; the header would be read whole for every file.
target_compile_options(credence_single_header_survey PRIVATE $<$<NOT:$<CXX_COMPILER_ID:MSVC>>:-O0>)
target_precompile_headers(credence_single_header_survey PRIVATE <credence/credence.hpp> <doctest/doctest.h>)
add_test(NAME credence.single_header COMMAND credence_single_header_survey)
set_tests_properties(credence.single_header PROPERTIES LABELS unit)
