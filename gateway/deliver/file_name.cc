#include "gateway/deliver/file_name.h"

#include "canonical/spec/descriptor.h"

namespace purser::gateway {
namespace {

// Long numbers are cut: with id and extension a name stays below the 255 bytes of common file systems.
constexpr std::size_t max_part = 80;

// A document's number comes from outside: nothing of it may lead out of the folder or hide the file.
std::string safe(std::string_view part) {
  std::string out;
  for (const char c : part.substr(0, max_part)) {
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    out += plain ? c : '_';
  }
  return out.empty() ? "none" : out;
}

}  // namespace

std::string file_name_of(std::string_view pattern, std::string_view extension, const Shipment& shipment) {
  const DocumentDescriptor* type = find_document(shipment.delivery.type);
  const std::pair<std::string_view, std::string> values[] = {
      {"{type}", std::string(type == nullptr ? "document" : type->name)},
      {"{number}", safe(shipment.delivery.number)},
      {"{delivery}", text(shipment.delivery.id)},
      {"{message}", text(shipment.delivery.message)},
      {"{document}", std::to_string(shipment.delivery.document)}};
  std::string name(pattern);
  for (const auto& [mark, value] : values) {
    for (std::size_t at = name.find(mark); at != std::string::npos; at = name.find(mark, at + value.size())) {
      name.replace(at, mark.size(), value);
    }
  }
  return name.append(extension.empty() ? std::string_view(shipment.extension) : extension);
}

}  // namespace purser::gateway
