// The canonical model as JSON Schema, as built into the program: canonical/spec/generated/schema/model.json.
#pragma once

#include <span>
#include <string_view>

namespace purser::gateway {

struct SchemaText {
  std::string_view name, text;
};

namespace model_schema {
/// One file. Generated.
std::span<const SchemaText> embedded_files();
}  // namespace model_schema

}  // namespace purser::gateway
