// show: all that is known of one message, or of one delivery.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "gateway/settings/settings.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using gateway::DocumentRange;
using gateway::MessageView;
using nlohmann::ordered_json;

namespace {

constexpr std::uint32_t page = gateway::ListQuery::max_limit;  // documents; an interchange may have a million

/// 0 if it is not given, none if it is no number from 1.
std::optional<std::uint32_t> number_of(const Arguments& arguments, std::string_view option) {
  const std::string text = arguments.get(option);
  std::uint32_t number = 0;
  if (text.empty()) return number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || *end != '\0' || number == 0) return std::nullopt;
  return number;
}

std::expected<DocumentRange, std::string> range_of(const Arguments& arguments) {
  const auto document = number_of(arguments, "--document");
  const auto after = number_of(arguments, "--after");
  const auto limit = number_of(arguments, "--limit");
  if (!document || !after || !limit)
    return std::unexpected("--document, --after and --limit take a number from 1");
  if (*document == 0) return DocumentRange{*after, *limit == 0 ? page : *limit};
  if (*after != 0 || *limit != 0) return std::unexpected("--document stands by itself");
  return DocumentRange{*document - 1, 1};
}

/// Piece by piece: a message may be larger than what there is of memory.
int print_message(gateway::BodyStore& bodies, const MessageView& view) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  std::vector<char> piece(64 << 10);
  for (std::uint64_t offset = 0; offset < view.body.length;) {
    const auto count = bodies.read_piece(view.body, offset, piece);
    if (!count) return fail_by_class(count.error());
    if (*count == 0) break;
    EVP_DigestUpdate(digest.get(), piece.data(), *count);
    print({piece.data(), *count});
    offset += *count;
  }
  gateway::Sha256 hash{};
  EVP_DigestFinal_ex(digest.get(), hash.data(), nullptr);
  if (hash == view.hash) return exit_ok;
  return fail(exit_environment, "what was printed is damaged: it is not what was received (JOURNAL-0004)");
}

int print_body(gateway::BodyStore& bodies, const gateway::BodyRef& place, std::string_view end) {
  const auto bytes = bodies.read(place);
  if (!bytes) return fail_by_class(bytes.error());
  print(*bytes);
  print(end);
  return exit_ok;
}

int print_canonical(gateway::OpenJournal& open, MessageView view, DocumentRange which) {
  for (std::uint32_t left = which.limit;;) {
    for (const auto& document : view.documents) {
      if (const int code = print_body(*open.bodies, document.canonical, "\n"); code != exit_ok) return code;
    }
    left -= static_cast<std::uint32_t>(view.documents.size());
    if (!view.more || left == 0) return exit_ok;
    auto next = open.journal->show(view.summary.id, {view.documents.back().ordinal, std::min(page, left)});
    if (!next) return fail_by_class(next.error());
    view = std::move(*next);
  }
}

// Targets that open deliveries wait for, by the configuration of --config; none if it is not given.
std::set<std::string> switched_off(const Arguments& arguments, const MessageView& message) {
  std::set<std::string> off;
  const std::string folder = arguments.get("--config");
  if (folder.empty()) return off;
  const auto loaded = gateway::load_settings(folder, arguments.get("--data"));
  if (loaded.settings == nullptr) return off;
  for (const gateway::DeliveryView& delivery : message.deliveries) {
    const bool open = delivery.state == gateway::DeliveryState::due || delivery.state == gateway::DeliveryState::in_flight;
    const auto* target = loaded.settings->table->find_target(delivery.target);
    if (open && target != nullptr && !target->enabled) off.insert(delivery.target);
  }
  return off;
}

int describe_all(const Arguments& arguments, const MessageView& view, const std::vector<gateway::Step>& steps,
                 std::uint32_t next) {
  if (arguments.json()) {
    ordered_json out = to_json(view);
    out["timeline"] = ordered_json::array();
    for (const auto& step : steps) out["timeline"].push_back(to_json(step));
    if (next != 0) out["next_after"] = next;
    print_json(out);
    return exit_ok;
  }
  print(describe(view));
  for (const std::string& target : switched_off(arguments, view)) {
    print_line(fmt::format("  {} is switched off (targets.{}.enabled): what is due waits there", target, target));
  }
  print("\n" + describe(steps));
  if (next != 0) {
    print_line(fmt::format("\nof {} documents; the next: purser show {} --after {}", view.summary.documents,
                           gateway::text(view.summary.id), next));
  }
  return exit_ok;
}

int show_message(const Arguments& arguments, gateway::OpenJournal& open, gateway::MessageId id) {
  auto which = range_of(arguments);
  if (!which) return fail(exit_usage, which.error());
  if (arguments.has("--body")) {
    const auto view = open.journal->show(id, gateway::no_documents);
    return view ? print_message(*open.bodies, *view) : fail_by_class(view.error());
  }
  const bool canonical = arguments.has("--canonical");
  if (canonical && arguments.get("--limit").empty() && which->limit == page)
    which->limit = UINT32_MAX;  // it is piped on
  auto view = open.journal->show(id, {which->after, std::min(which->limit, page)});
  if (!view) return fail_by_class(view.error());
  if (!arguments.get("--document").empty() && view->documents.empty()) {
    return fail(exit_findings, fmt::format("{} has no document {}, there are {}", gateway::text(id),
                                           which->after + 1, view->summary.documents));
  }
  if (canonical) return print_canonical(open, std::move(*view), *which);
  const auto steps = open.journal->timeline(id, *which);
  if (!steps) return fail_by_class(steps.error());
  const bool more = view->more && arguments.get("--document").empty();
  return describe_all(arguments, *view, *steps, more ? view->documents.back().ordinal : 0);
}

int show_delivery(const Arguments& arguments, gateway::OpenJournal& open, gateway::DeliveryId id) {
  const auto view = open.journal->show(id);
  if (!view) return fail_by_class(view.error());
  const gateway::DeliveryView& delivery = view->deliveries.front();
  // Where no connector writes, the canonical form is what goes out.
  if (arguments.has("--body") && delivery.encoded.is_set())
    return print_body(*open.bodies, delivery.encoded, "");
  if (arguments.has("--body") || arguments.has("--canonical"))
    return print_canonical(open, *view, {.limit = 1});
  auto steps = open.journal->timeline(view->summary.id, {delivery.document - 1, 1});
  if (!steps) return fail_by_class(steps.error());
  std::erase_if(*steps,
                [&](const gateway::Step& step) { return step.delivery.is_set() && step.delivery != id; });
  return describe_all(arguments, *view, *steps, 0);
}

}  // namespace

int show_command(const Arguments& arguments) {
  const std::string& operand = arguments.operands().front();
  const auto delivery = gateway::parse_delivery_id(operand);
  const auto message = gateway::parse_message_id(operand);
  if (!delivery && !message) {
    return fail(exit_usage,
                fmt::format("\"{}\" is no id: one of a message looks like m03F7ZK2M9Q0X4, one of a"
                            " delivery like d03F7ZK2M9Q0X4; for a document's number: purser trace {}",
                            operand, operand));
  }
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  return message ? show_message(arguments, access->open, *message)
                 : show_delivery(arguments, access->open, *delivery);
}

}  // namespace purser::cli
