# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# What credence leaves in a host's build: its state is written down before credence comes in, and compared afterwards.
set(CONSUMER_FOLDER_STATE
    BUILDSYSTEM_TARGETS IMPORTED_TARGETS TESTS COMPILE_DEFINITIONS COMPILE_OPTIONS INCLUDE_DIRECTORIES LINK_DIRECTORIES
    LINK_OPTIONS)
# Every find_package is in one of the two lists of packages, whether it was quiet or not.
set(CONSUMER_GLOBAL_STATE PACKAGES_FOUND PACKAGES_NOT_FOUND ENABLED_LANGUAGES RULE_LAUNCH_COMPILE RULE_LAUNCH_LINK)

# Sets `state` to the value of a property of the host; what was asked for, the package and its target, is left out.
function(state_of property)
  if(property IN_LIST CONSUMER_GLOBAL_STATE)
    get_property(state GLOBAL PROPERTY ${property})
  else()
    get_property(state DIRECTORY PROPERTY ${property})
  endif()
  list(REMOVE_ITEM state credence credence::credence)
  set(state "${state}" PARENT_SCOPE)
endfunction()

function(remember_host)
  get_cmake_property(names VARIABLES)
  foreach(name IN LISTS names)
    set_property(GLOBAL PROPERTY "host:${name}" "=${${name}}")
  endforeach()
  foreach(name IN LISTS CONSUMER_FOLDER_STATE CONSUMER_GLOBAL_STATE)
    state_of(${name})
    set_property(GLOBAL PROPERTY "host:${name}" "=${state}")
  endforeach()
endfunction()

# Adds to the caller's `traces` what is not as it was.
function(compare_with_host name state)
  get_property(before GLOBAL PROPERTY "host:${name}")
  if(NOT "=${state}" STREQUAL "${before}")
    list(APPEND traces "${name}: before \"${before}\", now \"=${state}\"")
    set(traces "${traces}" PARENT_SCOPE)
  endif()
endfunction()

# Adds to the caller's `targets` and `tests` those of a folder and of the folders that it added.
function(everything_in folder)
  foreach(property IN ITEMS BUILDSYSTEM_TARGETS IMPORTED_TARGETS TESTS SUBDIRECTORIES)
    get_property(${property} DIRECTORY "${folder}" PROPERTY ${property})
  endforeach()
  list(APPEND targets ${BUILDSYSTEM_TARGETS} ${IMPORTED_TARGETS})
  list(APPEND tests ${TESTS})
  foreach(below IN LISTS SUBDIRECTORIES)
    everything_in("${below}")
  endforeach()
  set(targets "${targets}" PARENT_SCOPE)
  set(tests "${tests}" PARENT_SCOPE)
endfunction()

# Ends the configuration if anything is new or changed but variables and cache entries whose name matches `allowed`.
function(refuse_traces allowed)
  # Not this function's own arguments and locals, nor what the last regular expression found.
  get_cmake_property(names VARIABLES)
  list(FILTER names EXCLUDE REGEX "^(ARG[CNV][0-9]*|allowed|names|CMAKE_CURRENT_FUNCTION.*|CMAKE_MATCH_.*)$")
  set(traces "")
  set(options "")
  foreach(name IN LISTS names)
    if(NOT name MATCHES "${allowed}")
      compare_with_host(${name} "${${name}}")
    elseif(name MATCHES "^CREDENCE_")
      list(APPEND options ${name})
    endif()
  endforeach()
  foreach(name IN LISTS CONSUMER_FOLDER_STATE CONSUMER_GLOBAL_STATE)
    state_of(${name})
    compare_with_host(${name} "${state}")
  endforeach()

  # Where it is built from sources: one target, and options that are off and that the page on installing tells of.
  if(credence_SOURCE_DIR)
    everything_in("${credence_SOURCE_DIR}")
    if(NOT targets STREQUAL "credence" OR tests)
      list(APPEND traces "targets: ${targets}; tests: ${tests}")
    endif()
    file(READ "${CONSUMER_PAGE}" page)
    foreach(option IN LISTS options)
      if(${option})
        list(APPEND traces "${option} is ${${option}}")
      elseif(NOT page MATCHES "`${option}`")
        list(APPEND traces "${option} is no option that ${CONSUMER_PAGE} tells of")
      endif()
    endforeach()
  endif()

  if(traces)
    list(JOIN traces "\n  " traces)
    message(FATAL_ERROR "credence left in its host:\n  ${traces}")
  endif()
endfunction()
