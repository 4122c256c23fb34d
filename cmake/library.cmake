# One library per folder, with the warnings and limits that all of them share.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(catalogd_options INTERFACE)
target_compile_options(catalogd_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wextra-semi -Werror)
target_include_directories(catalogd_options INTERFACE ${PROJECT_SOURCE_DIR})
target_link_libraries(catalogd_options INTERFACE Threads::Threads)

if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  # What Clang says of g++'s library, of embedded files, and of braces that g++ wants left out.
  target_compile_options(catalogd_options INTERFACE
    -Wno-deprecated-declarations -Wno-overlength-strings -Wno-missing-braces)
endif()

set(CATALOGD_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")
if(CATALOGD_SANITIZE)
  target_compile_options(catalogd_options INTERFACE -fsanitize=${CATALOGD_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(catalogd_options INTERFACE -fsanitize=${CATALOGD_SANITIZE})
endif()

# A folder's sources compiled a few at a time: most of what a compiler does for one of them is
# reading headers and making templates that the next one needs too.
option(CATALOGD_TOGETHER "Compile the sources of a library together" ON)

# catalogd_library(NAME SOURCES a.cpp b.cpp [ALONE c.cpp] LINK libraries...)
# ALONE: never together with others.
function(catalogd_library NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;ALONE;LINK" ${ARGN})
  add_library(${NAME} STATIC ${ARG_SOURCES} ${ARG_ALONE})
  set_target_properties(${NAME} PROPERTIES UNITY_BUILD ${CATALOGD_TOGETHER}
                        UNITY_BUILD_BATCH_SIZE 10)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_link_libraries(${NAME} PUBLIC catalogd_options ${ARG_LINK})
endfunction()

# Boost's headers as system headers: their warnings are not ours.
add_library(catalogd_asio INTERFACE)
target_compile_definitions(catalogd_asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION
                           BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(catalogd_asio INTERFACE Boost::headers)
