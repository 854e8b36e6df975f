#include "gateway/attention/copy.h"

#include <fmt/format.h>

namespace purser::gateway {

std::expected<ActionResult, Status> resubmit_copy(Journal& journal, BodyStore& bodies, Resubmission copy,
                                                  std::string_view bytes) {
  const auto first = journal.show(copy.of, no_documents);
  if (!first) return std::unexpected(first.error());
  if (first->hash == sha256(bytes) && copy.format.empty() && !copy.everywhere) {
    return std::unexpected(Status{StatusClass::invalid, "JOURNAL-0010",
                                  fmt::format("the copy is {} as it was received", text(copy.of))});
  }
  auto writer = bodies.open_large(first->summary.tenant);
  if (!writer) return std::unexpected(writer.error());
  if (auto wrote = (*writer)->write(bytes); !wrote) return std::unexpected(wrote.error());
  const auto place = (*writer)->finish();
  if (!place) return std::unexpected(place.error());
  copy.copy = *place;
  copy.hash = (*writer)->hash();
  return journal.resubmit(copy);
}

}  // namespace purser::gateway
