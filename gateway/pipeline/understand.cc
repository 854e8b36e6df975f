#include "gateway/pipeline/understand.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/pipeline/answers.h"
#include "gateway/pipeline/lost_values.h"
#include "gateway/route/rules.h"

namespace purser::gateway {
namespace {

bool may_pass(const Status& status) {
  return status.what == StatusClass::unavailable || status.what == StatusClass::overloaded;
}

std::string format_name(const EncodeOrder& order) {
  return order.format.empty() ? order.connector : fmt::format("{} {}", order.connector, order.format);
}

Finding cannot_write(const EncodeOrder& order, std::string_view code, std::string_view message) {
  return make_finding("DELIVER-0009", {}, fmt::format("{}: {} {}", format_name(order), code, message));
}

/// What the source wants its connector to answer, as the connector's settings.
std::string reading_settings(const RouteTable& table, const std::string& source) {
  const auto found = table.acknowledging.find(source);
  if (found == table.acknowledging.end() || found->second.technical.empty()) return {};
  return fmt::format(R"({{"acknowledge":"{}"}})", found->second.technical);
}

DecodeOrder order_of(const RouteTable& table, const Incoming& incoming) {
  DecodeOrder order;
  order.connector = incoming.format;
  order.file_name = incoming.file_name;
  order.media_type = incoming.media_type;
  order.tenant = incoming.tenant;
  order.partner = incoming.partner;
  order.settings = reading_settings(table, incoming.source);
  order.rules = rules_for(table, incoming.partner, incoming.source);
  order.source_rules = rules_for_reading(table, incoming);
  return order;
}

/// Holds the bytes that a connector reads against the XML Schemas that their source wants, as they go by.
class BesideReading {
 public:
  BesideReading(const RouteTable& table, const std::string& source, const Pull& pull) : pull_(pull) {
    if (const auto wish = table.xsd.find(source); wish != table.xsd.end()) check_.emplace(wish->second);
  }
  [[nodiscard]] Pull over() {
    if (!check_) return pull_;
    return [this](std::span<char> into) { return read(into); };
  }
  /// What did not fit. Behind what the connector wanted to see, the rest is read.
  void add_to(std::vector<Finding>& findings) {
    if (!check_) return;
    std::array<char, 16384> rest{};
    for (bool more = !ended_ && !failed_; more;) {
      const auto count = read(rest);
      more = count && *count > 0;
    }
    for (Finding& finding : check_->finish(ended_)) findings.push_back(std::move(finding));
  }

 private:
  std::expected<std::size_t, Status> read(std::span<char> into) {
    auto count = pull_(into);
    failed_ = !count;
    ended_ = count && *count == 0;
    if (count) check_->feed({into.data(), *count});
    return count;
  }

  const Pull& pull_;
  std::optional<XsdCheck> check_;
  bool ended_ = false, failed_ = false;
};

// Answers of a message in parts stand behind all documents that it may have: how many come is not known yet.
constexpr std::uint32_t answers_behind = 1'000'000'000;

/// Gathers documents, and gives them on when there are enough and another one follows: the last part is never
/// an empty one.
class Parts {
 public:
  Parts(Translator& translator, const RouteTable& table, const Incoming& incoming, Instant now,
        std::uint32_t after, const EachPart& each)
      : translator_(translator),
        table_(table),
        incoming_(incoming),
        now_(now),
        settled_(after),
        each_(each) {}

  Outcome add(Document&& document, const std::string& format) {
    if (document.ordinal <= settled_) return {};
    if (part_.documents.size() >= max_part_documents || bytes_ >= max_part_bytes) {
      part_.format = format;
      if (auto given = give(false); !given) return given;
    }
    bytes_ += document.canonical.size();
    part_.documents.push_back(std::move(document));
    return {};
  }

  Outcome finish(const std::string& format, std::vector<Finding> findings) {
    part_.format = format;
    part_.findings = std::move(findings);
    return give(true);
  }
  [[nodiscard]] bool refused() const { return refused_; }

 private:
  Outcome give(bool last) {
    const std::size_t read = part_.documents.size();
    answer_contents(table_, incoming_, now_, part_);
    const bool whole = last && settled_ == 0;
    for (std::size_t i = read; !whole && i < part_.documents.size(); ++i) {
      part_.documents[i].ordinal = answers_behind + settled_ + static_cast<std::uint32_t>(i - read) + 1;
    }
    plan(table_, incoming_, part_);
    write_ahead(translator_, incoming_, part_);
    Outcome taken = each_(std::exchange(part_, {}), static_cast<std::uint32_t>(read), last);
    settled_ += static_cast<std::uint32_t>(read);
    bytes_ = 0;
    refused_ = !taken;
    return taken;
  }

  Translator& translator_;
  const RouteTable& table_;
  const Incoming& incoming_;
  Instant now_;
  std::uint32_t settled_;
  const EachPart& each_;
  Understanding part_;
  std::size_t bytes_ = 0;
  bool refused_ = false;
};

}  // namespace

void write_ahead(Translator& translator, const Incoming& incoming, Understanding& what) {
  if (what.deliveries.size() > max_written_ahead) return;
  for (PlannedDelivery& planned : what.deliveries) {
    // The canonical form is stored anyway.
    if (planned.connector.empty()) continue;
    const auto document = std::ranges::find(what.documents, planned.document, &Document::ordinal);
    if (document == what.documents.end()) continue;
    EncodeOrder order;
    order.connector = planned.connector;
    order.format = planned.format;
    order.tenant = incoming.tenant;
    order.partner = incoming.partner;
    auto written = write_delivery(translator, order, planned.target, document->canonical);
    if (!written) continue;  // it passes: written at the first attempt
    if (*written) {
      planned.encoded = std::move((*written)->bytes);
      planned.is_encoded = true;
      std::ranges::move((*written)->lost, std::back_inserter(document->findings));
    } else {
      planned.parked = std::move(written->error());
    }
  }
}

bool go_together(const Incoming& one, const Incoming& other) {
  // Not longer than one of them keeps the others waiting, and together in what a worker's line carries.
  constexpr std::size_t most = 32 << 10;
  const auto fits = [](const Incoming& in) { return !in.staged.is_set() && in.body.size() <= most; };
  return fits(one) && fits(other) && !one.format.empty() && one.format == other.format;
}

std::shared_ptr<plugin::Handed> hand_over(Translator& translator, const RouteTable& table,
                                          std::span<const Incoming* const> bodies) {
  std::vector<DecodeOrder> orders;
  std::vector<std::string_view> documents;
  for (const Incoming* incoming : bodies) {
    orders.push_back(order_of(table, *incoming));
    documents.emplace_back(incoming->body);
  }
  return translator.hand_over(orders, documents);
}

std::expected<Understanding, Status> understand(Translator& translator, const RouteTable& table,
                                                const Incoming& incoming, const Pull& source, Instant now,
                                                plugin::Handed* handed) {
  BesideReading beside(table, incoming.source, source);
  DecodeOrder order = order_of(table, incoming);
  order.handed = handed;
  auto what = translator.decode(order, beside.over());
  if (!what) return what;
  beside.add_to(what->findings);
  answer_contents(table, incoming, now, *what);
  plan(table, incoming, *what);
  return what;
}

std::expected<bool, Status> understand_in_parts(Translator& translator, const RouteTable& table,
                                                const Incoming& incoming, const Pull& source, Instant now,
                                                std::uint32_t after, const EachPart& each) {
  Parts parts(translator, table, incoming, now, after, each);
  BesideReading beside(table, incoming.source, source);
  Report file;
  std::string format;
  const Outcome read = translator.decode(
      order_of(table, incoming), beside.over(),
      [&](Document&& document) { return parts.add(std::move(document), format); }, file, format);
  if (parts.refused()) return false;
  if (!read && may_pass(read.error())) return std::unexpected(read.error());
  std::vector<Finding> findings = file.findings();
  if (!read) add_failure(read.error(), findings);
  beside.add_to(findings);
  return parts.finish(format, std::move(findings)).has_value();
}

std::expected<std::expected<WrittenDelivery, Finding>, Status> write_delivery(Translator& translator,
                                                                              const EncodeOrder& order,
                                                                              std::string_view target,
                                                                              std::string_view canonical) {
  using Result = std::expected<WrittenDelivery, Finding>;
  auto written = translator.encode(order, canonical);
  if (!written) {
    if (may_pass(written.error())) return std::unexpected(written.error());
    return Result(std::unexpect, cannot_write(order, written.error().code, written.error().message));
  }
  const auto serious =
      std::ranges::find_if(written->findings, [](const Finding& f) { return f.severity >= Severity::error; });
  if (serious != written->findings.end()) {
    Finding finding = cannot_write(order, serious->code, serious->message);
    finding.path = serious->path;
    return Result(std::unexpect, std::move(finding));
  }
  auto lost = lost_values(target, format_name(order), *written);
  return Result(WrittenDelivery{std::move(written->bytes), std::move(lost)});
}

}  // namespace purser::gateway
