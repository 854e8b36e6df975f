# Writes the schema file SCHEMA as a string constant into OUTPUT.
file(READ "${SCHEMA}" content)
string(LENGTH "${content}" length)
set(offset 0)
set(literal "")
while(offset LESS length) # in pieces: some compilers limit the length of a literal
  string(SUBSTRING "${content}" ${offset} 8000 piece)
  string(APPEND literal "\n    R\"~~~(${piece})~~~\"")
  math(EXPR offset "${offset} + 8000")
endwhile()
file(WRITE "${OUTPUT}" "// Generated from config/schema/purser.schema.json; do not edit.
#include \"gateway/settings/schema_check.h\"

namespace purser::gateway {
std::string_view settings_schema() {
  return${literal};
}
}  // namespace purser::gateway
")
