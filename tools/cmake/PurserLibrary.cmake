# The building blocks. A library is named by its folder (canonical/value); its CMake target is the
# folder with underscores (canonical_value). USES names our folders or outside targets; an edge that
# tools/tidy/edges.txt does not allow stops the configuration. The linter reads the same table.

set(PURSER_EDGES_FILE "${CMAKE_SOURCE_DIR}/tools/tidy/edges.txt")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PURSER_EDGES_FILE}")
file(STRINGS "${PURSER_EDGES_FILE}" PURSER_EDGE_LINES REGEX "^[a-z]")

# Fails unless `user` may use `used` by the first matching line of the table.
function(purser_check_edge user used)
  if(user STREQUAL used)
    return()
  endif()
  foreach(line IN LISTS PURSER_EDGE_LINES)
    string(REGEX REPLACE "[ \t]+" ";" words "${line}")
    list(POP_FRONT words pattern)
    string(REPLACE "*" ".*" pattern "${pattern}")
    if(user MATCHES "^${pattern}$")
      foreach(allowed IN LISTS words)
        string(REPLACE "*" ".*" allowed "${allowed}")
        if(used MATCHES "^${allowed}$")
          return()
        endif()
      endforeach()
      message(FATAL_ERROR "${user} may not use ${used}: tools/tidy/edges.txt allows it only: ${words}")
    endif()
  endforeach()
  message(FATAL_ERROR "${user} has no line in tools/tidy/edges.txt")
endfunction()

function(purser_link target user)
  foreach(used IN LISTS ARGN)
    if(used MATCHES "/")
      purser_check_edge("${user}" "${used}")
      string(REPLACE "/" "_" used "${used}")
      string(REPLACE "-" "_" used "${used}")
    endif()
    target_link_libraries(${target} PUBLIC ${used})
  endforeach()
endfunction()

# The headers that most files include, compiled once for all targets that are built with the same flags.
if(PURSER_PRECOMPILE)
  file(WRITE "${CMAKE_BINARY_DIR}/headers/headers.cc" "// Nothing but what is precompiled.\n")
  add_library(purser_headers OBJECT "${CMAKE_BINARY_DIR}/headers/headers.cc")
  target_link_libraries(purser_headers PRIVATE purser_flags fmt::fmt)
  target_precompile_headers(purser_headers PRIVATE <algorithm> <array> <charconv> <chrono> <cstdint> <expected> <functional>
    <map> <memory> <mutex> <optional> <set> <span> <string> <string_view> <vector> <fmt/format.h>)
endif()

function(purser_precompile target)
  if(PURSER_PRECOMPILE)
    # With other macros the compiler reads the headers themselves, and says so.
    set_target_properties(${target} PROPERTIES PCH_WARN_INVALID OFF)
    target_precompile_headers(${target} REUSE_FROM purser_headers)
  endif()
endfunction()

# purser_library(canonical/value SOURCES decimal.cc ... USES canonical/spec fmt::fmt ...)
function(purser_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  string(REPLACE "/" "_" target "${folder}")
  string(REPLACE "-" "_" target "${target}")
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:purser_flags>)
    purser_precompile(${target})
    purser_link(${target} "${folder}" ${ARG_USES})
  else()
    add_library(${target} INTERFACE)
    foreach(used IN LISTS ARG_USES)
      if(used MATCHES "/")
        purser_check_edge("${folder}" "${used}")
        string(REPLACE "/" "_" used "${used}")
      endif()
      target_link_libraries(${target} INTERFACE ${used})
    endforeach()
  endif()
endfunction()

# purser_connector(connectors/ubl SOURCES ... USES ...): a shared library that exports one symbol.
function(purser_connector folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  get_filename_component(name "${folder}" NAME)
  set(target connector_${name})
  add_library(${target} MODULE ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY "${PURSER_CONNECTOR_DIRECTORY}")
  target_link_libraries(${target} PRIVATE purser_flags)
  purser_precompile(${target})
  purser_link_private(${target} "${folder}" ${ARG_USES})
  # The sanitizers' run-time symbols come from the loading program, so -z defs holds without them only.
  if(NOT PURSER_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  target_link_options(${target} PRIVATE
    "-Wl,--version-script=${CMAKE_SOURCE_DIR}/plugins/abi/connector.version" -Wl,--exclude-libs,ALL)
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${CMAKE_SOURCE_DIR}/plugins/abi/connector.version")
  set_property(GLOBAL APPEND PROPERTY PURSER_CONNECTORS ${target})
endfunction()

function(purser_link_private target user)
  foreach(used IN LISTS ARGN)
    if(used MATCHES "/")
      purser_check_edge("${user}" "${used}")
      string(REPLACE "/" "_" used "${used}")
    endif()
    target_link_libraries(${target} PRIVATE ${used})
  endforeach()
endfunction()

# purser_time_limit(variable [SECONDS]): how long a test may take, 120 seconds where none are named; ten times as long
# under a sanitizer, which makes it five to twenty times slower, and no test is there to measure time.
function(purser_time_limit variable)
  set(seconds 120)
  if(ARGN)
    set(seconds ${ARGN})
  endif()
  if(PURSER_SANITIZE)
    math(EXPR seconds "${seconds} * 10")
  endif()
  set(${variable} ${seconds} PARENT_SCOPE)
endfunction()

# purser_test(canonical/value SOURCES decimal_test.cc ... USES ...): one GoogleTest program, one ctest entry.
function(purser_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;USES;LABELS" ${ARGN})
  string(REPLACE "/" "_" target "${name}")
  add_executable(test_${target} ${ARG_SOURCES})
  target_link_libraries(test_${target} PRIVATE purser_flags GTest::gtest GTest::gmock GTest::gtest_main)
  foreach(used IN LISTS ARG_USES)
    string(REPLACE "/" "_" used "${used}")
    target_link_libraries(test_${target} PRIVATE ${used})
  endforeach()
  set_target_properties(test_${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  purser_time_limit(seconds ${ARG_TIMEOUT})
  add_test(NAME ${name} COMMAND test_${target} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds} LABELS "${ARG_LABELS}"
    ENVIRONMENT "PURSER_BUILD=${CMAKE_BINARY_DIR};PURSER_SOURCE=${CMAKE_SOURCE_DIR}")
endfunction()

# purser_embed(target file.cc NAMESPACE ns FILES a.map b.layout): the files as string constants,
# in a function `std::span<const EmbeddedFile> ns::embedded_files()`. HEADER and TYPE name another struct
# for the files than plugins/sdk's.
function(purser_embed target output)
  cmake_parse_arguments(ARG "" "NAMESPACE;HEADER;TYPE" "FILES" ${ARGN})
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/${output}")
  add_custom_command(OUTPUT "${generated}"
    COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${generated}" "-DNAMESPACE=${ARG_NAMESPACE}" "-DFILES=${ARG_FILES}"
            "-DBASE=${CMAKE_CURRENT_SOURCE_DIR}" "-DHEADER=${ARG_HEADER}" "-DTYPE=${ARG_TYPE}" -P "${CMAKE_SOURCE_DIR}/tools/cmake/embed.cmake"
    DEPENDS ${ARG_FILES} "${CMAKE_SOURCE_DIR}/tools/cmake/embed.cmake"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" VERBATIM)
  target_sources(${target} PRIVATE "${generated}")
endfunction()

# purser_fuzz(xml SOURCES xml_fuzz.cc USES connectors/reader): one fuzz target, LLVMFuzzerTestOneInput in its sources,
# seeds in tests/fuzz/seeds/<name>. With PURSER_FUZZ a libFuzzer program build-fuzz/fuzz/<name>; without, a ctest
# entry that runs the seeds and a bounded number of seeded mutations of them.
# MUTATIONS bounds them for each seed where one run is dear; STRIDE N cuts and changes each seed at every N-th byte, too;
# SEEDS names more folders of seeds.
function(purser_fuzz name)
  cmake_parse_arguments(ARG "" "MUTATIONS;STRIDE" "SOURCES;USES;SEEDS" ${ARGN})
  set(target fuzz_${name})
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE purser_flags)
  purser_link_private(${target} "tests/fuzz" ${ARG_USES})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers) # all of them and nothing else
  endif()
  add_dependencies(fuzzers ${target})
  if(PURSER_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests/fuzz/driver.cc")
    list(TRANSFORM ARG_SEEDS PREPEND "${CMAKE_SOURCE_DIR}/")
    add_test(NAME fuzz/${name} COMMAND ${target} "${CMAKE_SOURCE_DIR}/tests/fuzz/seeds/${name}" ${ARG_SEEDS})
    # They have one thread: ThreadSanitizer, twenty times slower, has nothing to see in all of them.
    if(PURSER_SANITIZE STREQUAL "thread" AND ARG_STRIDE)
      math(EXPR ARG_STRIDE "${ARG_STRIDE} * 10")
      math(EXPR ARG_MUTATIONS "${ARG_MUTATIONS} / 10 + 1")
    endif()
    if(ARG_MUTATIONS)
      set_property(TEST fuzz/${name} APPEND PROPERTY ENVIRONMENT "PURSER_FUZZ_MUTATIONS=${ARG_MUTATIONS}")
    endif()
    if(ARG_STRIDE)
      set_property(TEST fuzz/${name} APPEND PROPERTY ENVIRONMENT "PURSER_FUZZ_STRIDE=${ARG_STRIDE}")
    endif()
    purser_time_limit(seconds)
    set_tests_properties(fuzz/${name} PROPERTIES TIMEOUT ${seconds} LABELS fuzz)
  endif()
endfunction()
