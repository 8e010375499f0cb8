# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Each door by which credence enters a host's build, with each compiler: consumer.DOOR.COMPILER. What a door needs is
# made once by a fixture.
set(consumers ${PROJECT_BINARY_DIR}/consumer)

# consumer_script(NAME SCRIPT DEFINITIONS…)
function(consumer_script name script)
  add_test(NAME consumer.${name}
           COMMAND ${CMAKE_COMMAND} -DTREE=${consumers}/${name} -DGENERATOR=${CMAKE_GENERATOR} ${ARGN}
                   -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/${script}.cmake)
  set_tests_properties(consumer.${name} PROPERTIES LABELS check
                                                   SKIP_REGULAR_EXPRESSION "skipped: [a-z-]+ is not installed")
endfunction()

foreach(fixture IN ITEMS installed repository vcpkg)
  consumer_script(${fixture} ${fixture} -DCOMPILER=${CMAKE_CXX_COMPILER} -DBINARY=${PROJECT_BINARY_DIR})
  add_test(NAME consumer.${fixture}.cleanup COMMAND ${CMAKE_COMMAND} -E rm -rf ${consumers}/${fixture})
  set_tests_properties(consumer.${fixture} PROPERTIES FIXTURES_SETUP consumer.${fixture})
  set_tests_properties(consumer.${fixture}.cleanup PROPERTIES LABELS check FIXTURES_CLEANUP consumer.${fixture})
endforeach()

# consumer_door(DOOR FROM [FIXTURE])
function(consumer_door door from)
  foreach(compiler IN ITEMS g++ clang++)
    if(CREDENCE_CHECK_${compiler})
      consumer_script(${door}.${compiler} consume -DDOOR=${door} -DFROM=${from}
                      -DCOMPILER=${CREDENCE_CHECK_${compiler}})
      set_tests_properties(consumer.${door}.${compiler} PROPERTIES FIXTURES_REQUIRED "${ARGN}")
    endif()
  endforeach()
endfunction()

consumer_door(include_path ${PROJECT_SOURCE_DIR}/include)
consumer_door(add_subdirectory ${PROJECT_SOURCE_DIR})
consumer_door(fetch_content ${consumers}/repository/repository consumer.repository)
consumer_door(find_package "${consumers}/installed/a prefix, moved" consumer.installed)
consumer_door(pkg_config "${consumers}/installed/a prefix, moved" consumer.installed)
consumer_door(vcpkg "${consumers}/vcpkg/installed" consumer.vcpkg)
