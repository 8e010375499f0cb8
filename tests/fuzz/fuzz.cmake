# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Every X.fuzz.cpp defines LLVMFuzzerTestOneInput. With any compiler it replays the corpus of its name; with
# CREDENCE_LIBFUZZER it is the fuzzer that makes that corpus grow.
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*.fuzz.cpp)
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name ${source} NAME)
  string(REPLACE ".fuzz.cpp" "" name ${name})
  if(NOT CREDENCE_LIBFUZZER AND NOT "fuzz/${name}.fuzz.cpp" MATCHES "${CREDENCE_TEST_FILES}")
    continue()
  endif()
  add_executable(credence_fuzz_${name} ${source})
  credence_own_target(credence_fuzz_${name})
  target_include_directories(credence_fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/examples)
  if(CREDENCE_LIBFUZZER)
    target_compile_options(credence_fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(credence_fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(credence_fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/replay.cpp)
    add_test(NAME fuzz.${name} COMMAND credence_fuzz_${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
    set_tests_properties(fuzz.${name} PROPERTIES LABELS unit)
  endif()
endforeach()
