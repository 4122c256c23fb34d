# Writes OUTPUT: the files INPUTS as an array SYMBOL of {name, text}.
list(LENGTH INPUTS count)
set(body "")
foreach(input IN LISTS INPUTS)
  get_filename_component(name ${input} NAME_WLE)
  file(READ ${input} text)
  string(APPEND body "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include <array>\n#include <span>\n#include <string_view>\n#include <utility>\n
namespace catalogd::embedded {
extern const std::span<const std::pair<std::string_view, std::string_view>> ${SYMBOL};
namespace {
const std::array<std::pair<std::string_view, std::string_view>, ${count}> ${SYMBOL}_entries{{
${body}}};
}
const std::span<const std::pair<std::string_view, std::string_view>> ${SYMBOL}{${SYMBOL}_entries};
}\n")
