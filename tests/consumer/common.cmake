# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# For the scripts of this folder, run by cmake -P. TREE is the folder of the script alone, emptied here.
get_filename_component(ROOT "${CMAKE_CURRENT_LIST_DIR}/../.." REALPATH)
file(REMOVE_RECURSE "${TREE}")
file(MAKE_DIRECTORY "${TREE}")
file(STRINGS "${ROOT}/include/credence/core/version.hpp" VERSION REGEX "CREDENCE_VERSION_STRING")
string(REGEX REPLACE ".*\"(.*)\".*" "\\1" VERSION "${VERSION}")
include("${ROOT}/cmake/own_target.cmake")  # for credence_warnings

# No network, and a git that is the same for everyone: no settings of the user or of a hook that runs the tests, a name
# to commit with, and no question about who owns a folder.
set(ENV{GIT_ALLOW_PROTOCOL} file)
foreach(name IN ITEMS http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY)
  set(ENV{${name}} http://127.0.0.1:9)
endforeach()
foreach(name IN ITEMS GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_OBJECT_DIRECTORY DESTDIR)
  unset(ENV{${name}})
endforeach()
file(WRITE "${TREE}/gitconfig" "[user]\nname = credence\nemail = credence@example.invalid\n[safe]\ndirectory = *\n")
set(ENV{GIT_CONFIG_GLOBAL} "${TREE}/gitconfig")
set(ENV{GIT_CONFIG_NOSYSTEM} 1)

# run(COMMAND…): ends the script with what was said where the command fails; leaves it in `said` otherwise.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE ended OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT ended EQUAL 0)
    list(JOIN ARGN " " command)
    message("${said}")
    message(FATAL_ERROR "ended with ${ended}: ${command}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

# Ends the script, and ctest says "skipped", where a tool is not there; leaves its path in the variable NAME otherwise.
macro(need name tool)
  find_program(${name} ${tool})
  if(NOT ${name})
    message("skipped: ${tool} is not installed")
    return()
  endif()
endmacro()

# An installed tree holds no empty folder, and nothing that ties it to the place where it was made.
function(check_installed prefix)
  file(GLOB_RECURSE paths LIST_DIRECTORIES true "${prefix}/*")
  foreach(path IN LISTS paths)
    if(IS_DIRECTORY "${path}")
      file(GLOB inside "${path}/*")
      if(NOT inside)
        message(FATAL_ERROR "an empty folder: ${path}")
      endif()
    else()
      file(READ "${path}" text)
      foreach(place IN ITEMS "${TREE}" "${ROOT}")
        string(FIND "${text}" "${place}" found)
        if(NOT found EQUAL -1)
          message(FATAL_ERROR "${path} names the folder ${place}")
        endif()
      endforeach()
    endif()
  endforeach()

  # Every header, what debuggers are told, and beside these only the files named.
  file(GLOB_RECURSE headers RELATIVE "${ROOT}" "${ROOT}/include/*.hpp")
  file(GLOB_RECURSE files RELATIVE "${prefix}" "${prefix}/*")
  set(expected ${headers} share/credence/gdb/credence_printers.py share/credence/natvis/credence.natvis ${ARGN})
  list(SORT expected)
  list(SORT files)
  if(NOT files STREQUAL expected)
    set(missing ${expected})
    list(REMOVE_ITEM missing ${files})
    list(REMOVE_ITEM files ${expected})
    message(FATAL_ERROR "installed without need: ${files}; not installed: ${missing}")
  endif()
endfunction()
