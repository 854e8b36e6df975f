#include "gateway/translate/translator.h"

#include <algorithm>
#include <cstring>

#include "canonical/event/events_only.h"
#include "canonical/event/json_reader.h"
#include "gateway/translate/assembly.h"
#include "gateway/translate/pull_text.h"

namespace purser::gateway {
namespace {

constexpr std::size_t detection_bytes =
    64 * 1024;  // what connectors look at; enough for any envelope and prolog

bool serious(const std::vector<Finding>& findings, Severity at_least) {
  return std::ranges::any_of(findings, [&](const Finding& f) { return f.severity >= at_least; });
}

/// Gives first what was read ahead for detection, then the rest of the source.
class ReadAhead {
 public:
  explicit ReadAhead(const Pull& source) : source_(source) {}
  std::expected<std::string_view, Status> look() {
    while (ahead_.size() < detection_bytes) {
      const std::size_t before = ahead_.size();
      ahead_.resize(detection_bytes);
      const auto got = source_(std::span(ahead_).subspan(before));
      if (!got) return std::unexpected(got.error());
      ahead_.resize(before + *got);
      if (*got == 0) break;
    }
    return ahead_;
  }
  std::expected<std::size_t, Status> read(std::span<char> into) {
    if (given_ == ahead_.size()) return source_(into);
    const std::size_t count = std::min(into.size(), ahead_.size() - given_);
    std::memcpy(into.data(), ahead_.data() + given_, count);
    given_ += count;
    return count;
  }

 private:
  const Pull& source_;
  std::string ahead_;
  std::size_t given_ = 0;
};

/// Notes of an encoder.
class Notes : public DocumentSink {
 public:
  explicit Notes(Written& into) : into_(into) {}
  Outcome push(std::span<const Event>) override { return {}; }
  void finding(Finding finding) override {
    if (into_.findings.size() < Report::max_findings) into_.findings.push_back(std::move(finding));
  }
  void loss(Loss loss) override {
    if (into_.losses.size() < LossReport::max_losses) {
      into_.losses.push_back(std::move(loss));
    } else {
      ++into_.losses_dropped;
    }
  }

 private:
  Written& into_;
};

}  // namespace

bool is_canonical(std::string_view first) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t brace = first.find_first_not_of(blanks);
  if (brace == std::string_view::npos || first[brace] != '{') return false;
  const std::size_t member = first.find_first_not_of(blanks, brace + 1);
  return member != std::string_view::npos && first.substr(member).starts_with("\"document\"");
}

// The status names the finding; the source's own findings may have said it already, with its place.
void add_failure(const Status& status, std::vector<Finding>& findings) {
  const bool said = std::ranges::any_of(findings, [&](const Finding& f) { return f.code == status.code; });
  if (!said) {
    Finding finding = find_catalogue_entry(status.code) != nullptr
                          ? make_finding(status.code, {}, status.message)
                          : Finding{};
    finding.code = status.code;
    finding.message = status.message;
    finding.severity = std::max(finding.severity, Severity::error);
    findings.push_back(std::move(finding));
  }
  if (!serious(findings, Severity::error)) findings.back().severity = Severity::error;
}

bool Written::has(Severity at_least) const { return serious(findings, at_least); }

Outcome Translator::decode(const DecodeOrder& order, const Pull& source, const EachDocument& each,
                           Report& file, std::string& connector) {
  ReadAhead input(source);
  DecodeOrder found = order;
  connector = order.connector;
  if (found.connector.empty()) {
    const auto first = input.look();
    if (!first) return std::unexpected(first.error());
    found.connector =
        is_canonical(*first) ? std::string(canonical_connector) : connectors_.detect(order, *first);
    if (found.connector.empty()) {
      return std::unexpected(
          Status{StatusClass::invalid, "ROUTE-0007", "No connector recognises this content"});
    }
  }
  connector = found.connector;
  Assembly assembly(each, file, found.rules);
  const auto pull = [&](std::span<char> into) { return input.read(into); };
  Outcome read = found.connector == canonical_connector ? read_json(TextInput(pull), assembly)
                                                        : connectors_.decode(found, pull, assembly);
  // Documents that were whole before it stopped are kept: the caller decides.
  if (auto last = assembly.finish(); !last && read) read = last;
  return read;
}

std::expected<Understanding, Status> Translator::decode(const DecodeOrder& order, std::string_view bytes) {
  return decode(order, pull_text(bytes));
}

std::expected<Understanding, Status> Translator::decode(const DecodeOrder& order, const Pull& source) {
  Understanding what;
  Report file;
  const auto each = [&](Document&& document) -> Outcome {
    what.documents.push_back(std::move(document));
    return {};
  };
  const auto read = decode(order, source, each, file, what.format);
  what.findings = file.findings();
  if (read) return what;
  const Status& status = read.error();
  if (status.what == StatusClass::unavailable || status.what == StatusClass::overloaded) {
    return std::unexpected(status);
  }
  add_failure(status, what.findings);
  return what;
}

std::expected<Written, Status> Translator::encode(const EncodeOrder& order, std::string_view canonical) {
  Written out;
  if (order.connector.empty() || order.connector == canonical_connector) {
    out.bytes = canonical;
    return out;
  }
  Notes notes(out);
  const auto feed = [&](EventSink& into) {
    EventsOnly events(into);
    return read_json(canonical, events);
  };
  const auto take = [&](std::string_view bytes) -> Outcome {
    out.bytes += bytes;
    return {};
  };
  const auto retry_safe = [&](EventSink& into) {
    // Called again when a worker died: what the first one wrote does not count.
    out.bytes.clear();
    return feed(into);
  };
  if (auto done = connectors_.encode(order, retry_safe, take, notes); !done)
    return std::unexpected(done.error());
  return out;
}

std::pair<std::string, std::string> Translator::media_of(const EncodeOrder& order) {
  if (order.connector.empty() || order.connector == canonical_connector) return {"application/json", ".json"};
  return connectors_.media_of(order);
}

}  // namespace purser::gateway
