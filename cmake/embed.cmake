# Files that become part of the binary: each is one entry of a generated table
#   const std::span<const std::pair<std::string_view, std::string_view>> SYMBOL   (name, text)
# so that the text served is the very file in the tree.

# catalogd_embed(TARGET SYMBOL files...)
function(catalogd_embed TARGET SYMBOL)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${SYMBOL}.cpp)
  set(inputs)
  foreach(input IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH input)  # a file of another package stays where it is
    list(APPEND inputs ${input})
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DSYMBOL=${SYMBOL} "-DINPUTS=${inputs}"
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    VERBATIM)
  set_source_files_properties(${output} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${TARGET} PRIVATE ${output})
endfunction()
