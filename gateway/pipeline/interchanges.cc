#include "gateway/pipeline/interchanges.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace purser::gateway {
namespace {

constexpr std::size_t max_interchanges =
    100;                     // of one message that are looked up; more are booked as they are
constexpr int attempts = 8;  // to note a number while others of the same partner come in

References use_of(const RouteTable& table, const std::string& partner) {
  const auto found = table.references.find(partner);
  return found == table.references.end() ? References::unique : found->second;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void park(Understanding& what, Finding finding) {
  what.deliveries.clear();
  what.state = MessageState::parked;
  what.why = finding.code;
  what.findings.push_back(std::move(finding));
}

/// Says which numbers are missing before this one, and remembers it. A journal that cannot be asked now says
/// so when the message is admitted.
void note_number(Journal& journal, const Claim& claim, Understanding& what) {
  const auto number = number_of(claim.key);
  if (!number) return;
  const std::string key = claim.scope + "/last";
  for (int i = 0; i < attempts; ++i) {
    const auto before = journal.get(key);
    if (!before) return;
    const auto last = *before ? number_of(**before) : std::nullopt;
    if (last && *number <= *last) {
      if (*number < *last) {
        what.findings.push_back(
            make_finding("ROUTE-0012", {}, fmt::format("interchange {} came after {}", *number, *last)));
      }
      return;
    }
    const auto noted = journal.put(key, *before, std::to_string(*number));
    if (!noted) return;
    if (!*noted) continue;
    if (last && *number > *last + 1) {
      what.findings.push_back(
          make_finding("ROUTE-0011", {},
                       fmt::format("interchange {} came, {} was the last before: {} missing", *number, *last,
                                   *number - *last - 1)));
    }
    return;
  }
}

Finding came_before(const Claim& claim, const Admitted& first) {
  const bool same = first.kind != AnswerKind::conflict;
  return make_finding(same ? "ROUTE-0013" : "ROUTE-0010", {},
                      fmt::format("interchange {} came before in message {}, with {} content", claim.key,
                                  text(first.message), same ? "the same" : "other"));
}

/// Whether a person said that this message is to be understood again, whatever came before it.
std::expected<bool, Status> is_wanted(Journal& journal, MessageId message) {
  const auto steps = journal.timeline(message);
  if (!steps) return std::unexpected(steps.error());
  return std::ranges::any_of(*steps, [](const Step& step) {
    return step.what == "released" || step.what == "replayed" || step.what == "resubmitted";
  });
}

}  // namespace

std::vector<Claim> interchange_claims(const Understanding& what) {
  std::vector<Claim> claims;
  for (const Document& document : what.documents) {
    const Origin& origin = document.origin;
    if (origin.reference.empty() || origin.sender.empty() || origin.recipient.empty()) continue;
    Claim claim{fmt::format("interchange/{}\x1f{}", origin.sender, origin.recipient), origin.reference};
    // Documents of one interchange follow each other.
    const bool known =
        !claims.empty() && claims.back().scope == claim.scope && claims.back().key == claim.key;
    if (!known && claims.size() < max_interchanges) claims.push_back(std::move(claim));
  }
  return claims;
}

std::optional<Admitted> check_interchanges(Journal& journal, const RouteTable& table, Incoming& incoming,
                                           const Sha256& hash, Understanding& what) {
  const References use = use_of(table, incoming.partner);
  if (use == References::reused) return std::nullopt;
  std::optional<Admitted> first;
  bool anything_new = false;
  for (Claim& claim : interchange_claims(what)) {
    const auto seen = journal.find_claim(incoming.tenant, claim, hash);
    if (!seen) return std::nullopt;  // not readable now: the admission will tell
    if (!*seen) {
      anything_new = true;
      if (use == References::consecutive) note_number(journal, claim, what);
      incoming.claims.push_back(std::move(claim));
    } else if ((*seen)->kind == AnswerKind::conflict) {
      park(what, came_before(claim, **seen));
      return std::nullopt;
    } else if (!first) {
      first = **seen;
    }
  }
  return anything_new ? std::nullopt : std::move(first);
}

std::expected<std::vector<Claim>, Status> check_interchanges_later(Journal& journal, const RouteTable& table,
                                                                   const PendingMessage& message,
                                                                   Understanding& part) {
  std::vector<Claim> made;
  const References use = use_of(table, message.incoming.partner);
  std::vector<Claim> claims = use == References::reused ? made : interchange_claims(part);
  if (claims.empty()) return made;
  const auto view = journal.show(message.id, no_documents);
  if (!view) return std::unexpected(view.error());
  for (Claim& claim : claims) {
    const auto seen = journal.find_claim(message.incoming.tenant, claim, view->hash);
    if (!seen) return std::unexpected(seen.error());
    if (!*seen) {
      if (use == References::consecutive) note_number(journal, claim, part);
      made.push_back(std::move(claim));
    } else if ((*seen)->message != message.id) {
      const auto wanted = is_wanted(journal, message.id);
      if (!wanted) return std::unexpected(wanted.error());
      if (!*wanted) park(part, came_before(claim, **seen));
    }
  }
  return made;
}

}  // namespace purser::gateway
