// Bytes of an interchange to canonical documents: one for each message.
#pragma once

#include <memory>
#include <optional>

#include "canonical/map/program.h"
#include "connectors/edifact/packing.h"
#include "connectors/edifact/tables.h"
#include "connectors/reader/edifact_reader.h"

namespace purser::edifact {

/// Forwards what a message's decoder gives. Findings that come before the document has begun wait for it,
/// so that they belong to it and not to the one before. [serial]
class MessageSink : public DocumentSink {
 public:
  explicit MessageSink(DocumentSink& out) : out_(out) {}
  /// The next message: no document yet.
  void begin() { begun_ = false; }
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override { out_.loss(std::move(loss)); }
  /// Hands over findings of a message that gave no document.
  void flush();
  [[nodiscard]] bool any_document() const { return any_; }

 private:
  DocumentSink& out_;
  std::vector<Finding> waiting_;
  bool begun_ = true;
  bool any_ = false;
};

/// Takes an interchange from the reader and gives its messages to decoders. [serial]
class Reading : public InterchangeHandler {
 public:
  Reading(Tables& tables, const sdk::Request& request, DocumentSink& out)
      : tables_(tables), request_(request), sink_(out) {}
  Outcome begin_interchange(const Interchange& interchange) override;
  std::expected<map::SyntaxSink*, Status> begin_message(const Interchange& interchange, const Group* group,
                                                        const Message& message) override;
  Outcome end_message(const Message& message, const MessageEnd& end) override;
  Outcome end_interchange(const Interchange& interchange, const InterchangeEnd& end) override;
  void finding(Finding finding) override { sink_.finding(std::move(finding)); }

 private:
  std::shared_ptr<const map::Program> choose(const Message& message);

  Tables& tables_;
  const sdk::Request& request_;
  MessageSink sink_;
  TableKey last_key_;  ///< interchanges carry many messages of one kind
  std::shared_ptr<const map::Program> last_program_;
  std::shared_ptr<const map::Program> program_;
  std::optional<map::Decoder> decoder_;
  std::optional<PackingReader> packing_;
};

}  // namespace purser::edifact
