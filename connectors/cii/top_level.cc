#include "connectors/cii/top_level.h"

namespace purser::cii {

bool TopLevel::step(const Event& event) {
  switch (event.kind) {
    case EventKind::begin_document:
    case EventKind::end_document:
      depth_ = 0;
      return true;
    case EventKind::begin_group:
      return depth_++ == 0;
    case EventKind::end_group:
      return --depth_ == 0;
    case EventKind::field:
      return depth_ == 0;
  }
  return false;
}

std::uint16_t invoice_field(std::string_view name) {
  return find_document(DocumentType::invoice)->root->find(name)->number;
}

std::uint16_t invoice_field(std::string_view group, std::string_view name) {
  return find_document(DocumentType::invoice)->root->find(group)->group->find(name)->number;
}

}  // namespace purser::cii
