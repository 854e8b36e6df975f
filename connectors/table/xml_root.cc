#include "connectors/table/xml_root.h"

#include <algorithm>
#include <utility>

namespace purser::table {

bool XmlRoot::is_named(std::string_view name, std::string_view local, std::string_view space) const {
  if (!name.ends_with(local)) return false;
  name.remove_suffix(local.size());
  if (space.empty()) return name.empty();
  if (const auto prefix = tables_.prefix_of(space)) {
    return name.size() == prefix->size() + 1 && name.starts_with(*prefix) && name.ends_with(':');
  }
  return name.size() == space.size() + 2 && name.starts_with('{') && name.substr(1).starts_with(space) &&
         name.ends_with('}');
}

Outcome XmlRoot::open(std::string_view name, const Position& at) {
  switch (state_) {
    case State::outside: {
      const XmlEnvelope* envelope = tables_.format().envelope;
      if (envelope == nullptr) return open_root(name, at);
      if (!enveloped_ && !any_ && is_named(name, envelope->root, envelope->space)) return open_envelope(at);
      if (!enveloped_ || !is_named(name, envelope->header, envelope->space)) return open_root(name, at);
      state_ = State::header;
      depth_ = 1;
      return envelope->kept ? header_.open(name, at) : Outcome{};
    }
    case State::header:
      ++depth_;
      return tables_.format().envelope->kept ? header_.open(name, at) : Outcome{};
    case State::deciding:
      return open_undecided(name, at);
    case State::before_content:
      if (auto done = give_header(); !done) return done;
      [[fallthrough]];
    case State::document:
      ++depth_;
      return sink_->open(name, at);
  }
  return {};
}

Outcome XmlRoot::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  switch (state_) {
    case State::outside:
      return {};  // an attribute of the envelope
    case State::header:
      return tables_.format().envelope->kept ? header_.leaf(where, text, at) : Outcome{};
    case State::deciding:
      return leaf_undecided(where, text, at);
    case State::before_content:
      if (where.name.empty()) {
        if (auto done = give_header(); !done) return done;
      }
      [[fallthrough]];
    case State::document:
      return sink_->leaf(where, text, at);
  }
  return {};
}

Outcome XmlRoot::close(const Position& at) {
  switch (state_) {
    case State::outside:
      if (any_) return {};  // the envelope, after its document
      return refuse(make_finding("TABLE-0014", at,
                                 std::string(tables_.format().envelope->root) + " ended without a document"));
    case State::header:
      if (--depth_ == 0) state_ = State::outside;
      return tables_.format().envelope->kept ? header_.close(at) : Outcome{};
    case State::deciding:
      return close_undecided(at);
    case State::before_content:
      if (auto done = give_header(); !done) return done;
      [[fallthrough]];
    case State::document:
      if (auto done = sink_->close(at); !done || --depth_ > 0) return done;
      state_ = State::outside;
      any_ = true;
      return decoder_->finish(at);
  }
  return {};
}

Outcome XmlRoot::open_envelope(const Position& at) {
  enveloped_ = true;
  const XmlEnvelope& envelope = *tables_.format().envelope;
  if (!envelope.kept) {
    out_.finding(
        make_finding("TABLE-0011", at, std::string(envelope.root) + " opened; its header is not kept"));
  }
  return {};
}

Outcome XmlRoot::open_root(std::string_view name, const Position& at) {
  const auto documents = tables_.format().documents;
  const auto found = std::ranges::find_if(
      documents, [&](const XmlDocument& each) { return is_named(name, each.root, each.space); });
  for (const XmlRefusal& known : tables_.format().refused) {
    if (!is_named(name, known.root, known.space)) continue;
    Finding finding = make_finding("TABLE-0016", at, std::string(known.why));
    finding.source = "/" + std::string(known.root);
    return refuse(std::move(finding));
  }
  if (found == documents.end()) return unknown("root element is " + std::string(name), name, at);
  if (found->inside.empty()) return begin(*found, at);
  state_ = State::deciding;
  depth_ = 1;
  local_ = found->root;
  space_ = found->space;
  return held_.open(name, at);
}

/// The envelope's header goes before the root's first child or text.
Outcome XmlRoot::hold_header() {
  if (header_.empty()) return {};
  const auto done = header_.replay(held_);
  header_.clear();
  return done;
}

Outcome XmlRoot::open_undecided(std::string_view name, const Position& at) {
  if (auto done = hold_header(); !done) return done;
  ends_.push_back(path_.size());
  if (!path_.empty()) path_ += '/';
  path_ += name;
  const auto decided = decide({Met::What::open, path_}, at);
  if (!decided) return std::unexpected(decided.error());
  ++depth_;
  return *decided ? sink_->open(name, at) : held_.open(name, at);
}

Outcome XmlRoot::leaf_undecided(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (where.name.empty()) {
    if (auto done = hold_header(); !done) return done;
  }
  const auto path =
      where.name.empty() ? path_ : path_ + (path_.empty() ? "@" : "/@") + std::string(where.name);
  const auto decided = decide({Met::What::value, path, text}, at);
  if (!decided) return std::unexpected(decided.error());
  return *decided ? sink_->leaf(where, text, at) : held_.leaf(where, text, at);
}

Outcome XmlRoot::close_undecided(const Position& at) {
  if (auto done = hold_header(); !done) return done;
  const auto decided = decide({Met::What::end, path_}, at);
  if (!decided) return std::unexpected(decided.error());
  if (*decided) return close(at);
  if (--depth_ == 0)
    return unknown("root element " + std::string(local_) + " holds none of them", local_, at);
  path_.resize(ends_.back());
  ends_.pop_back();
  return held_.close(at);
}

/// True: what is met told which document this is; what was held has been given to its decoder.
std::expected<bool, Status> XmlRoot::decide(const Met& met, const Position& at) {
  const auto documents = tables_.format().documents;
  const auto found = std::ranges::find_if(documents, [&](const XmlDocument& each) {
    return each.root == local_ && each.space == space_ && tells(each.inside, met);
  });
  if (found == documents.end()) return false;
  const unsigned depth = depth_;
  if (auto done = begin(*found, at); !done) return std::unexpected(done.error());
  held_.clear();
  state_ = State::document;
  depth_ = depth;
  return true;
}

Outcome XmlRoot::begin(const XmlDocument& document, const Position& at) {
  auto program = tables_.library().find(document.message, document.version, request_.overlays);
  if (!program) {
    const auto& findings = program.error().findings();
    for (const Finding& finding : findings) out_.finding(finding);
    return std::unexpected(Status{StatusClass::defect, findings.front().code, findings.front().message});
  }
  program_ = *std::move(program);
  decoder_.emplace(*program_, out_);
  sink_ = &*decoder_;
  if (const auto filter = tables_.format().filter; filter != nullptr) {
    filter_ = filter(document, request_, *decoder_, out_);
    if (filter_) sink_ = filter_.get();
  }
  state_ = State::before_content;
  depth_ = 1;
  return held_.empty() ? sink_->open(document.message, at) : held_.replay(*sink_, document.message);
}

Outcome XmlRoot::give_header() {
  state_ = State::document;
  return header_.replay(*sink_);
}

Outcome XmlRoot::unknown(std::string what, std::string_view name, const Position& at) {
  Finding finding = make_finding("TABLE-0010", at, std::move(what));
  finding.source = "/" + std::string(name);
  const std::string_view local =
      name.substr(name.find('}') == std::string_view::npos ? 0 : name.find('}') + 1);
  for (const XmlDocument& each : tables_.format().documents) {
    if (each.root == local && !each.space.empty()) {
      finding.expected = std::string(each.root) + " in namespace " + std::string(each.space);
      break;
    }
    finding.expected += (finding.expected.empty() ? "" : ", ") + std::string(each.message);
  }
  return refuse(std::move(finding));
}

Outcome XmlRoot::refuse(Finding finding) {
  Status status{StatusClass::invalid, finding.code, finding.message};
  out_.finding(std::move(finding));
  return std::unexpected(std::move(status));
}

}  // namespace purser::table
