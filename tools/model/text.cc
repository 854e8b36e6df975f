#include "tools/model/text.h"

namespace purser::model_generator {
namespace {

std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string quoted(std::string_view text) { return "\"" + escaped(text, "\"\\") + "\""; }
std::string json_quoted(std::string_view text) { return quoted(text); }
std::string cell(std::string_view text) { return escaped(text, "|"); }

}  // namespace purser::model_generator
