# Compiler, warnings, hardening and sanitizers: the same for every target.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release or Debug" FORCE)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/archive")
set(PURSER_CONNECTOR_DIRECTORY "${CMAKE_BINARY_DIR}/lib/purser/connectors")

option(PURSER_TESTS "Build the tests" ON)
option(PURSER_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
# A first build is a fifth shorter with them. Who works on the sources does without: a file that lacks an include would not
# be noticed, and ccache knows no headers that were precompiled in another folder.
option(PURSER_PRECOMPILE "Precompile the standard headers" OFF)
set(PURSER_SANITIZE "" CACHE STRING "address,undefined or thread")

add_library(purser_flags INTERFACE)
target_compile_options(purser_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -fstack-protector-strong -fno-plt)
# GCC 12 warns of overlaps that cannot be when it inlines "x" + std::string (GCC bug 105651).
target_compile_options(purser_flags INTERFACE $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>,$<COMPILE_LANGUAGE:CXX>>:-Wno-restrict>)
# GCC forgets which precompiled headers are the system's, and warns of what is in them: warnings are for builds without.
if(PURSER_PRECOMPILE)
  target_compile_options(purser_flags INTERFACE -w)
endif()
target_include_directories(purser_flags INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT PURSER_SANITIZE)
  target_compile_options(purser_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_options(purser_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(PURSER_SANITIZE)
  target_compile_options(purser_flags INTERFACE
    -fsanitize=${PURSER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -O1)
  target_link_options(purser_flags INTERFACE -fsanitize=${PURSER_SANITIZE})
  # ThreadSanitizer does not understand fences. Asio's stand beside its locks, which it does understand.
  if(PURSER_SANITIZE STREQUAL "thread")
    target_compile_definitions(purser_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES "Clang") # used for fuzzing only; its warnings about the standard library are no errors
  target_compile_options(purser_flags INTERFACE -Wno-error)
endif()
if(PURSER_FUZZ) # coverage feedback in our libraries; the fuzz programs alone link the engine
  target_compile_options(purser_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Faster second builds, where the machine has the tools.
find_program(PURSER_CCACHE ccache)
if(PURSER_CCACHE AND NOT PURSER_PRECOMPILE)
  set(CMAKE_C_COMPILER_LAUNCHER "${PURSER_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${PURSER_CCACHE}")
endif()
find_program(PURSER_MOLD mold)
if(PURSER_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
find_package(CURL REQUIRED)
find_package(nlohmann_json REQUIRED)
