// Canonical events to an XML document by the table that fits. Internal; see XmlTables::write.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "canonical/event/recorded_events.h"
#include "connectors/table/xml_body.h"

namespace purser::table {

/// Holds events until the message is known by type and kind, then gives them to the table's encoder. [serial]
class XmlEncoder : public sdk::Encoder {
 public:
  /// Header values that may come before the kind that tells which table to take; far above any real header.
  static constexpr std::size_t max_held_events = 200'000;

  XmlEncoder(XmlTables& tables, const sdk::Request& request, ByteSink& out, DocumentSink& notes,
             map::Encoder::Variables variables, SyntaxFilter filter);
  Outcome push(std::span<const Event> batch) override;
  Outcome finish() override;

 private:
  Outcome encode(std::span<const Event> batch);
  EventSink& table() { return shape_ ? *shape_ : *encoder_; }
  Outcome hold(const Event& event);
  Outcome begin(DocumentType type);
  Outcome start();
  [[nodiscard]] const XmlDocument* choose() const;
  Outcome refuse(std::string_view code, const Position& at, std::string message);

  XmlTables& tables_;
  const sdk::Request& request_;
  ByteSink& out_;
  DocumentSink& notes_;
  map::Encoder::Variables variables_;
  SyntaxFilter filter_;
  RecordedEvents held_;  ///< until the table is known
  DocumentType type_ = DocumentType::none;
  const GroupDescriptor* root_ = nullptr;
  std::uint16_t kind_number_ = 0;
  std::string kind_;
  int depth_ = 0;
  std::shared_ptr<const map::Program> program_;
  std::optional<XmlBody> body_;
  std::unique_ptr<map::SyntaxSink> filtered_;
  std::optional<map::Encoder> encoder_;
  std::unique_ptr<EventSink> shape_;  ///< before the encoder, where the format has one
};

}  // namespace purser::table
