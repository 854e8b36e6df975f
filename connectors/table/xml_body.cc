#include "connectors/table/xml_body.h"

namespace purser::table {

XmlBody::XmlBody(const XmlTables& tables, const XmlDocument& document, const map::Program& program,
                 ByteSink& out, DocumentSink& notes)
    : tables_(tables), document_(document), out_(out), root_(document.root), attributes_(notes) {
  const XmlEnvelope* envelope = tables.format().envelope;
  if (envelope != nullptr && envelope->kept)
    header_ = std::string(envelope->prefix) + ":" + std::string(envelope->header);
  const auto prefix = tables.prefix_of(document.space);
  if (prefix) root_ = std::string(*prefix) + ":" + root_;
  for (const map::NamespaceName& space : program.namespaces()) {
    if (tables.format().plain) break;
    const bool default_one = space.prefix.empty();
    if (default_one && (prefix || space.uri.empty())) continue;
    if (envelope != nullptr && space.uri == envelope->space) continue;  // declared where it is used
    namespaces_.push_back({space.prefix, space.uri});
  }
}

Outcome XmlBody::open(std::string_view name, const Position& at) {
  if (depth_ == 0 && !writer_) {
    ++depth_;
    return {};
  }
  if (!writer_) {
    if (auto done = start(!header_.empty() && name == header_, at); !done) return done;
  }
  ++depth_;
  return writer_->open(name, at);
}

Outcome XmlBody::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (!writer_) {
    if (!where.name.empty()) return attributes_.leaf(where, text, at);
    if (auto done = start(false, at); !done) return done;
  }
  return writer_->leaf(where, text, at);
}

Outcome XmlBody::close(const Position& at) {
  if (!writer_) {
    if (auto done = start(false, at); !done) return done;
  }
  --depth_;
  if (auto done = writer_->close(at); !done) return done;
  if (in_header_ && depth_ == 1) {
    in_header_ = false;
    return start_root(at);
  }
  return depth_ == 0 && enveloped_ ? writer_->close(at) : Outcome{};
}

Outcome XmlBody::finish() { return writer_ ? writer_->finish() : Outcome{}; }

Outcome XmlBody::start(bool enveloped, const Position& at) {
  enveloped_ = in_header_ = enveloped;
  const XmlEnvelope* envelope = tables_.format().envelope;
  if (enveloped) namespaces_.push_back({envelope->prefix, envelope->space});
  xml::WriteOptions options;
  options.namespaces = namespaces_;
  options.doctype = document_.doctype.empty() ? tables_.format().written_doctype : document_.doctype;
  writer_.emplace(out_, options);
  if (!enveloped) return start_root(at);
  return writer_->open(std::string(envelope->prefix) + ":" + std::string(envelope->root), at);
}

Outcome XmlBody::start_root(const Position& at) {
  if (auto done = writer_->open(root_, at); !done) return done;
  return attributes_.replay(*writer_);
}

}  // namespace purser::table
