#include "connectors/cxml/header.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/table/held_syntax.h"

namespace purser::cxml {
namespace {

constexpr std::array<std::string_view, 3> proofs = {"SharedSecret", "CredentialMac", "DigitalSignature"};

class Reading : public map::SyntaxSink {
 public:
  Reading(map::SyntaxSink& next, DocumentSink& notes) : next_(next), parties_(notes) {}

  Outcome open(std::string_view name, const Position& at) override {
    ++depth_;
    if (dropped_ != 0) return {};
    if (std::ranges::find(proofs, name) != proofs.end() && in_header_) {
      dropped_ = depth_;
      return {};
    }
    if (depth_ == header_depth && name == "Header") {
      in_header_ = true;
      as_they_are_ = false;
      ++headers_;
    }
    if (in_header_ && depth_ == header_depth + 1) in_party_ = name == "From" || name == "To";
    if (in_party_) {
      if (auto done = parties_.open(name, at); !done) return done;
    }
    return next_.open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (dropped_ != 0) return {};
    if (in_party_) {
      if (auto done = parties_.leaf(where, text, at); !done) return done;
    }
    return next_.leaf(where, text, at);
  }

  Outcome close(const Position& at) override {
    const unsigned depth = depth_--;
    if (dropped_ != 0) {
      if (dropped_ == depth) dropped_ = 0;
      return {};
    }
    if (in_party_) {
      if (auto done = parties_.close(at); !done) return done;
      if (depth == header_depth + 1) in_party_ = false;
    }
    if (auto done = next_.close(at); !done || !in_header_ || depth != header_depth) return done;
    in_header_ = false;
    as_they_are_ = headers_ == 1;
    const auto done = parties_.replay(next_);
    parties_.clear();
    return done;
  }

  map::ElementSink* whole_elements() override { return as_they_are_ ? next_.whole_elements() : nullptr; }

 private:
  static constexpr unsigned header_depth = 2;
  map::SyntaxSink& next_;
  table::HeldSyntax parties_;
  unsigned depth_ = 0;
  unsigned dropped_ = 0;  ///< depth of the element that is dropped with all in it
  bool in_header_ = false;
  bool in_party_ = false;
  unsigned headers_ = 0;
  bool as_they_are_ = false;  ///< behind the only header elements pass unchanged
};

class Writing : public map::SyntaxSink {
 public:
  Writing(map::SyntaxSink& next, DocumentSink& notes, HeaderFacts facts)
      : next_(next),
        notes_(notes),
        facts_(std::move(facts)),
        from_(notes),
        to_(notes),
        sender_(notes),
        agent_(notes),
        other_(notes),
        fallback_from_(notes),
        fallback_to_(notes) {}

  Outcome open(std::string_view name, const Position& at) override {
    ++depth_;
    if (depth_ == 1) return next_.open(name, at);
    if (depth_ == 2) {
      if (auto done = finish_attributes(at); !done) return done;
      in_header_ = name == "Header";
      held_ = in_header_       ? &other_
              : name == "From" ? &fallback_from_
              : name == "To"   ? &fallback_to_
                               : nullptr;
      if (held_ != nullptr) return {};
      return open_body(name, at);
    }
    if (in_header_ && depth_ == 3) {
      held_ = name == "From" ? &from_ : name == "To" ? &to_ : name == "Sender" ? &sender_ : &other_;
      if (held_ != &other_) return {};
    }
    if (held_ == &sender_ && depth_ == 4 && name == "UserAgent") held_ = &agent_;
    return held_ != nullptr ? held_->open(name, at) : next_.open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (depth_ == 1) {
      payload_ = payload_ || where.name == "payloadID";
      time_ = time_ || where.name == "timestamp";
    }
    const bool mode = depth_ == 2 && held_ == nullptr && where.name == "deploymentMode";
    if (mode && !facts_.settings.deployment_mode.empty()) return {};  // the settings have said it
    return held_ != nullptr ? held_->leaf(where, text, at) : next_.leaf(where, text, at);
  }

  Outcome close(const Position& at) override {
    const unsigned depth = depth_--;
    if (depth == 1) {
      if (auto done = finish_attributes(at); !done) return done;
    }
    if (held_ == nullptr || depth == 1) return next_.close(at);
    if (depth == 2) {
      held_ = nullptr;
      in_header_ = false;
      return {};
    }
    if (in_header_ && depth == 3 && held_ != &other_) {
      held_ = &other_;
      return {};
    }
    auto* held = held_;
    if (held_ == &agent_ && depth == 4) held_ = &sender_;
    return held->close(at);
  }

 private:
  Outcome finish_attributes(const Position& at) {
    if (!payload_ && !facts_.payload_id.empty()) {
      if (auto done = next_.leaf({"payloadID"}, facts_.payload_id, at); !done) return done;
    }
    if (!time_ && !facts_.now.empty()) {
      if (auto done = next_.leaf({"timestamp"}, facts_.now, at); !done) return done;
    }
    payload_ = time_ = true;
    return {};
  }

  /// Request, Message or Response: all that belongs into the Header is known now.
  Outcome open_body(std::string_view name, const Position& at) {
    if (name == "Request" || name == "Message") {
      if (auto done = give_header(at); !done) return done;
    }
    if (auto done = next_.open(name, at); !done) return done;
    const auto& mode = facts_.settings.deployment_mode;
    return mode.empty() || name == "Response" ? Outcome{} : next_.leaf({"deploymentMode"}, mode, at);
  }

  Outcome give_header(const Position& at) {
    if (std::exchange(given_, true)) return {};
    if (auto done = next_.open("Header", at); !done) return done;
    const auto& from = from_.empty() ? fallback_from_ : from_;
    const auto& to = to_.empty() ? fallback_to_ : to_;
    if (auto done = give_party("From", facts_.settings.from, from, at); !done) return done;
    if (auto done = give_party("To", facts_.settings.to, to, at); !done) return done;
    if (auto done = give_sender(from, at); !done) return done;
    if (auto done = other_.replay(next_); !done) return done;
    return next_.close(at);
  }

  Outcome give_party(std::string_view name, const Identity& set, const table::HeldSyntax& written,
                     const Position& at) {
    if (set.identity.empty() && written.empty()) {
      notes_.finding(make_finding("CXML-0001", at, "no credential for " + std::string(name)));
    }
    if (auto done = next_.open(name, at); !done) return done;
    const auto done = set.identity.empty() ? written.replay(next_) : give_credential(set, {}, at);
    return done ? next_.close(at) : done;
  }

  Outcome give_sender(const table::HeldSyntax& from, const Position& at) {
    const auto& settings = facts_.settings;
    const auto& set =
        settings.sender.identity.empty() && !settings.from.identity.empty() ? settings.from : settings.sender;
    if (auto done = next_.open("Sender", at); !done) return done;
    Outcome done;
    if (!set.identity.empty()) {
      done = give_credential(set, facts_.shared_secret, at);
    } else {
      done = (sender_.empty() ? from : sender_).replay(next_);
    }
    if (done && (agent_.empty() || !settings.user_agent.empty())) {
      done = text("UserAgent", settings.user_agent.empty() ? "Purser" : settings.user_agent, at);
    } else if (done) {
      done = agent_.replay(next_);
    }
    return done ? next_.close(at) : done;
  }

  Outcome give_credential(const Identity& who, std::string_view secret, const Position& at) {
    if (auto done = next_.open("Credential", at); !done) return done;
    if (auto done = next_.leaf({"domain"}, who.domain, at); !done) return done;
    if (auto done = text("Identity", who.identity, at); !done) return done;
    if (!secret.empty()) {
      if (auto done = text("SharedSecret", secret, at); !done) return done;
    }
    return next_.close(at);
  }

  Outcome text(std::string_view name, std::string_view value, const Position& at) {
    if (auto done = next_.open(name, at); !done) return done;
    if (auto done = next_.leaf({}, value, at); !done) return done;
    return next_.close(at);
  }

  map::SyntaxSink& next_;
  DocumentSink& notes_;
  HeaderFacts facts_;
  table::HeldSyntax from_, to_, sender_, agent_, other_;  ///< what is inside each, from Header
  table::HeldSyntax fallback_from_, fallback_to_;         ///< from the root's children
  table::HeldSyntax* held_ = nullptr;                     ///< where the open element goes
  unsigned depth_ = 0;
  bool in_header_ = false;
  bool given_ = false;
  bool payload_ = false, time_ = false;  ///< the root has these attributes
};

}  // namespace

std::unique_ptr<map::SyntaxSink> read_header(map::SyntaxSink& next, DocumentSink& notes) {
  return std::make_unique<Reading>(next, notes);
}

std::unique_ptr<map::SyntaxSink> write_header(map::SyntaxSink& next, DocumentSink& notes, HeaderFacts facts) {
  return std::make_unique<Writing>(next, notes, std::move(facts));
}

}  // namespace purser::cxml
