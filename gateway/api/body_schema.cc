#include "gateway/api/body_schema.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "gateway/access/hmac.h"
#include "gateway/api/api.h"
#include "gateway/api/openapi.h"
#include "gateway/api/problem.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {
namespace {

constexpr std::size_t recognised_by = 4096;  // blanks before the first member are not endless

/// A body piece by piece, wherever it lies.
class BodyText {
 public:
  explicit BodyText(const Body& body) : bytes_(body.bytes) {
    if (body.in_file()) file_.open(body.file, std::ios::binary);
  }
  std::expected<std::size_t, Status> read(std::span<char> into) {
    if (!file_.is_open()) {
      const auto count = std::min(into.size(), bytes_.size());
      std::memcpy(into.data(), bytes_.data(), count);
      bytes_.remove_prefix(count);
      return count;
    }
    file_.read(into.data(), static_cast<std::streamsize>(into.size()));
    if (file_.bad())
      return std::unexpected(Status{StatusClass::unavailable, "INTAKE-0009", "the body was lost on its way"});
    return static_cast<std::size_t>(file_.gcount());
  }

 private:
  std::string_view bytes_;
  std::ifstream file_;
};

}  // namespace

const Schemas& description_schemas() {
  static const Schemas schemas(openapi_document(), "/components/schemas");
  return schemas;
}

std::optional<Response> misfit(const Outcome& read, const Report& report) {
  if (!read && read.error().what != StatusClass::invalid) return problem_of(read.error());
  if (report.empty()) return std::nullopt;
  const auto& first = report.findings().front();
  if (!read) return problem(400, report.findings().back().code, "the body cannot be read", report.findings());
  return problem(422, first.code,
                 report.findings().size() == 1 ? first.path + ": " + first.message
                                               : "the body does not fit its schema: see findings",
                 report.findings());
}

std::optional<Response> canonical_misfit(const Api& api, const Body& body, std::string_view connector) {
  if (!connector.empty() && connector != canonical_connector) return std::nullopt;
  if (connector.empty()) {
    std::string head(recognised_by, '\0');
    BodyText source(body);
    const auto count = source.read(head);
    if (!count || !is_canonical(std::string_view(head).substr(0, *count))) return std::nullopt;
  }
  BodyText source(body);
  Report report;
  const TextInput input = [&](std::span<char> into) { return source.read(into); };
  const auto read = validate_documents(input, api.schemas(), JsonLimits{}, report);
  return misfit(read, report);
}

std::optional<Response> xsd_misfit(const RouteTable& table, const std::string& source, const Body& body) {
  const auto wish = table.xsd.find(source);
  if (wish == table.xsd.end() || !wish->second.strict) return std::nullopt;
  XsdCheck check(wish->second);
  const bool whole = for_each_piece(body, [&](std::string_view piece) { check.feed(piece); });
  const auto findings = check.finish(whole);
  if (findings.empty()) return std::nullopt;
  return problem(422, findings.front().code, "the document does not fit its XML Schema: see findings",
                 findings);
}

}  // namespace purser::gateway
